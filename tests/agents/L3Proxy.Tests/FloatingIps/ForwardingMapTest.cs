using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.FloatingIps;
using Cascade.OpenStack.Network;

namespace L3Proxy.Tests.FloatingIps;

/// <summary>Forwardings of both clouds in one spelling.</summary>
sealed class ForwardingMapTest
{
    [Test]
    public void A_single_port_is_said_as_such_so_that_a_child_without_ranges_takes_it()
    {
        var request = ForwardingMap.Request(ForwardingMap.Wanted(Forwarding(external: 8080, inside: 80), "port"));

        Assert.That((request.ExternalPort, request.InternalPort, request.ExternalPortRange, request.InternalPortRange), Is.EqualTo(((int?)8080, (int?)80, (string?)null, (string?)null)));
        Assert.That((request.Protocol, request.InternalPortId, request.InternalIpAddress), Is.EqualTo(("tcp", "port", "10.0.0.5")));
    }

    [TestCase("8080", "80")]
    [TestCase("8080:8080", "80:80")]
    public void A_range_of_one_is_a_single_port(string external, string inside)
    {
        var request = ForwardingMap.Request(ForwardingMap.Wanted(Forwarding(externalRange: external, insideRange: inside), "port"));

        Assert.That((request.ExternalPort, request.InternalPort), Is.EqualTo(((int?)8080, (int?)80)));
    }

    [TestCase("5000:5009", "6000:6009")]
    [TestCase("5000:5009", "80:80")]
    public void A_range_is_said_as_one_on_both_sides(string external, string inside)
    {
        var request = ForwardingMap.Request(ForwardingMap.Wanted(Forwarding(externalRange: external, insideRange: inside), "port"));

        Assert.That((request.ExternalPort, request.InternalPort, request.ExternalPortRange, request.InternalPortRange), Is.EqualTo(((int?)null, (int?)null, external, inside)));
    }

    [Test]
    public void What_the_child_shows_is_what_was_wanted()
    {
        var wanted = ForwardingMap.Wanted(Forwarding(external: 8080, inside: 80), "port");

        Assert.That(ForwardingMap.Seen(new() { Id = "1", Protocol = "tcp", InternalPortId = "port", InternalIpAddress = "10.0.0.5", ExternalPort = 8080, InternalPort = 80 }), Is.EqualTo(wanted));
        Assert.That(
            ForwardingMap.Seen(new() { Id = "1", Protocol = "tcp", InternalPortId = "port", InternalIpAddress = "10.0.0.5", ExternalPortRange = "8080:8080", InternalPortRange = "80:80" }),
            Is.EqualTo(wanted));
    }

    static NeutronPortForwarding Forwarding(int? external = null, int? inside = null, string? externalRange = null, string? insideRange = null) => new("1", [])
    {
        Protocol = "tcp",
        InternalIpAddress = "10.0.0.5",
        ExternalPort = external,
        InternalPort = inside,
        ExternalPortRange = externalRange,
        InternalPortRange = insideRange,
    };
}
