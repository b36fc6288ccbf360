using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.Contracts.Nova.Tests;

/// <summary>A failure of ours is, member by member, what nova's own code serialised: anything else is HTTP 500 at the API.</summary>
public sealed class FaultsTest
{
    static IEnumerable<TestCaseData> Samples()
    {
        yield return new("attach-interface-not-supported", NovaFaults.AttachInterfaceNotSupported("X"));
        yield return new("console-not-available", NovaFaults.ConsoleNotAvailable());
        yield return new("console-type-unavailable", NovaFaults.ConsoleTypeUnavailable("spice-html5"));
        yield return new("instance-not-ready", NovaFaults.InstanceNotReady("X"));
        yield return new("interface-attach-failed", NetworkFaults.InterfaceAttachFailed("X"));
        yield return new("invalid-volume", NovaFaults.InvalidVolume("volume V already attached"));
        yield return new("migration-precheck", NovaFaults.MigrationPreCheckError("not a migration target"));
        yield return new("not-implemented", NovaFaults.NotImplemented("not on a proxy host"));
        yield return new("password-failed", NovaFaults.InstancePasswordSetFailed("X", "error setting admin password"));
    }

    [TestCaseSource(nameof(Samples))]
    public void A_fault_equals_nova_s(string sample, RpcFault fault)
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Samples", "failures", $"failure-{sample}.json");
        var native = JsonNode.Parse(JsonNode.Parse(File.ReadAllText(path))!["failure"]!.GetValue<string>())!;

        Assert.Multiple(() =>
        {
            Assert.That(fault.Module, Is.EqualTo(native["module"]!.GetValue<string>()));
            Assert.That(fault.Class, Is.EqualTo(native["class"]!.GetValue<string>()));
            Assert.That(fault.Message, Is.EqualTo(native["args"]![0]!.GetValue<string>()));
            Assert.That(JsonNode.DeepEquals(JsonNode.Parse(fault.Kwargs.ToJsonString()), native["kwargs"]), fault.Kwargs.ToJsonString());
        });
    }

    [Test]
    public void A_state_that_is_wrong_names_what_is_wrong()
    {
        var fault = NovaFaults.InstanceInvalidState("X", "power state", "4", "get_diagnostics");

        Assert.That(fault.Message, Is.EqualTo("Instance X in power state 4. Cannot get_diagnostics while the instance is in this state."));
        Assert.That((int)fault.Kwargs["code"]!, Is.EqualTo(400));
    }
}
