using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// The same router and floating IP on a native host with a stock neutron-l3-agent and in a child behind L3-Proxy: what both register, report and do.
/// </summary>
[Order(14), Parallelizable, ByHand("the routers of the other child and another comparison in every run")]
sealed class RoutersBesideNative() : Beside("edges")
{
    readonly Dictionary<string, JsonNode> routers = [], floats = [];
    readonly Dictionary<string, string> addresses = [];

    [OneTimeTearDown]
    public async Task Take_it_all_away()
    {
        foreach (var host in Hosts)
        {
            await Tenant.TryAsync("server", "delete", "--wait", Server(host));
            if (addresses.TryGetValue(host, out var address))
            {
                await Tenant.TryAsync("floating", "ip", "delete", address);
            }

            await Tenant.TryAsync("router", "remove", "subnet", Edge(host), Edge(host));
            await Tenant.TryAsync("router", "delete", Edge(host));
            await Tenant.TryAsync("network", "delete", Edge(host));
        }
    }

    [Test]
    public async Task Both_register_as_the_same_kind_of_agent()
    {
        var (native, ours) = (await WithoutRouterAsync(Native), await WithoutRouterAsync(Child));
        using (Assert.EnterMultipleScope())
        {
            Same(native, ours, Differences.OfRouterAgent);
            Same(native["configuration"]!, ours["configuration"]!, Differences.OfRouterAgent);
        }
    }

    [Test]
    public void Both_report_the_same_kinds_of_things() => SameReports("l3");

    [Test]
    public void A_floating_ip_goes_through_the_same_states()
    {
        string Of(string host) => Short(Told[host].Where(at => at is { Who: "l3", ByHost: true, What: "update_floatingip_statuses" } && at.Value("fip1") != "").Select(at => at.Value("fip1")), []);
        var native = Of(Native);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(native, Does.Contain("ACTIVE"), "it was recorded");
            Assert.That(Of(Child), Is.EqualTo(native));
        }
    }

    [TestCase("network:router_gateway")]
    [TestCase("network:router_interface")]
    public void A_port_of_the_router_goes_through_the_same_states(string owner)
    {
        string Of(string host) => Short(Told[host].Where(at => at.Value("owner") == owner && at.What.StartsWith("push Port", StringComparison.Ordinal)).Select(PortState), Differences.OfPortStates);
        var native = Of(Native);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(native, Does.Contain("ACTIVE"), "it was recorded");
            Assert.That(Of(Child), Is.EqualTo(native));
        }
    }

    [Test]
    public void Router_and_floating_ip_look_the_same()
    {
        using (Assert.EnterMultipleScope())
        {
            Same(routers[Native], routers[Child], Differences.OfRouter);
            Same(floats[Native], floats[Child], Differences.OfRouter);
        }
    }

    protected override async Task WorkAsync()
    {
        var agent = new AgentProcess(Child, "l3");
        await agent.StopAsync();
        await agent.StartAsync();
        Clouds.Served(agent);
        await JobAsync("router", async host =>
        {
            await CreateNetworkAsync(Edge(host), "192.168.62.0/24");
            await Tenant.RunAsync("router", "create", "--availability-zone-hint", host, Edge(host));
            await Tenant.RunAsync("router", "set", "--external-gateway", "public", Edge(host));
            await Tenant.RunAsync("router", "add", "subnet", Edge(host), Edge(host));
            await PortsUpAsync(host);
        });
        await JobAsync("inside", async host =>
        {
            await Tenant.RunAsync("server", "add", "network", Server(host), Edge(host));
            await PortBecomesAsync(await InsideAsync(host), "ACTIVE");
        });
        await JobAsync("floating IP", async host =>
        {
            addresses[host] = Text(await Tenant.AskAsync("floating", "ip", "create", "--port", await InsideAsync(host), "public"), "floating_ip_address");
            await FloatingAsync(host, "ACTIVE");
        });
        await JobAsync("administratively down", async host =>
        {
            await Tenant.RunAsync("router", "set", "--disable", Edge(host));
            await Tenant.RunAsync("router", "set", "--enable", Edge(host));
            await PortsUpAsync(host);
            await FloatingAsync(host, "ACTIVE");
            routers[host] = await Tenant.AskAsync("router", "show", Edge(host));
            floats[host] = await Tenant.AskAsync("floating", "ip", "show", addresses[host]);
        });
        await JobAsync("nobody's", async host =>
        {
            await Tenant.RunAsync("floating", "ip", "unset", "--port", addresses[host]);
            await FloatingAsync(host, "DOWN");
            await Tenant.RunAsync("floating", "ip", "delete", addresses[host]);
        });
        await JobAsync("no router", async host =>
        {
            Servers[host] = await Parent.AskAsync("server", "show", await IdAsync(Server(host)));
            await Tenant.RunAsync("router", "remove", "subnet", Edge(host), Edge(host));
            await Tenant.RunAsync("router", "delete", Edge(host));
        });
    }

    /// <summary>What it says of itself once its figures, told every half minute, say that the router is gone.</summary>
    Task<JsonNode> WithoutRouterAsync(string host) => Poll.UntilAsync(
        $"the L3 agent of {host} counts no router", () => AgentAsync(host, "l3"), at => at["configuration"]!["routers"]!.GetValue<int>() == 0);

    static string Edge(string host) => $"edge-{host}";

    async Task<string> InsideAsync(string host) =>
        Text((await Parent.AskAsync("port", "list", "--server", await IdAsync(Server(host)), "--network", Edge(host))).AsArray().Single(), "ID");

    async Task PortsUpAsync(string host)
    {
        var id = Text(await Tenant.AskAsync("router", "show", Edge(host)), "id");
        await Poll.UntilAsync(
            $"gateway and interface of {host} are ACTIVE", () => Parent.AskAsync("port", "list", "--device-id", id, "--long"), at => at.AsArray().Count(port => Text(port, "Status") == "ACTIVE") == 2, why: WhyAsync);
    }

    Task FloatingAsync(string host, string status) => Poll.UntilAsync(
        $"{addresses[host]} of {host} is {status}", () => Tenant.AskAsync("floating", "ip", "show", addresses[host]), at => Text(at, "status") == status);
}
