using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Trunks;
using Cascade.OpenStack.Network;

namespace L2Proxy.Tests.Trunks;

sealed class TrunkMapTest
{
    [TestCase("""{"binding:host_id":"h","binding:vif_details":{"bridge_name":"tbr-f77caff3-5"}}""", true, TestName = "the bridge of a trunk")]
    [TestCase("""{"binding:host_id":"h","binding:vif_details":{"bridge_name":"br-int"}}""", false, TestName = "the bridge of all others")]
    [TestCase("""{"binding:host_id":"h","binding:vif_details":{}}""", false, TestName = "no bridge")]
    [TestCase("""{"trunk_details":{"trunk_id":"t","sub_ports":[]}}""", true, TestName = "details of a trunk")]
    [TestCase("""{}""", false, TestName = "nothing")]
    public void A_port_tells_that_it_carries_a_trunk(string port, bool carries)
    {
        var dictionary = JsonNode.Parse(port)!.AsObject();
        dictionary["id"] = "p";

        Assert.That(TrunkMap.IsCarrier(NeutronPort.Read(dictionary)!), Is.EqualTo(carries));
    }

    [Test]
    public void Subports_that_are_mirrored_are_wanted_and_others_wait()
    {
        var wanted = TrunkMap.Wanted(Trunk(("one", 101), ("two", 102)), "child-p", new Dictionary<string, string> { ["one"] = "child-one" });

        Assert.That((wanted.PortId, wanted.Description, wanted.AdminStateUp), Is.EqualTo(("child-p", "cascade:t", true)));
        Assert.That(wanted.SubPorts, Is.EqualTo(new[] { new SubPort("child-one", "vlan", 101) }));
    }

    [Test]
    public void Another_segment_is_another_subport()
    {
        var wanted = TrunkMap.Wanted(Trunk(("one", 101), ("two", 102)), "child-p", new Dictionary<string, string> { ["one"] = "c1", ["two"] = "c2" });

        var difference = TrunkMap.Difference([new("c1", "vlan", 7, "fa:16:3e:00:00:01"), new("c2", "vlan", 102, "fa:16:3e:00:00:02"), new("c3", "vlan", 103)], wanted);

        Assert.That(difference.Missing, Is.EqualTo(new[] { new SubPort("c1", "vlan", 101) }));
        Assert.That(difference.Surplus, Is.EqualTo(new[] { "c1", "c3" }));
    }

    [TestCase("DOWN", "ACTIVE", true, "ACTIVE", TestName = "wired")]
    [TestCase("BUILD", "ACTIVE", false, "DEGRADED", TestName = "wired, but not all of it")]
    [TestCase("ACTIVE", "ACTIVE", true, null, TestName = "known")]
    [TestCase("ACTIVE", "DOWN", true, "DOWN", TestName = "no longer")]
    [TestCase("DOWN", "BUILD", true, null, TestName = "on its way")]
    [TestCase("DOWN", null, true, null, TestName = "not seen")]
    public void The_parent_is_told_what_it_does_not_know(string believed, string? seen, bool whole, string? told) =>
        Assert.That(TrunkMap.Verdict(believed, seen, whole), Is.EqualTo(told));

    static NeutronTrunk Trunk(params (string Port, int Vlan)[] ports) => new("t", "p", [])
    {
        SubPorts = [.. ports.Select(port => new NeutronSubPort(port.Port, "t", "vlan", port.Vlan))],
    };
}
