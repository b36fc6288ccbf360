using Cascade.CinderProxy.Groups;
using Cascade.CinderProxy.Parent.Database;
using CinderProxy.Tests.Database.Servers;

namespace CinderProxy.Tests.Database;

/// <summary>Two members end at once, on the servers where that can be: SQLite writes one transaction after the other.</summary>
[TestFixture(DatabaseKind.MySql)]
[TestFixture(DatabaseKind.PostgreSql)]
sealed class GroupEndsTests(DatabaseKind kind)
{
    TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Make() => database = await TestDatabase.MakeAsync(kind, "2026.1");

    [OneTimeTearDown]
    public async Task Unmake()
    {
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    [TestCase("deleting", "deleted")]
    [TestCase("creating", "available")]
    public async Task Of_two_volumes_that_end_at_once_the_second_ends_their_group(string before, string after)
    {
        var group = Guid.NewGuid().ToString();
        await database.InsertAsync("groups", ("id", group), ("status", before), ("project_id", "p1"));
        var members = new[] { await database.VolumeAsync(before, more: ("group_id", group)), await database.VolumeAsync(before, more: ("group_id", group)) };

        await EndTogetherAsync(members, async (work, id) =>
        {
            await GroupEnds.HoldAsync(work, group);
            if (before == "creating")
            {
                await work.Volumes.CreatedAsync(id, null);
                return await GroupEnds.AfterVolumeAsync(work, group);
            }

            await work.Volumes.DestroyAsync(id);
            return await GroupEnds.AfterVolumeGoneAsync(work, group);
        });

        Assert.That(await database.ValueAsync("groups", "status", $"id='{group}'"), Is.EqualTo(after));
    }

    [TestCase("deleting", "deleted")]
    [TestCase("creating", "available")]
    public async Task Of_two_snapshots_that_end_at_once_the_second_ends_that_of_the_group(string before, string after)
    {
        var (of, group) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await database.InsertAsync("groups", ("id", of), ("status", "available"), ("project_id", "p1"));
        await database.InsertAsync("group_snapshots", ("id", group), ("status", before), ("project_id", "p1"), ("group_id", of));
        var volume = await database.VolumeAsync();
        var members = new[] { await database.SnapshotAsync(volume, before, ("group_snapshot_id", group)), await database.SnapshotAsync(volume, before, ("group_snapshot_id", group)) };

        await EndTogetherAsync(members, async (work, id) =>
        {
            await GroupEnds.HoldSnapshotAsync(work, group);
            if (before == "creating")
            {
                await work.Snapshots.CreatedAsync(id, "c");
                return await GroupEnds.AfterSnapshotAsync(work, group);
            }

            await work.Snapshots.DestroyAsync(id);
            return await GroupEnds.AfterSnapshotGoneAsync(work, group);
        });

        Assert.That(await database.ValueAsync("group_snapshots", "status", $"id='{group}'"), Is.EqualTo(after));
    }

    /// <summary>The first is through and not committed while the second tries; when the second is kept out, the first commits and the second tries again.</summary>
    async Task EndTogetherAsync(string[] members, Func<CinderWork, string, Task<GroupEnd?>> endAsync)
    {
        var through = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var commit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = database.DoneAsync(async work =>
        {
            var end = await endAsync(work, members[0]);
            through.TrySetResult();
            await commit.Task;
            return end;
        });
        GroupEnd? last;
        try
        {
            await Task.WhenAny(through.Task, first);
            var tries = 0;
            last = await database.DoneAsync(async work =>
            {
                if (tries++ == 0)
                {
                    await work.ExecuteAsync(new("impatient", kind == DatabaseKind.MySql ? "SET innodb_lock_wait_timeout = 1" : "SET LOCAL lock_timeout = '100ms'"));
                }
                else
                {
                    commit.TrySetResult();
                    await first;
                }

                return await endAsync(work, members[1]);
            });
        }
        finally
        {
            commit.TrySetResult();
        }

        Assert.That(await first, Is.Null, "the second is there still");
        Assert.That(last, Is.Not.Null, "and it is the last");
    }
}
