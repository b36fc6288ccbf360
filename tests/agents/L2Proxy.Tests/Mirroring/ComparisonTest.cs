using System.Text.Json.Nodes;
using Cascade.L2Proxy.Comparing;
using Cascade.Mirror.Reaping;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Tests.Mirroring;

/// <summary>A restart that remembers nothing, what it costs, what is orphaned, and what an operator sees.</summary>
public sealed class ComparisonTest : WorldTest
{
    [Test]
    public async Task A_restart_finds_what_an_earlier_life_made_and_changes_nothing()
    {
        var network = world.Network();
        var active = await world.PortAsync(network);
        await world.PortAsync(network);
        world.Plug(active);
        await world.LookAsync();
        await world.SettleAsync();
        world.Child.ForgetRequests();
        var told = world.Parent.CallsOf("update_device_list").Count;

        await world.RebornAsync();

        Assert.That(world.Writes, Is.Empty);
        Assert.That(world.Parent.CallsOf("update_device_list"), Has.Count.EqualTo(told));
        Assert.That(world.Parent.CallsOf("create_dhcp_port"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_copy_that_is_active_again_takes_nothing_for_unneeded_before_it_has_compared()
    {
        var network = world.Network();
        var port = await world.PortAsync(network);
        await world.ActiveAgainAsync();

        world.Parent.DeletePort(port);
        await world.SettleAsync();
        Assert.That(world.ChildNetwork(network), Is.Not.Null);

        await world.ResyncAsync();
        await world.SettleAsync();
        Assert.That(world.ChildNetwork(network), Is.Null);
    }

    [TestCase(40)]
    [TestCase(400)]
    public async Task What_a_comparison_costs_does_not_grow_with_the_ports_while_nothing_differs(int count)
    {
        var networks = Enumerable.Range(0, 4).Select(number => world.Network(cidr: $"10.{number + 10}.0.0/16")).ToList();
        for (var number = 0; number < count; number++)
        {
            world.Parent.AddPort(networks[number % 4], World.Host);
        }

        await world.SettleAsync(TimeSpan.FromMinutes(2));
        Assert.That(world.Child.Neutron.Ports, Has.Count.EqualTo(count));
        await world.DieAsync();
        world.Child.ForgetRequests();
        var asked = world.Parent.Calls.Count;
        var began = TimeProvider.System.GetTimestamp();

        await world.RebornAsync();
        await TestContext.Out.WriteLineAsync($"{count} ports compared in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");

        var requests = world.Child.Requests.Where(request => request.Service == "network").ToList();
        var questions = world.Parent.Calls.Count - asked;
        await TestContext.Out.WriteLineAsync($"{requests.Count} requests to the child, {questions} to the parent");
        Assert.That(requests, Has.Count.LessThanOrEqualTo(10 + (count / 1000)), "a page more for each thousand");
        Assert.That(questions, Is.LessThanOrEqualTo(6));
    }

    [Test]
    public async Task What_went_up_while_nobody_looked_is_told_at_the_start()
    {
        var port = await world.PortAsync(world.Network());
        await world.DieAsync();
        world.Plug(port);

        await world.RebornAsync();

        Assert.That(world.Status(port), Is.EqualTo("ACTIVE"));
    }

    [Test]
    public async Task What_the_parent_deleted_while_nobody_heard_is_listed_first_and_goes_after_the_grace_time()
    {
        var network = world.Network();
        var port = await world.PortAsync(network);
        await world.DieAsync();
        world.Parent.DeletePort(port);
        world.Parent.DeleteNetwork(network);
        await world.RebornAsync();

        Assert.That(world.Child.Neutron.Ports, Has.Count.EqualTo(1), "not at once");
        Assert.That((await world.Of<PortList>().ReadAsync(default)).Single().Note, Does.StartWith("orphan"));
        await ReapAsync();

        Assert.That(world.Child.Neutron.Ports, Is.Empty);
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
    }

    [Test]
    public async Task A_network_whose_last_port_went_while_nobody_heard_goes_with_its_reservation()
    {
        var network = world.Network();
        var port = await world.PortAsync(network);
        await world.DieAsync();
        world.Parent.BindPort(port, "cloud-b");

        await world.RebornAsync();

        Assert.That(world.Child.Neutron.Ports, Is.Empty, "the parent says where it is: no orphan");
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
        Assert.That(world.Reserved(network), Is.Empty);
    }

    [Test]
    public async Task A_reservation_for_nothing_is_given_back()
    {
        var network = world.Network();
        var port = await world.PortAsync(network);
        await world.DieAsync();
        world.Parent.BindPort(port, "cloud-b");
        foreach (var path in new[] { "ports", "subnets", "networks" })
        {
            foreach (var one in world.Child.Neutron.All(path))
            {
                world.Child.Neutron.Vanish(path, (string)one["id"]!);
            }
        }

        await world.RebornAsync();

        Assert.That(world.Reserved(network), Is.Empty);
    }

    [Test]
    public async Task What_is_not_ours_is_never_touched_whatever_it_says()
    {
        var network = world.Network();
        var port = await world.PortAsync(network);
        var theirs = world.Child.Neutron.Make("networks", "tenant", new() { ["name"] = "theirs", ["description"] = $"cascade:{Guid.NewGuid():D}" });
        var forged = world.Child.Neutron.Make("ports", "tenant", new() { ["network_id"] = (string)theirs["id"]!, ["description"] = $"cascade:{Guid.NewGuid():D}" });
        var plain = world.Child.Neutron.Make("ports", "tenant", new() { ["network_id"] = (string)world.ChildNetwork(network)!["id"]!, ["fixed_ips"] = new JsonArray() });
        await world.RebornAsync();
        await ReapAsync();

        Assert.That(world.Child.Neutron.Find("networks", (string)theirs["id"]!), Is.Not.Null, "in a tenant's project a stamp is only words");
        Assert.That(world.Child.Neutron.Find("ports", (string)forged["id"]!), Is.Not.Null);
        Assert.That(world.Child.Neutron.Find("ports", (string)plain["id"]!), Is.Not.Null);
        Assert.That(world.ChildPort(port), Is.Not.Null);
    }

    [Test]
    public async Task A_tenants_port_that_claims_to_stand_for_another_does_not()
    {
        var network = world.Network();
        var port = await world.PortAsync(network);
        var forged = world.Child.Neutron.Make("ports", "tenant", new() { ["network_id"] = (string)world.ChildNetwork(network)!["id"]!, ["description"] = $"cascade:{port}", ["fixed_ips"] = new JsonArray() });
        world.Child.Neutron.SetPortStatus((string)forged["id"]!, "ACTIVE");
        await world.LookAsync();
        await world.RebornAsync();

        Assert.That(world.Status(port), Is.EqualTo("DOWN"), "its MAC is another one, and a tenant cannot choose it there");
    }

    [Test]
    public async Task The_list_says_what_is_linked_missing_or_different()
    {
        var network = world.Network();
        var linked = await world.PortAsync(network);
        var drifted = await world.PortAsync(network);
        var missing = await world.PortAsync(network);
        await world.DieAsync();
        world.Child.Neutron.Change("ports", (string)world.ChildPort(drifted)!["id"]!, members => members["name"] = "mine");
        world.Child.Neutron.Vanish("ports", (string)world.ChildPort(missing)!["id"]!);
        world.Child.ForgetRequests();

        var rows = (await world.ListAsync()).ToDictionary(row => row.Uuid, row => row.Note);

        Assert.That(rows[linked], Is.EqualTo("linked"));
        Assert.That(rows[drifted], Is.EqualTo("drift: name"));
        Assert.That(rows[missing], Is.EqualTo("missing in the child"));
        Assert.That(world.Writes, Is.Empty, "who lists changes nothing");
    }

    async Task ReapAsync()
    {
        var ports = new Reaper<Port>("ports", world.Of<PortReaper>(), TimeSpan.Zero, TimeProvider.System, world.Of<ILogger<Reaping>>());
        var networks = new Reaper<NetworkInfo>("networks", world.Of<NetworkReaper>(), TimeSpan.Zero, TimeProvider.System, world.Of<ILogger<Reaping>>());
        for (var pass = 0; pass < 2; pass++)
        {
            await ports.PassAsync(default);
            await networks.PassAsync(default);
            await world.SettleAsync();
        }
    }
}
