using Cascade.CinderProxy.Parent.Database;

namespace CinderProxy.Tests.Database;

/// <summary>What a volume is when one of its attachments has gone: the cases of cinder's volume_detached.</summary>
sealed class VolumeStateTests
{
    [TestCase("in-use", null, null, "available", "detached")]
    [TestCase("in-use", null, "attached", "in-use", "attached")]
    [TestCase("detaching", null, "attaching", "attaching", "attaching")]
    [TestCase("uploading", null, null, "uploading", "detached")]
    [TestCase("uploading", null, "reserved", "reserved", "reserved")]
    [TestCase("in-use", "migrating", null, "in-use", "detached")]
    [TestCase("in-use", "success", null, "available", "detached")]
    [TestCase("in-use", "error", null, "available", "detached")]
    public void It_follows_the_best_of_the_others(string status, string? migration, string? best, string then, string attach)
    {
        var volume = new VolumeRow(
            "v", null, null, null, null, null, null, 1, null, status, null, "attached", migration, null, null, null, null, null, null, null, false, false, true, null, null, null, null);

        var state = VolumeState.Of(volume, best is null ? AttachStatus.Detached : AttachStatus.Of(best)!);

        Assert.That((state.Status, state.Attach.Word), Is.EqualTo((then, attach)));
    }
}
