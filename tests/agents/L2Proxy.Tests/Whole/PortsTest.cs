using System.Text.Json.Nodes;
using Cascade.Support;
using Cascade.Support.Parent;

namespace L2Proxy.Tests.Whole;

/// <summary>Ports of the parent become ports of the child and back, through the whole agent; also when what is told is lost, or told three times.</summary>
sealed class PortsTest
{
    Broker broker = null!;
    ScriptedNeutron parent = null!;
    FakeCloud child = null!;

    [OneTimeSetUp]
    public async Task StartBroker() => broker = await Broker.StartAsync();

    [OneTimeTearDown]
    public async Task StopBroker() => await broker.DisposeAsync();

    [SetUp]
    public async Task StartClouds()
    {
        parent = await ScriptedNeutron.StartAsync(broker);
        child = await FakeCloud.StartAsync();
    }

    [TearDown]
    public async Task StopClouds()
    {
        await parent.DisposeAsync();
        await child.DisposeAsync();
    }

    [Test]
    public async Task A_port_comes_with_its_MAC_and_addresses_is_active_when_the_child_s_is_and_goes()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("Everything is compared (start)");
        var network = Network();
        var port = parent.Server.AddPort(network, "child-1");
        var seen = await MirroredAsync(port);

        Assert.That(Addresses(seen), Is.EqualTo(Addresses(parent.Server.Port(port)!)));
        Assert.That((string?)parent.Server.Port(port)!["status"], Is.EqualTo("DOWN"), "no server runs with it yet");
        child.Neutron.SetPortStatus((string)seen["id"]!, "ACTIVE");
        await parent.ExpectPortAsync(port, "ACTIVE");
        Assert.That(parent.Server.NovaEvents, Has.Count.EqualTo(1).And.All.StartsWith($"network-vif-plugged {port}"));
        child.Neutron.SetPortStatus((string)seen["id"]!, "DOWN");
        await parent.ExpectPortAsync(port, "DOWN");

        parent.Server.DeletePort(port);
        await child.UntilAsync(now => now.Neutron.Ports.All(one => (string?)one["mac_address"] != (string?)seen["mac_address"]));
        Assert.That(parent.Server.CallsOf("get_devices_details_list_and_failed_devices"), Is.Empty, "a read that writes");
    }

    [Test]
    public async Task A_port_of_another_host_is_none_of_ours()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("Everything is compared (start)");
        var network = Network();
        parent.Server.AddPort(network, "another");
        var ours = parent.Server.AddPort(network, "child-1");
        await MirroredAsync(ours);

        Assert.That(Macs(), Is.EqualTo(new[] { (string?)parent.Server.Port(ours)!["mac_address"] }));
    }

    [Test]
    public async Task What_was_there_before_the_agent_is_found_at_start()
    {
        var port = parent.Server.AddPort(Network(), "child-1");
        await using var agent = Start();

        await MirroredAsync(port);
    }

    [Test]
    public async Task What_nobody_told_is_found_by_the_audit()
    {
        await using var agent = Start("audit_interval = 2");
        await agent.UntilWrittenAsync("Everything is compared (start)");
        parent.Silent = true;
        var port = parent.Server.AddPort(Network(), "child-1");
        var seen = await MirroredAsync(port);

        parent.Server.DeletePort(port);
        await child.UntilAsync(now => now.Neutron.Ports.All(one => (string?)one["mac_address"] != (string?)seen["mac_address"]), TimeSpan.FromSeconds(60));
    }

    [Test]
    public async Task What_was_told_while_the_parent_took_us_for_dead_is_found_when_it_says_so()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("Everything is compared (start)");
        parent.Silent = true;
        var port = parent.Server.AddPort(Network(), "child-1");
        parent.Server.DeclareDead("child-1");

        await MirroredAsync(port);
    }

    [Test]
    public async Task What_is_told_three_times_is_made_once()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("Everything is compared (start)");
        parent.Times = 3;
        var network = Network();
        var ports = Enumerable.Range(0, 5).Select(_ => parent.Server.AddPort(network, "child-1")).ToList();
        foreach (var port in ports)
        {
            await MirroredAsync(port);
        }

        Assert.That(Macs(), Is.EquivalentTo(ports.Select(port => (string?)parent.Server.Port(port)!["mac_address"])));
        Assert.That(child.Neutron.Networks, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Changes_while_the_child_is_away_are_made_up_for_when_it_is_back()
    {
        await using var agent = Start("child_away_after = 2");
        await agent.UntilWrittenAsync("Everything is compared (start)");
        var network = Network();
        await MirroredAsync(parent.Server.AddPort(network, "child-1"));

        child.Unreachable = true;
        await agent.UntilWrittenAsync("agent child-1 reports no more");
        var late = parent.Server.AddPort(network, "child-1");
        child.Unreachable = false;
        await MirroredAsync(late);
    }

    [Test]
    public async Task A_killed_agent_s_successor_makes_no_second_port()
    {
        var network = Network();
        var port = parent.Server.AddPort(network, "child-1");
        await using (var agent = Start())
        {
            await MirroredAsync(port);
            await agent.KillAsync();
        }

        await using var next = Start();
        await next.UntilWrittenAsync("Everything is compared (start)");
        var later = parent.Server.AddPort(network, "child-1");
        await MirroredAsync(later);
        Assert.That(Macs(), Has.Count.EqualTo(2));
        Assert.That(child.Neutron.Networks, Has.Count.EqualTo(1));
    }

    AgentUnderTest Start(string more = "") => AgentUnderTest.Start("cascade-l2-proxy.dll", parent.Configuration(child, more));

    string Network()
    {
        var network = parent.Server.AddNetwork();
        parent.Server.AddSubnet(network);
        return network;
    }

    /// <summary>The child's port of it, as soon as it is there.</summary>
    async Task<JsonObject> MirroredAsync(string port)
    {
        var mac = (string?)parent.Server.Port(port)!["mac_address"];
        await child.UntilAsync(now => now.Neutron.Ports.Any(one => (string?)one["mac_address"] == mac), TimeSpan.FromSeconds(60));
        return child.Neutron.Ports.Single(one => (string?)one["mac_address"] == mac);
    }

    /// <summary>Of the child's ports that are no DHCP server's.</summary>
    List<string?> Macs() =>
        [.. child.Neutron.Ports.Where(port => !((string?)port["device_owner"] ?? "").StartsWith("network:", StringComparison.Ordinal)).Select(port => (string?)port["mac_address"])];

    static List<string?> Addresses(JsonObject port) => [.. port["fixed_ips"]!.AsArray().Select(ip => (string?)ip!["ip_address"])];
}
