using Cascade.CinderProxy.Parent.Database;
using CinderProxy.Tests.Database.Servers;

namespace CinderProxy.Tests.Database;

/// <summary>What becomes of a transaction when two collide and when a connection goes.</summary>
[TestFixture(DatabaseKind.MySql)]
[TestFixture(DatabaseKind.PostgreSql)]
sealed class RetryTests(DatabaseKind kind)
{
    TestDatabase _database = null!;

    Statement SessionId => new("session", _database.Server.SessionSql);

    [OneTimeSetUp]
    public async Task Make() => _database = await TestDatabase.MakeAsync(kind, "2026.1");

    [OneTimeTearDown]
    public async Task Unmake()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Test]
    public async Task Of_two_that_wait_for_each_other_one_begins_again_and_both_are_written()
    {
        var (one, other) = (await _database.VolumeAsync(), await _database.VolumeAsync());
        var tries = 0;
        using var both = new Barrier();

        async Task CrossAsync(string first, string second, string status)
        {
            var mine = 0;
            await _database.WorkAsync(async work =>
            {
                Interlocked.Increment(ref tries);
                await work.Volumes.ForceStatusAsync(first, status);
                if (mine++ == 0)
                {
                    await both.MeetAsync();
                }

                await work.Volumes.ForceStatusAsync(second, status);
            });
        }

        await Task.WhenAll(Task.Run(() => CrossAsync(one, other, "error")), Task.Run(() => CrossAsync(other, one, "available")));

        Assert.That(tries, Is.GreaterThanOrEqualTo(3), "one of the two was given up");
        Assert.That(await StatusOfAsync(one), Is.EqualTo(await StatusOfAsync(other)), "one after the other");
    }

    [Test]
    public async Task A_connection_that_is_lost_before_the_commit_does_all_of_it_again()
    {
        var id = await _database.VolumeAsync();
        var tries = 0;

        await _database.WorkAsync(async work =>
        {
            await work.Volumes.StatusAsync(id, "available", "reserved");
            if (tries++ == 0)
            {
                await _database.Server.KillAsync((await work.ScalarAsync(SessionId))!);
            }

            Assert.That(await work.Volumes.StatusAsync(id, "reserved", "attaching"), Is.True);
        });

        Assert.That(tries, Is.EqualTo(2));
        Assert.That(await StatusOfAsync(id), Is.EqualTo("attaching"));
    }

    [Test]
    public async Task Connections_that_died_in_the_pool_are_not_noticed()
    {
        await using var idle = _database.Open(options: new() { DbMaxRetries = 1 });
        var all = new TaskCompletionSource();
        var here = 0;
        var sessions = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => idle.ReadAsync(
            async work =>
            {
                var session = await work.ScalarAsync(SessionId);
                if (Interlocked.Increment(ref here) == 4)
                {
                    all.SetResult();
                }

                await all.Task;
                return session;
            },
            CancellationToken.None)));
        Assert.That(sessions.Distinct().Count(), Is.EqualTo(4), "as many sessions in the pool");
        foreach (var session in sessions)
        {
            await _database.Server.KillAsync(session!);
        }

        // One more try is allowed: the first failure throws the other three away too.
        Assert.That(await idle.ReadAsync(work => work.ScalarAsync(Statements.Ping), CancellationToken.None), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_connection_that_is_lost_in_the_commit_is_unknown_and_not_done_again()
    {
        var id = await _database.VolumeAsync();
        var tries = 0;

        Assert.That(
            async () => await _database.WorkAsync(async work =>
            {
                tries++;
                var session = await work.ScalarAsync(SessionId);
                await work.Volumes.ForceStatusAsync(id, "error");
                await _database.Server.KillAsync(session!);
            }),
            Throws.TypeOf<CommitUnknownException>().With.Message.Not.Contains("p@ss"));

        Assert.That(tries, Is.EqualTo(1));
        Assert.That(await StatusOfAsync(id), Is.EqualTo("available"), "this time it was not written; the caller cannot know");
    }

    [Test]
    public async Task A_server_that_only_reads_is_away_and_then_it_is_not()
    {
        var id = await _database.VolumeAsync();
        await _database.Server.ReadOnlyAsync(_database.Name, on: true);
        var fresh = _database.Open();
        try
        {
            Assert.That(async () => await fresh.InTransactionAsync(work => work.Volumes.ForceStatusAsync(id, "error"), CancellationToken.None), Throws.TypeOf<DatabaseAwayException>());
            Assert.That(await fresh.ReadAsync(work => work.Volumes.GetAsync(id), CancellationToken.None), Has.Property("Status").EqualTo("available"));
        }
        finally
        {
            await _database.Server.ReadOnlyAsync(_database.Name, on: false);
        }

        Assert.That(await fresh.InTransactionAsync(work => work.Volumes.ForceStatusAsync(id, "error"), CancellationToken.None), Is.True, "in a new session");
    }

    [Test]
    public void A_server_that_nobody_answers_for_is_away_at_once()
    {
        var nobody = _database.Open(url: $"{_database.Server.Url("x").Split('@')[0]}@127.0.0.1:{ServerProcess.FreePort()}/x");

        Assert.That(async () => await nobody.ReadAsync(work => work.ScalarAsync(Statements.Ping), CancellationToken.None), Throws.TypeOf<DatabaseAwayException>());
        var pauses = 0;
        _database.Clock.Paused = _ => pauses++;
        Assert.That(async () => await nobody.UntilAnswersAsync(CancellationToken.None), Throws.TypeOf<DatabaseAwayException>());
        _database.Clock.Paused = _ => { };
        Assert.That(pauses, Is.EqualTo(10), "max_retries");
    }

    [Test]
    public async Task A_login_that_is_refused_is_a_fault_of_the_configuration_unless_it_was_right_before()
    {
        await using var before = _database.Open();
        var session = await before.ReadAsync(work => work.ScalarAsync(SessionId), CancellationToken.None);
        await _database.Server.LockOutAsync(_database.Name, on: true);
        try
        {
            await _database.Server.KillAsync(session!);
            await using var fresh = _database.Open();

            Assert.That(async () => await fresh.ReadAsync(work => work.ScalarAsync(Statements.Ping), CancellationToken.None), Throws.InstanceOf<System.Data.Common.DbException>());
            Assert.That(async () => await before.ReadAsync(work => work.ScalarAsync(Statements.Ping), CancellationToken.None), Throws.TypeOf<DatabaseAwayException>());
        }
        finally
        {
            await _database.Server.LockOutAsync(_database.Name, on: false);
        }

        Assert.That(await before.ReadAsync(work => work.ScalarAsync(Statements.Ping), CancellationToken.None), Is.EqualTo("1"));
    }

    [Test]
    public void What_is_not_granted_is_a_refusal_and_not_tried_again()
    {
        var tries = 0;

        Assert.That(
            async () => await _database.WorkAsync(async work =>
            {
                tries++;
                await work.ExecuteAsync(new("forbidden", "DELETE FROM volumes"));
            }),
            Throws.InstanceOf<System.Data.Common.DbException>());

        Assert.That(tries, Is.EqualTo(1));
    }

    async Task<string?> StatusOfAsync(string id) => (await _database.ReadAsync(work => work.Volumes.GetAsync(id)))!.Status;

    /// <summary>Two meet here once.</summary>
    sealed class Barrier : IDisposable
    {
        readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int _here;

        public Task MeetAsync()
        {
            if (Interlocked.Increment(ref _here) == 2)
            {
                _met.SetResult();
            }

            return _met.Task;
        }

        public void Dispose() => _met.TrySetCanceled();
    }
}
