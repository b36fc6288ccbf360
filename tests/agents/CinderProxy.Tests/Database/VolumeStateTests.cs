using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;

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
            "v", null, null, "p1", null, null, null, 1, null, status, null, "attached", migration, null, null, null, null, null, null, null, false, false, true, null, null, null, null);

        var state = VolumeState.Of(volume, best ?? VolumeAttachStatus.Detached);

        Assert.That((state.Status, state.Attach), Is.EqualTo((then, attach)));
    }
}
