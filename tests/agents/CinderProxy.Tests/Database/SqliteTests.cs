using Cascade.CinderProxy.Parent.Database;
using CinderProxy.Tests.Database.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace CinderProxy.Tests.Database;

sealed class SqliteTests
{
    [Test]
    public async Task A_file_that_another_one_writes_is_waited_for_with_pauses()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseKind.Sqlite, "2026.1");
        var id = await database.VolumeAsync();
        await database.Admin.RunAsync("BEGIN IMMEDIATE");
        List<TimeSpan> pauses = [];
        database.Clock.Paused = pause =>
        {
            pauses.Add(pause);
            using var command = database.Admin.CreateCommand();
            command.CommandText = "COMMIT";
            command.ExecuteNonQuery();
        };

        Assert.That(await database.DoneAsync(work => work.Volumes.ForceStatusAsync(id, "error")), Is.True);

        Assert.That(pauses, Has.Count.EqualTo(1).And.All.InRange(TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(50)));
    }

    [Test]
    public async Task One_that_never_lets_go_makes_it_away_after_five_more_tries()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseKind.Sqlite, "2026.1");
        await database.Admin.RunAsync("BEGIN IMMEDIATE");
        var pauses = 0;
        database.Clock.Paused = _ => pauses++;

        Assert.That(async () => await database.DoneAsync(work => work.Volumes.ForceStatusAsync("x", "error")), Throws.TypeOf<DatabaseAwayException>());

        Assert.That(pauses, Is.EqualTo(5));
    }

    [Test]
    public async Task Times_are_kept_in_the_format_that_cinder_reads()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseKind.Sqlite, "2026.1");
        var id = await database.VolumeAsync("creating");
        await database.WorkAsync(async work =>
        {
            await work.Volumes.CreatedAsync(id, null);
            await work.Services.HeartbeatAsync(database.ServiceId);
        });

        Assert.That(await database.ValueAsync("volumes", "launched_at", $"id='{id}'"), Is.EqualTo("2026-11-22 16:05:53.000000"));
        Assert.That(await database.ValueAsync("services", "updated_at", "deleted=0"), Does.Match(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$"));
    }

    [Test]
    public void A_file_that_is_not_there_is_away()
    {
        var missing = new CinderDatabase(
            CinderConnection.Parse("sqlite:////nowhere/cinder.sqlite"), new(), new PromptClock(default), NullLogger<CinderDatabase>.Instance);

        Assert.That(
            async () => await missing.ReadAsync(work => work.ScalarAsync(Statements.Ping), CancellationToken.None),
            Throws.TypeOf<DatabaseAwayException>().With.Message.Contains("/nowhere"));
    }
}
