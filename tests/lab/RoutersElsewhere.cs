using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// Distributed routers whose part with SNAT is in another child than their servers: each has an address outside of its own in either child, and its floating IPs answer where the
/// servers are.
/// </summary>
[Order(13), Parallelizable, ByHand("ten minutes, with both children")]
sealed class RoutersElsewhere() : Switched("zed", "zed")
{
    const string Group = "answers";

    static readonly string[] Names = ["far-1", "far-2"];

    readonly Dictionary<string, string> floating = [];
    string other = "";

    [OneTimeSetUp]
    public async Task Start_the_router_agents_of_both_children_and_make_the_routers()
    {
        other = await Clouds.PairAsync("zed", "epoxy");
        var elsewhere = new AgentProcess(other, "l2");
        await elsewhere.StartAsync();
        Clouds.Served(elsewhere);
        foreach (var host in new[] { Child, other })
        {
            var agent = new AgentProcess(host, "l3");
            // Whoever was here before may have had the other mode.
            await agent.StopAsync();
            await agent.StartAsync("OS_DEFAULT__AGENT_MODE=dvr_snat");
            Clouds.Served(agent);
        }

        await Tenant.RunAsync("security", "group", "create", Group);
        await Tenant.RunAsync("security", "group", "rule", "create", "--protocol", "icmp", Group);
        foreach (var (name, number) in Names.Select((name, number) => (name, number)))
        {
            await CreateNetworkAsync(name, $"192.168.{70 + number}.0/24");
            await Parent.RunAsync("router", "create", "--project", Tenant.Name["parent-".Length..], "--distributed", "--availability-zone-hint", other, name);
            await Tenant.RunAsync("router", "set", "--external-gateway", "public", name);
            await Tenant.RunAsync("router", "add", "subnet", name, name);
            await CreateOnAsync(name, name, "--security-group", Group);
            await Tenant.BecomesAsync(name, "ACTIVE");
            floating[name] = Text(await Tenant.AskAsync("floating", "ip", "create", "--port", Text(await PortAsync(name), "ID"), "public"), "floating_ip_address");
        }
    }

    [OneTimeTearDown]
    public async Task Take_it_all_away()
    {
        await GoAsync(Tenant.TryAsync);
        Clouds.GiveBack(other);
    }

    [Test, Order(1)]
    public async Task Each_has_an_address_outside_of_its_own_which_is_up()
    {
        var gateways = new List<string>();
        foreach (var name in Names)
        {
            var mirror = await Poll.UntilAsync($"{name} gets out in {Child}", () => BelowAsync(name), at => at?["external_gateway_info"]?["external_fixed_ips"] is JsonArray { Count: 1 }, why: WhyAsync);
            gateways.Add(mirror!["external_gateway_info"]!["external_fixed_ips"]![0]!["ip_address"]!.ToString());
            gateways.Add((await Tenant.AskAsync("router", "show", name))["external_gateway_info"]!["external_fixed_ips"]![0]!["ip_address"]!.ToString());
        }

        Assert.That(gateways, Is.Unique);
        await Poll.UntilAsync("what was set aside is up", ReservedAsync, at => at.Count == Names.Length && at.All(port => Text(port, "Status") == "ACTIVE"), why: WhyAsync);
    }

    [Test, Order(2)]
    public async Task Their_floating_ips_answer_outside()
    {
        foreach (var name in Names)
        {
            await Poll.UntilAsync($"{floating[name]} is ACTIVE", () => Tenant.AskAsync("floating", "ip", "show", floating[name]), at => Text(at, "status") == "ACTIVE", why: WhyAsync);
            await Poll.UntilAsync($"{floating[name]} of {name} answers", () => Outside.HearsAsync(floating[name]), heard => heard, why: WhyAsync);
        }
    }

    [Test, Order(3)]
    public async Task What_was_set_aside_is_given_back_with_them()
    {
        await GoAsync(Tenant.RunAsync);
        await Poll.UntilAsync("nothing is set aside", ReservedAsync, at => at.Count == 0, why: WhyAsync);
        foreach (var name in Names)
        {
            await Poll.UntilAsync($"router {name} is gone in {Child}", () => Below.AskAsync("router", "list", "--name", name), at => at.AsArray().Count == 0, why: WhyAsync);
        }
    }

    async Task GoAsync(Func<string[], Task> order)
    {
        foreach (var name in Names)
        {
            await order(["floating", "ip", "delete", floating.GetValueOrDefault(name, "none")]);
            await order(["server", "delete", "--wait", name]);
            await order(["router", "remove", "subnet", name, name]);
            await order(["router", "delete", name]);
            await order(["network", "delete", name]);
        }

        await order(["security", "group", "delete", Group]);
    }

    async Task<IReadOnlyList<JsonNode>> ReservedAsync() =>
        [.. (await Parent.AskAsync("port", "list", "--network", "public", "--device-owner", "network:dhcp", "--long")).AsArray().Select(at => at!)];

    /// <summary>The router as the child shows it; null when there is none, or more than one.</summary>
    async Task<JsonNode?> BelowAsync(string name) =>
        (await Below.AskAsync("router", "list", "--name", name)).AsArray() is [{ } only] ? await Below.AskAsync("router", "show", Text(only, "ID")) : null;
}
