using System.Text.Json.Nodes;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Ports;
using Cascade.NeutronAgent.Looking;
using L2Proxy.Tests.Groups;

namespace L2Proxy.Tests.Trunks;

/// <summary>Trunks between both clouds: bound, made before the server is there, wired, told, ended.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class TrunkFlowTest : IAsyncDisposable
{
    GroupsWorld world = null!;
    string network = "";
    string childNetwork = "";

    [SetUp]
    public async Task StartAsync()
    {
        world = await GroupsWorld.StartAsync();
        network = world.Parent.AddNetwork();
        world.Parent.AddSubnet(network);
        childNetwork = (string)world.Neutron.Make("networks", world.Ours, new() { ["name"] = "n" })["id"]!;
    }

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Test]
    public async Task The_child_has_the_trunk_before_a_server_gets_the_port_and_the_parent_binds_the_subports()
    {
        var (carrier, sub) = (Carrier(), world.Parent.AddPort(network));
        var trunk = world.Parent.AddTrunk(carrier, (sub, 101));
        var child = Mirror(carrier);

        await world.Trunks.EnsureAsync(await world.PortAsync(carrier), new() { Id = child }, default);

        Assert.That((string?)Trunk(child)!["description"], Is.EqualTo("cascade:" + trunk));
        Assert.That((string?)Trunk(child)!["project_id"], Is.EqualTo(world.Ours));
        Assert.That((string?)world.Parent.Port(sub)!["binding:host_id"], Is.EqualTo(GroupsWorld.Host));
        Assert.That(world.NotedPorts, Has.Member(sub), "a subport is mirrored like any port");
    }

    [Test]
    public async Task A_subport_that_is_mirrored_later_is_put_in_and_the_trunk_is_told_when_it_is_wired()
    {
        var (carrier, sub) = (Carrier(), world.Parent.AddPort(network));
        var trunk = world.Parent.AddTrunk(carrier, (sub, 101));
        var child = Mirror(carrier);
        await world.Trunks.EnsureAsync(await world.PortAsync(carrier), new() { Id = child }, default);
        await world.SettledAsync();
        Assert.That(SubPorts(child), Is.Empty);

        var childSub = Mirror(sub);
        await world.UntilAsync(() => SubPorts(child).SequenceEqual([$"{childSub} 101"]));
        Set(carrier, child, "ACTIVE");
        world.Parent.EditPort(carrier, port => port["status"] = "ACTIVE");
        await world.SettledAsync();
        Assert.That((string?)world.Parent.Trunk(trunk)!["status"], Is.Not.EqualTo("ACTIVE"), "the child has not wired it");

        world.Neutron.Change("trunks", (string)Trunk(child)!["id"]!, it => it["status"] = "ACTIVE");
        await world.UntilAsync(() => (string?)world.Parent.Trunk(trunk)!["status"] == "ACTIVE");
    }

    [Test]
    public async Task A_port_that_carries_none_costs_no_question()
    {
        var port = world.Parent.AddPort(network, GroupsWorld.Host);
        var child = Mirror(port);
        world.Words();

        await world.Trunks.EnsureAsync(await world.PortAsync(port), new() { Id = child }, default);
        await world.Trunks.GoneAsync(port, new() { Id = child }, default);

        Assert.That((world.Words().Length, world.Questions()), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task The_trunk_goes_before_its_port()
    {
        var carrier = Carrier();
        world.Parent.AddTrunk(carrier);
        var child = Mirror(carrier);
        await world.Trunks.EnsureAsync(await world.PortAsync(carrier), new() { Id = child }, default);
        await world.SettledAsync();

        await world.Trunks.GoneAsync(carrier, new() { Id = child }, default);

        Assert.That(Trunk(child), Is.Null);
    }

    [Test]
    public async Task A_next_life_ends_what_an_earlier_one_made()
    {
        var carrier = Carrier();
        world.Parent.AddTrunk(carrier);
        var child = Mirror(carrier);
        await world.Trunks.EnsureAsync(await world.PortAsync(carrier), new() { Id = child }, default);
        world = await world.NextLifeAsync();

        await world.Trunks.GoneAsync(carrier, new() { Id = child, TrunkDetails = new("t", []) }, default);

        Assert.That(Trunk(child), Is.Null);
    }

    [TestCase(true, TestName = "A trunk that the parent took away while nobody looked goes when its port is looked at")]
    [TestCase(false, TestName = "A trunk that the parent took away while nobody looked goes when all ports are compared")]
    public async Task A_trunk_that_the_parent_took_away_while_nobody_looked_goes(bool byLook)
    {
        var carrier = Carrier();
        var trunk = world.Parent.AddTrunk(carrier);
        var child = Mirror(carrier);
        await world.Trunks.EnsureAsync(await world.PortAsync(carrier), new() { Id = child }, default);
        await world.SettledAsync();
        world = await world.NextLifeAsync();
        world.Parent.DeleteTrunk(trunk);
        world.Parent.EditPort(carrier, port => port["binding:vif_details"] = new JsonObject());
        Set(carrier, child, "DOWN");
        var (port, seen) = (await world.PortAsync(carrier), new Cascade.OpenStack.Network.Port { Id = child, TrunkDetails = new("t", []) });

        if (byLook)
        {
            await world.Trunks.EnsureAsync(port, seen, default);
        }
        else
        {
            world.Trunks.Reconcile([port], [seen]);
        }

        await world.UntilAsync(() => Trunk(child) is null);
    }

    [Test]
    public async Task A_child_without_trunks_is_told_at_once()
    {
        world.Neutron.SwitchOff("trunk");
        var carrier = Carrier();
        world.Parent.AddTrunk(carrier);
        var port = await world.PortAsync(carrier);

        Assert.That(async () => await world.Trunks.EnsureAsync(port, new() { Id = Mirror(carrier) }, default), Throws.TypeOf<RefusedException>());
    }

    string Carrier() => world.Parent.AddPort(network, GroupsWorld.Host, port => port["binding:vif_details"] = new JsonObject { ["bridge_name"] = "tbr-f77caff3-5" });

    /// <summary>As the mirroring of ports leaves it.</summary>
    string Mirror(string port)
    {
        var parent = world.Parent.Port(port)!;
        var childId = (string)world.Neutron.Make("ports", world.Ours, new() { ["network_id"] = childNetwork, ["mac_address"] = (string)parent["mac_address"]! })["id"]!;
        Set(port, childId, "DOWN");
        return childId;
    }

    void Set(string port, string childId, string seen) =>
        world.Of<PortBook>().Set(new(port, network, "p", (string)world.Parent.Port(port)!["mac_address"]!, true, "", "DOWN", childId, seen, 0));

    JsonObject? Trunk(string childPort) => world.Neutron.Trunks.SingleOrDefault(trunk => (string?)trunk["port_id"] == childPort);

    string[] SubPorts(string childPort) => [.. Trunk(childPort)!["sub_ports"]!.AsArray().Select(sub => $"{sub!["port_id"]} {sub["segmentation_id"]}")];
}
