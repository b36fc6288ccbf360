using Cascade.L3Proxy.Routers;
using Cascade.OpenStack.Network;

namespace L3Proxy.Tests.Routers;

/// <summary>What is to be done, by what is wanted and what is there.</summary>
sealed class RouterPlanTest
{
    const string Parent = "11111111-1111-1111-1111-111111111111";
    const string Inner = "22222222-2222-2222-2222-222222222222";
    const string Gateway = "33333333-3333-3333-3333-333333333333";
    const string First = "44444444-4444-4444-4444-444444444444";
    const string Second = "55555555-5555-5555-5555-555555555555";

    static readonly WantedRouter Wanted = new(Parent)
    {
        Name = "edge",
        Gateway = new(Gateway, "ext", [new("ext-subnet", "203.0.113.9")], EnableSnat: true),
        Interfaces = [new(Inner, "net", "fa:16:3e:00:00:01", [new("subnet", "10.0.0.1")])],
        Routes = [new("10.9.0.0/16", "10.0.0.9")],
        FloatingIps = [new(First, "ext", "203.0.113.50", "port-1", "10.0.0.5")],
    };

    static readonly RouterSight Seen = new(
        new()
        {
            Id = "router",
            Name = "edge",
            Description = $"cascade:{Parent}",
            AdminStateUp = true,
            Routes = [new("10.9.0.0/16", "10.0.0.9")],
            ExternalGatewayInfo = new() { NetworkId = "ext", EnableSnat = true, ExternalFixedIps = [new("ext-subnet", "203.0.113.9")] },
        },
        [
            new() { Id = "inner", NetworkId = "net", MacAddress = "FA:16:3E:00:00:01", DeviceOwner = "network:router_interface", FixedIps = [new("subnet", "10.0.0.1")], Description = $"cascade:{Inner}" },
            new() { Id = "outer", NetworkId = "ext", DeviceOwner = "network:router_gateway", Description = $"cascade:{Gateway}" },
            new() { Id = "own", NetworkId = "ha", DeviceOwner = "network:router_ha_interface" },
        ],
        [Ip("ip-1", First, "203.0.113.50", "port-1", "10.0.0.5")]);

    [Test]
    public void What_is_as_it_shall_be_is_left() => Assert.That(RouterPlan.Of(Wanted, Seen).Parts, Is.Empty);

    [Test]
    public void Two_spellings_are_one_address_and_one_route()
    {
        var six = Wanted with
        {
            Routes = [new("2001:DB8::/32", "FE80::1")], Gateway = Wanted.Gateway! with { FixedIps = [new("ext-subnet", "2001:DB8::9")] },
        };
        var there = Seen with
        {
            Router = Seen.Router with
            {
                Routes = [new("2001:db8::/32", "fe80:0::1")], ExternalGatewayInfo = Seen.Router.ExternalGatewayInfo! with { ExternalFixedIps = [new("ext-subnet", "2001:db8:0::9")] },
            },
        };

        Assert.That(RouterPlan.Of(six, there).Parts, Is.Empty);
    }

    [Test]
    public void Only_the_members_that_differ_are_sent()
    {
        var plan = RouterPlan.Of(Wanted with { Name = "new", AdminStateUp = false }, Seen);

        Assert.That((plan.Attributes!.Update.Name, plan.Attributes.Update.AdminStateUp, plan.Attributes.Update.Description), Is.EqualTo(("new", (bool?)false, (string?)null)));
        Assert.That(plan.Parts.Single(), Is.EqualTo("name, admin_state_up"));
    }

    [Test]
    public void Routes_that_go_are_set_apart_from_those_that_come()
    {
        var plan = RouterPlan.Of(Wanted with { Routes = [new("10.8.0.0/16", "10.0.0.8")] }, Seen);

        Assert.That(plan.FewerRoutes, Is.Empty);
        Assert.That(plan.Routes, Has.Count.EqualTo(1));
        Assert.That(RouterPlan.Of(Wanted with { Routes = [] }, Seen).Routes, Is.Null, "nothing comes");
    }

    [Test]
    public void A_gateway_is_changed_by_network_address_or_snat_and_taken_away()
    {
        Assert.That(RouterPlan.Of(Wanted with { Gateway = Wanted.Gateway! with { EnableSnat = false } }, Seen).Gateway!.EnableSnat, Is.False);
        Assert.That(RouterPlan.Of(Wanted with { Gateway = Wanted.Gateway! with { NetworkId = "other" } }, Seen).Gateway!.NetworkId, Is.EqualTo("other"));
        Assert.That(RouterPlan.Of(Wanted with { Gateway = Wanted.Gateway! with { FixedIps = [] } }, Seen).Gateway, Is.Not.Null);
        Assert.That(RouterPlan.Of(Wanted with { Gateway = null, FloatingIps = [] }, Seen).Gateway, Is.EqualTo(ExternalGatewayRequest.None));
    }

    [TestCase(Gateway, false)]
    [TestCase(First, true)]
    [TestCase(null, false)]
    public void A_gateway_that_is_not_known_stays_while_it_stands_for_the_same_port(string? port, bool goes)
    {
        var plan = RouterPlan.Of(Wanted with { Gateway = null, GatewayUnknown = true, UnknownGatewayPort = port }, Seen);

        Assert.That(plan.Gateway is not null, Is.EqualTo(goes));
    }

    [Test]
    public void A_gateway_without_its_stamp_is_stamped()
    {
        var bare = Seen with { Ports = [.. Seen.Ports.Select(port => port.Id == "outer" ? port with { Description = "" } : port)] };

        Assert.That(RouterPlan.Of(Wanted, bare).UnstampedGateway!.Id, Is.EqualTo("outer"));
    }

    [Test]
    public void An_interface_is_told_by_its_network_and_mac()
    {
        var other = Wanted with { Interfaces = [Wanted.Interfaces[0] with { MacAddress = "fa:16:3e:00:00:02" }] };
        var plan = RouterPlan.Of(other, Seen);

        Assert.That(plan.LooseInterfaces.Single().Id, Is.EqualTo("inner"));
        Assert.That(plan.MissingInterfaces, Has.Count.EqualTo(1));
    }

    [Test]
    public void One_that_is_awaited_stays_as_it_is() =>
        Assert.That(RouterPlan.Of(Wanted with { Interfaces = [], Awaited = new HashSet<string> { Inner } }, Seen).LooseInterfaces, Is.Empty);

    [Test]
    public void One_with_other_addresses_is_changed() =>
        Assert.That(RouterPlan.Of(Wanted with { Interfaces = [Wanted.Interfaces[0] with { FixedIps = [new("subnet", "10.0.0.1"), new("six", "2001:db8::1")] }] }, Seen).ChangedInterfaces, Has.Count.EqualTo(1));

    [Test]
    public void A_floating_ip_with_another_address_is_another_one()
    {
        var plan = RouterPlan.Of(Wanted with { FloatingIps = [Wanted.FloatingIps[0] with { Address = "203.0.113.51" }] }, Seen);

        Assert.That((plan.LooseFloatingIps.Count, plan.MissingFloatingIps.Count, plan.ChangedFloatingIps.Count), Is.EqualTo((1, 1, 0)));
    }

    [TestCase(null, 0)]
    [TestCase("refused", 1)]
    public void One_that_waits_stays_and_one_that_is_refused_goes(string? fault, int loose) =>
        Assert.That(RouterPlan.Of(Wanted with { FloatingIps = [], Unserved = new Dictionary<string, string?> { [First] = fault } }, Seen).LooseFloatingIps, Has.Count.EqualTo(loose));

    [Test]
    public void Two_that_change_places_let_go_first()
    {
        var two = Seen with { FloatingIps = [Ip("ip-1", First, "203.0.113.50", "port-1", "10.0.0.5"), Ip("ip-2", Second, "203.0.113.51", "port-2", "10.0.0.6")] };
        var swapped = Wanted with { FloatingIps = [new(First, "ext", "203.0.113.50", "port-2", "10.0.0.6"), new(Second, "ext", "203.0.113.51", "port-1", "10.0.0.5")] };
        var plan = RouterPlan.Of(swapped, two);

        Assert.That(plan.ReleasedFloatingIps.Select(ip => ip.Id), Is.EquivalentTo(new[] { "ip-1", "ip-2" }));
        Assert.That(plan.ChangedFloatingIps, Has.Count.EqualTo(2));
    }

    [Test]
    public void One_that_only_moves_does_not_let_go_before() =>
        Assert.That(RouterPlan.Of(Wanted with { FloatingIps = [Wanted.FloatingIps[0] with { PortId = "port-9" }] }, Seen).ReleasedFloatingIps, Is.Empty);

    [TestCase(null, true, null, false, 0)]
    [TestCase(false, false, false, false, 0)]
    [TestCase(false, true, false, true, 1)]
    [TestCase(true, true, true, false, 0)]
    [TestCase(true, false, false, false, 1)]
    [TestCase(true, null, true, false, 0)]
    public void To_answer_for_neighbours_is_said_by_every_change_and_turned_on_by_one_of_its_own(bool? there, bool? wanted, bool? says, bool turnsOn, int parts)
    {
        var plan = RouterPlan.Of(Wanted with { EnableNdpProxy = wanted }, Seen with { Router = Seen.Router with { EnableNdpProxy = there } });

        Assert.That((plan.SaysNdpProxy, plan.TurnsOnNdpProxy, plan.FreesNdpProxies, plan.Parts.Count()), Is.EqualTo((says, turnsOn, false, parts)));
        Assert.That(RouterPlan.Of(Wanted with { Name = "new", EnableNdpProxy = wanted }, Seen with { Router = Seen.Router with { EnableNdpProxy = there } }).Attributes!.Update.EnableNdpProxy, Is.EqualTo(says));
    }

    [Test]
    public void Another_gateway_and_the_end_of_an_interface_with_ipv6_free_what_answers()
    {
        var answering = Seen with
        {
            Router = Seen.Router with { EnableNdpProxy = true }, Ports = [.. Seen.Ports.Select(port => port.Id == "inner" ? port with { FixedIps = [new("six", "2001:db8::1")] } : port)],
        };
        var moved = RouterPlan.Of(Wanted with { EnableNdpProxy = true, Gateway = Wanted.Gateway! with { NetworkId = "other" } }, answering);

        Assert.That((moved.MovesGateway, moved.FreesNdpProxies, moved.TurnsOnNdpProxy), Is.EqualTo((true, true, true)));
        Assert.That(RouterPlan.Of(Wanted with { EnableNdpProxy = true, Interfaces = [] }, answering).FreesNdpProxies, Is.True);
        Assert.That(RouterPlan.Of(Wanted with { EnableNdpProxy = true, Interfaces = [] }, Seen).FreesNdpProxies, Is.False, "nothing answers for IPv4");
    }

    static FloatingIp Ip(string id, string parent, string address, string port, string inside) => new()
    {
        Id = id, Description = $"cascade:{parent}", FloatingNetworkId = "ext", Address = address, PortId = port, FixedIpAddress = inside, RouterId = "router",
    };
}
