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
    public void A_port_is(string bindings, string owner, string place) =>
        Assert.That(PortPlaces.Of(Port(bindings, owner), "cloud-a").ToString(), Is.EqualTo(place));

    [Test]
    public void What_the_parent_does_not_know_is_gone() => Assert.That(PortPlaces.Of(null, "cloud-a"), Is.EqualTo(PortPlace.Gone));

    [TestCase("cloud-a ovs ACTIVE", "network:router_interface", true)]
    [TestCase("cloud-a ovs ACTIVE", "network:router_centralized_snat", true)]
    [TestCase("cloud-a ovs ACTIVE", "network:ha_router_replicated_interface", true)]
    [TestCase("cloud-b ovs ACTIVE", "network:router_interface", false)]
    [TestCase("cloud-a ovs ACTIVE", "network:router_gateway", false)]
    [TestCase("cloud-a ovs ACTIVE", "network:floatingip_agent_gateway", false)]
    [TestCase("cloud-a ovs ACTIVE", "network:router_ha_interface", false)]
    [TestCase(" distributed ACTIVE", "network:router_interface_distributed", false)]
    [TestCase("cloud-a ovs ACTIVE", "network:dhcp", false)]
    [TestCase("cloud-a ovs ACTIVE", "compute:nova", false)]
    public void A_routers_port_needs_its_network(string bindings, string owner, bool needs) =>
        Assert.That(PortPlaces.NeedsNetwork(Port(bindings, owner), "cloud-a"), Is.EqualTo(needs));

    static NeutronPort Port(string bindings, string owner) => NeutronPort.Read(new JsonObject
    {
        ["id"] = "p", ["device_owner"] = owner, ["bindings"] = new JsonArray([.. bindings.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Binding)]),
    })!;

    static JsonNode Binding(string text)
    {
        var parts = text.Split(' ');
        return new JsonObject { ["host"] = parts[0], ["vif_type"] = parts[1], ["status"] = parts[2], ["vnic_type"] = "normal" };
    }
}
