using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// A tenant's router and floating IP in a stock child, with real guests: what the parent says is there answers from outside, and what it says is not does not.
/// </summary>
/// <param name="distributed">Whether the router is one of DVR and the agent's mode is dvr_snat; in the child it is a plain one all the same.</param>
abstract class Routers(string parentRelease, string childRelease, bool distributed = false) : Switched(parentRelease, childRelease)
{
    const string Router = "edge", Group = "pinged", Inner = "inner", Outer = "outer";

    AgentProcess agent = null!;
    string inner = "", outer = "", floating = "";

    [OneTimeSetUp]
    public async Task Start_the_router_agent_and_make_a_router()
    {
        agent = new(Child, "l3");
        // Whoever was here before may have had the other mode.
        await agent.StopAsync();
        await agent.StartAsync($"OS_DEFAULT__AGENT_MODE={(distributed ? "dvr_snat" : "legacy")}");
        Clouds.Served(agent);
        await Poll.UntilAsync("the L3 agent is alive", AliveAsync, alive => alive);
        await CreateNetworkAsync("red", "192.168.60.0/24");
        await CreateNetworkAsync("green", "192.168.61.0/24");
        await Tenant.RunAsync("security", "group", "create", Group);
        await Tenant.RunAsync("security", "group", "rule", "create", "--protocol", "icmp", Group);
        await Tenant.RunAsync("security", "group", "rule", "create", "--protocol", "tcp", "--dst-port", "80", Group);
        await Parent.RunAsync("router", "create", "--project", Tenant.Name["parent-".Length..], distributed ? "--distributed" : "--centralized", "--availability-zone-hint", Child, Router);
        await Tenant.RunAsync("router", "set", "--external-gateway", "public", Router);
        await Tenant.RunAsync("router", "add", "subnet", Router, "red");
    }

    [OneTimeTearDown]
    public async Task Take_it_all_away()
    {
        foreach (var server in new[] { Inner, Outer })
        {
            await Tenant.TryAsync("server", "delete", "--wait", server);
        }

        await Tenant.TryAsync("floating", "ip", "delete", floating);
        await Tenant.TryAsync("router", "unset", "--route", Route, Router);
        foreach (var network in new[] { "red", "green" })
        {
            await Tenant.TryAsync("router", "remove", "subnet", Router, network);
            await Tenant.TryAsync("network", "delete", network);
        }

        await Tenant.TryAsync("router", "delete", Router);
        await Tenant.TryAsync("security", "group", "delete", Group);
    }

    [Test, Order(1)]
    public async Task A_router_is_hosted_by_the_child_s_agent_with_every_port_up_and_is_in_the_child()
    {
        var hosting = (await Parent.AskAsync("network", "agent", "list", "--router", await RouterAsync(), "--long")).AsArray().Single();
        Assert.That((Text(hosting, "Host"), hosting!["Alive"]!.GetValue<bool>()), Is.EqualTo((Child, true)));
        await PortsUpAsync(subnets: 1);
        var shown = await Tenant.AskAsync("router", "show", Router);
        var mirror = await Poll.UntilAsync("the router is in the child", BelowAsync, at => at?["external_gateway_info"]?["external_fixed_ips"] is JsonArray { Count: 1 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(shown, "status"), Is.EqualTo("ACTIVE"));
            Assert.That(Gateway(mirror), Is.EqualTo(Gateway(shown)), "the same address outside");
        }
    }

    [Test, Order(2)]
    public async Task A_guest_behind_it_reaches_the_outside_without_an_address_of_its_own_there()
    {
        await GuestAsync(Inner, "red", Outside.Address);
        inner = Address(await PortAsync(Inner));
        await HearsAsync(Inner, Outside.Address);
        await OutsideHearsAsync(Gateway(await Tenant.AskAsync("router", "show", Router)), true);
    }

    [Test, Order(3)]
    public async Task A_floating_ip_answers_from_outside()
    {
        var made = await Tenant.AskAsync("floating", "ip", "create", "--port", Text(await PortAsync(Inner), "ID"), "public");
        floating = Text(made, "floating_ip_address");
        await OutsideHearsAsync(floating, true);
        await OutsideIsToldAsync(floating, 80, Inner);
        await FloatingAsync("ACTIVE", inner);
        await HearsAsync(Inner, Outside.Address);
    }

    [Test, Order(4)]
    public async Task A_second_network_of_the_router_is_reached_from_the_first()
    {
        await Tenant.RunAsync("router", "add", "subnet", Router, "green");
        await GuestAsync(Outer, "green", inner);
        outer = Address(await PortAsync(Outer));
        await HearsAsync(Outer, inner);
        await PortsUpAsync(subnets: 2);
    }

    [Test, Order(5)]
    public async Task A_floating_ip_moves_to_another_guest()
    {
        await Tenant.RunAsync("floating", "ip", "set", "--port", Text(await PortAsync(Outer), "ID"), floating);
        await OutsideIsToldAsync(floating, 80, Outer);
        await FloatingAsync("ACTIVE", outer);
        await OutsideHearsAsync(floating, true);
    }

    [Test, Order(6)]
    public async Task A_floating_ip_that_is_nobody_s_is_silent_and_down()
    {
        await Tenant.RunAsync("floating", "ip", "unset", "--port", floating);
        await OutsideHearsAsync(floating, false);
        await FloatingAsync("DOWN", "None");
    }

    [Test, Order(7)]
    public async Task A_port_of_a_floating_ip_is_forwarded_to_a_guest_and_no_longer()
    {
        await Tenant.RunAsync(
            "floating", "ip", "port", "forwarding", "create", "--port", Text(await PortAsync(Inner), "ID"), "--internal-ip-address", inner,
            "--internal-protocol-port", "80", "--external-protocol-port", "8080", "--protocol", "tcp", floating);
        await OutsideIsToldAsync(floating, 8080, Inner);
        await FloatingAsync("ACTIVE", "None");
        var forwarding = Text((await Tenant.AskAsync("floating", "ip", "port", "forwarding", "list", floating)).AsArray().Single(), "ID");
        await Tenant.RunAsync("floating", "ip", "port", "forwarding", "delete", floating, forwarding);
        await OutsideIsToldAsync(floating, 8080, "");
        await FloatingAsync("DOWN", "None");
    }

    [Test, Order(8)]
    public async Task An_extra_route_leads_where_it_says_and_no_longer()
    {
        // To a guest, which passes nothing on: what is sent there is heard no more.
        await Tenant.RunAsync("router", "set", "--route", Route, Router);
        await Poll.UntilAsync("the route is in the child", BelowAsync, at => $"{at?["routes"]?.ToJsonString()}".Contains($"{Outside.Address}/32", StringComparison.Ordinal));
        await HearsAsync(Inner, Outside.Address, answers: false);
        await Tenant.RunAsync("router", "unset", "--route", Route, Router);
        await Poll.UntilAsync("the route is gone in the child", BelowAsync, at => at?["routes"] is not JsonArray { Count: > 0 });
        await HearsAsync(Inner, Outside.Address);
    }

    [Test, Order(9)]
    public async Task A_router_that_is_administratively_down_passes_nothing_until_it_is_up()
    {
        await Tenant.RunAsync("router", "set", "--disable", Router);
        await HearsAsync(Inner, Outside.Address, answers: false);
        await Tenant.RunAsync("router", "set", "--enable", Router);
        await HearsAsync(Inner, Outside.Address);
        await HearsAsync(Outer, inner);
    }

    [Test, Order(10)]
    public async Task A_router_that_an_operator_takes_off_the_agent_leaves_the_child_and_comes_back()
    {
        if (distributed)
        {
            Assert.Ignore("a distributed router is where its servers are, whatever an operator says of its part with SNAT");
        }

        var id = await RouterAsync();
        var host = Text((await Parent.AskAsync("network", "agent", "list", "--host", Child, "--agent-type", "l3")).AsArray().Single(), "ID");
        await Parent.RunAsync("network", "agent", "remove", "router", "--l3", host, id);
        await GoneBelowAsync("router", "router", "list", "--name", Router);
        await HearsAsync(Inner, Outside.Address, answers: false);
        await Parent.RunAsync("network", "agent", "add", "router", "--l3", host, id);
        await HearsAsync(Inner, Outside.Address);
        await HearsAsync(Outer, inner);
        await PortsUpAsync(subnets: 2);
    }

    [Test, Order(11)]
    public async Task Delete_leaves_nothing_behind_in_either_cloud()
    {
        await Tenant.RunAsync("floating", "ip", "delete", floating);
        await Tenant.RunAsync("server", "delete", Inner, Outer);
        await Tenant.GoneAsync(Inner);
        await Tenant.GoneAsync(Outer);
        var id = await RouterAsync();
        await Tenant.RunAsync("router", "remove", "subnet", Router, "red");
        await Tenant.RunAsync("router", "remove", "subnet", Router, "green");
        await Tenant.RunAsync("router", "delete", Router);
        Assert.That((await Parent.AskAsync("port", "list", "--device-id", id)).AsArray(), Is.Empty, "the router's ports are gone with it");
        await GoneBelowAsync("router", "router", "list", "--name", Router);
        await GoneBelowAsync("floating IP", "floating", "ip", "list", "--floating-ip-address", floating);
        await GoneBelowAsync("ports of the external network", "port", "list", "--network", "public");
        foreach (var network in new[] { "red", "green" })
        {
            await GoneBelowAsync($"network {network}", "network", "list", "--name", network);
            await Tenant.RunAsync("network", "delete", network);
        }

        await Tenant.RunAsync("security", "group", "delete", Group);
    }

    string Route => $"destination={Outside.Address}/32,gateway={outer}";

    async Task<bool> AliveAsync() =>
        (await Parent.AskAsync("network", "agent", "list", "--host", Child, "--agent-type", "l3")).AsArray().Any(at => at!["Alive"]!.GetValue<bool>());

    async Task GuestAsync(string name, string network, string pings)
    {
        await CreateOnAsync(network, name, "--security-group", Group, "--use-config-drive", "--property", $"ping={pings}", "--property", "listen=80");
        await Tenant.BecomesAsync(name, "ACTIVE");
    }

    async Task<string> RouterAsync() => Text(await Tenant.AskAsync("router", "show", Router), "id");

    /// <summary>Every port of the router is ACTIVE: gateway and interfaces, and of a distributed one for each subnet that by which SNAT goes.</summary>
    async Task PortsUpAsync(int subnets)
    {
        var id = await RouterAsync();
        var count = 1 + (subnets * (distributed ? 2 : 1));
        await Poll.UntilAsync(
            $"{count} ports of the router are ACTIVE",
            () => Parent.AskAsync("port", "list", "--device-id", id, "--long"),
            at => at.AsArray().Count(port => Text(port, "Status") == "ACTIVE") == count,
            why: WhyAsync);
    }

    /// <summary>The router as the child shows it; null when there is none, or more than one.</summary>
    async Task<JsonNode?> BelowAsync() =>
        (await Below.AskAsync("router", "list", "--name", Router)).AsArray() is [{ } only] ? await Below.AskAsync("router", "show", Text(only, "ID")) : null;

    Task FloatingAsync(string status, string holder) => Poll.UntilAsync(
        $"{floating} of {holder} is {status}",
        () => Tenant.AskAsync("floating", "ip", "show", floating),
        at => Text(at, "status") == status && (Text(at, "fixed_ip_address") is { Length: > 0 } address ? address : "None") == holder);

    static Task OutsideHearsAsync(string address, bool answers) =>
        Poll.UntilAsync($"{address} {(answers ? "answers" : "is silent")} outside", () => Outside.HearsAsync(address), heard => heard == answers);

    static Task OutsideIsToldAsync(string address, int port, string name) =>
        Poll.UntilAsync($"port {port} of {address} tells '{name}' outside", () => Outside.ToldAsync(address, port), told => told == name);

    Task GoneBelowAsync(string what, params string[] list) =>
        Poll.UntilAsync($"{what}: nothing is left in the child", () => Below.AskAsync(list), at => at.AsArray().Count == 0);

    static string Gateway(JsonNode? router) => router?["external_gateway_info"]?["external_fixed_ips"]?[0]?["ip_address"]?.ToString() ?? "";
}

[Order(12), Parallelizable, ByHand("with the other child in every run")]
sealed class RoutersOfZedUnderZed() : Routers("zed", "zed");

[Order(13), Parallelizable, ByHand("ten minutes; plain routers in every run")]
sealed class DistributedRoutersOfZedUnderZed() : Routers("zed", "zed", distributed: true);

[Order(13), Parallelizable]
sealed class RoutersOfEpoxyUnderZed() : Routers("zed", "epoxy");

/// <summary>After the parent has changed its release: see <see cref="ZedChildUnderEpoxyParent"/>.</summary>
[Order(22), Parallelizable, ByHand("with the other parent in every run")]
sealed class RoutersOfZedUnderEpoxy() : Routers("epoxy", "zed");
