using System.Text.Json.Nodes;

namespace Cascade.L2Proxy.Tests.Mirroring;

/// <summary>Ports that the agent of routers keeps for what is bound nowhere: left alone until the parent's is bound here.</summary>
public sealed class PlaceholderTest : WorldTest
{
    [Test]
    public async Task One_is_left_alone_by_whatever_looks()
    {
        var network = world.Network();
        await world.PortAsync(network);
        var shared = world.Parent.AddPort(network);
        var held = Hold(shared);

        world.Parent.EditPort(shared, port => port["name"] = "renamed");
        await world.SettleAsync();
        await world.ResyncAsync();
        await world.LookAsync();
        await world.RebornAsync();
        await world.SettleAsync();

        Assert.That((string?)world.Child.Neutron.Find("ports", held)?["device_owner"], Is.EqualTo("network:cascade_placeholder"));
        Assert.That(world.Child.Neutron.Find("ports", held)!["name"]!.ToString(), Is.Empty, "it is not ours to change");
    }

    [Test]
    public async Task One_of_a_port_that_is_gone_in_the_parent_is_the_other_agents_to_remove()
    {
        var network = world.Network();
        await world.PortAsync(network);
        var shared = world.Parent.AddPort(network);
        var held = Hold(shared);

        world.Parent.DeletePort(shared);
        await world.SettleAsync();
        await world.RebornAsync();

        Assert.That(world.Child.Neutron.Find("ports", held), Is.Not.Null);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task One_makes_way_when_the_parents_port_is_bound_here(bool reborn)
    {
        var network = world.Network();
        await world.PortAsync(network);
        var shared = world.Parent.AddPort(network);
        var held = Hold(shared);
        if (reborn)
        {
            await world.DieAsync();
        }

        world.Parent.BindPort(shared, World.Host);
        if (reborn)
        {
            await world.RebornAsync();
        }

        await World.UntilAsync(() => world.ChildPort(shared) is { } made && (string)made["id"]! != held);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Find("ports", held), Is.Null);
        Assert.That((string?)world.ChildPort(shared)!["project_id"], Is.EqualTo(world.Parent.ProjectId));
    }

    [Test]
    public async Task One_that_holds_an_address_which_the_parent_gave_to_another_port_makes_way()
    {
        var network = world.Network();
        await world.PortAsync(network);
        var shared = world.Parent.AddPort(network);
        var held = Hold(shared);
        var address = (string)world.Parent.Port(shared)!["fixed_ips"]![0]!["ip_address"]!;
        world.Parent.DeletePort(shared);

        var next = await world.PortAsync(network, port => port["fixed_ips"]![0]!["ip_address"] = address);

        await World.UntilAsync(() => world.ChildPort(next) is not null);
        Assert.That(world.Child.Neutron.Find("ports", held), Is.Null);
    }

    /// <summary>What L3-Proxy makes.</summary>
    string Hold(string port)
    {
        var shown = world.Parent.Port(port)!;
        return (string)world.Child.Neutron.Make("ports", world.Project, new()
        {
            ["network_id"] = world.ChildNetwork((string)shown["network_id"]!)!["id"]!.DeepClone(),
            ["mac_address"] = (string?)shown["mac_address"],
            ["description"] = $"cascade:{port}",
            ["device_owner"] = "network:cascade_placeholder",
            ["fixed_ips"] = new JsonArray(new JsonObject { ["ip_address"] = (string?)shown["fixed_ips"]![0]!["ip_address"] }),
        })["id"]!;
    }
}
