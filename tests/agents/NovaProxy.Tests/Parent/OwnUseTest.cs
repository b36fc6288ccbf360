using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Objects;

namespace NovaProxy.Tests.Parent;

/// <summary>What is ours, out of the parent's rows.</summary>
sealed class OwnUseTest
{
    [TestCase("active", null, 1, false, TestName = "one flavor, held once")]
    [TestCase("active", "resize_prep", 1, false, TestName = "the child has not begun: its server holds the old one")]
    [TestCase("active", "resize_migrating", 4, true, TestName = "ordered: the new one as well")]
    [TestCase("resized", null, 4, true, TestName = "waiting to be confirmed: the old one as well")]
    [TestCase("resized", "resize_reverting", 4, true, TestName = "going back: both until it is there")]
    [TestCase("active", "powering-off", 1, false, TestName = "an old flavor that is remembered after its end is held by nobody")]
    public void Two_flavors_are_held_while_a_resize_is_under_way(string vmState, string? task, int vcpus, bool both)
    {
        var now = vmState == "resized" ? Flavor(3) : Flavor(1);
        var row = NovaObjects.New("Instance", new()
        {
            ["uuid"] = "vm", ["vm_state"] = vmState, ["task_state"] = task, ["system_metadata"] = new JsonObject { [OwnUseOfInstances.LinkKey] = "server" },
            ["flavor"] = now, ["old_flavor"] = Flavor(1), ["new_flavor"] = Flavor(3),
        });

        var use = OwnUseOfInstances.Of([row]);

        Assert.That((use.Vcpu, use.ChildIds.Single(), use.ResizedIds.Contains("server")), Is.EqualTo(((long)vcpus, "server", both)));
    }

    static JsonNode Flavor(int vcpus) => new VersionedObject(ObjectDialect.Nova, "Flavor", "1.2", new() { ["vcpus"] = vcpus }).ToJson();
}
