using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Ports;

namespace Cascade.L2Proxy.Tests.Ports;

public sealed class PortPlaceTest
{
    [TestCase("cloud-a ovs ACTIVE", "compute:nova", "Here", TestName = "Bound to us")]
    [TestCase("cloud-b ovs ACTIVE", "compute:nova", "Elsewhere", TestName = "Bound to another host")]
    [TestCase("cloud-b ovs ACTIVE,cloud-a ovs INACTIVE", "compute:nova", "Elsewhere", TestName = "We are the end that a migration has not reached, or has left")]
    [TestCase("cloud-a ovs ACTIVE,cloud-b ovs INACTIVE", "compute:nova", "Here", TestName = "We are the end that counts")]
    [TestCase("cloud-a binding_failed ACTIVE", "compute:nova", "Elsewhere", TestName = "The parent could not bind it")]
    [TestCase("cloud-a unbound ACTIVE", "compute:nova", "Elsewhere", TestName = "The parent has not bound it yet")]
    [TestCase(" unbound ACTIVE", "", "Elsewhere", TestName = "Bound nowhere")]
    [TestCase("", "", "Elsewhere", TestName = "No binding at all")]
    [TestCase("cloud-a ovs ACTIVE", "network:dhcp", "Reservation", TestName = "An address for the child's DHCP")]
    [TestCase("cloud-a ovs ACTIVE", "network:router_interface", "Routing", TestName = "A router's")]
    [TestCase("cloud-a ovs ACTIVE", "network:floatingip_agent_gateway", "Routing", TestName = "A distributed router's")]
    [TestCase("cloud-a ovs ACTIVE", "trunk:subport", "Here", TestName = "Part of a trunk")]
    [TestCase("cloud-a ovs ACTIVE", "", "Here", TestName = "Bound by hand, used by nothing")]
    public void A_port_is(string bindings, string owner, string place)
    {
        var port = new JsonObject { ["id"] = "p", ["device_owner"] = owner, ["bindings"] = new JsonArray([.. bindings.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Binding)]) };

        Assert.That(PortPlaces.Of(NeutronPort.Read(port), "cloud-a").ToString(), Is.EqualTo(place));
    }

    [Test]
    public void What_the_parent_does_not_know_is_gone() => Assert.That(PortPlaces.Of(null, "cloud-a"), Is.EqualTo(PortPlace.Gone));

    static JsonNode Binding(string text)
    {
        var parts = text.Split(' ');
        return new JsonObject { ["host"] = parts[0], ["vif_type"] = parts[1], ["status"] = parts[2], ["vnic_type"] = "normal" };
    }
}
