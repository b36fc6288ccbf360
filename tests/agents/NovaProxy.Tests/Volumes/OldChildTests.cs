using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Wire.Failures;
using Cascade.Support;

namespace Cascade.NovaProxy.Tests.Volumes;

/// <summary>A child whose Nova is too old for something is asked nothing: the tenant hears it with HTTP 400.</summary>
public sealed class OldChildTests : VolumesTest
{
    private protected override FakeCloudOptions ChildSetup => new() { Release = new("old", "2.48", "1.30") };

    [TestCase("tag", false, "VolumeTaggedAttachNotSupported")]
    [TestCase(null, true, "MultiattachNotSupportedByVirtDriver")]
    public void What_it_does_not_know_is_refused_before_anything_is_reserved(string? tag, bool multiattach, string @class)
    {
        var vm = new Wanted(World, edit: row => (row["vm_state"], row["task_state"], row["host"]) = ("active", null, World.Host));

        var fault = Assert.ThrowsAsync<RpcFault>(() => ReserveAsync(vm, Volume(), tag, multiattach));

        Assert.That(fault!.Class, Is.EqualTo(@class));
        Assert.That(World.Conductor.Bdms(vm.Uuid), Has.Count.EqualTo(1));
    }
}
