using Cascade.CinderProxy.Parent;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Watching;

/// <summary>What an earlier life left, and what becomes of it between being read and being taken up.</summary>
sealed class UnfinishedTests : WorldTest
{
    [TestCase("Volume", "create", "volumes")]
    [TestCase("Snapshot", "snapshot", "snapshots")]
    public async Task A_create_that_ended_meanwhile_is_not_asked_for_at_every_look(string noun, string work, string table)
    {
        var volume = noun == "Snapshot" ? await World.VolumeAsync() : null;
        World.Child.Cinder.Hold(work);
        await World.DoAsync(volume is null ? Api.Create() : Api.Snapshot(volume));
        await World.RebornAsync();
        var unfinished = World.All<IUnfinished>().Single(one => one.ResourceType == noun);
        var left = (await unfinished.ReadAsync(default)).Single();
        World.Child.Cinder.Release(work);
        await World.AuditAsync();
        Assert.That(World.Rows.Row(table, left.Id)["status"], Is.EqualTo("available"));

        await unfinished.FinishAsync(left, default);

        // Until it is on no list of what changed.
        World.Time.Advance(TimeSpan.FromMinutes(5));
        await World.LookAsync();
        World.Child.ForgetRequests();
        await World.LookAsync();
        Assert.That(World.Child.Matching("GET", $"/{table}/{left.ChildId}"), Is.Empty);
    }
}
