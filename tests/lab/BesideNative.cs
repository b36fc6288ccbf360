using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>Power and ports: what both register, report and do. The last ones under their parent: the native host goes with it.</summary>
[Order(13), Parallelizable]
sealed class BesideNative() : Beside("beside")
{
    readonly Dictionary<string, JsonNode> ports = [];

    [Test]
    public async Task Both_register_as_the_same_kind_of_agent()
    {
        var native = await AgentAsync(Native, "open-vswitch");
        var ours = await AgentAsync(Child, "open-vswitch");
        using (Assert.EnterMultipleScope())
        {
            Same(native, ours, Differences.OfAgent);
            Same(native["configuration"]!, ours["configuration"]!, Differences.OfAgent);
            Assert.That(Text(await ComputeAsync(Child), "Status"), Is.EqualTo(Text(await ComputeAsync(Native), "Status")));
            Assert.That(Text(await ComputeAsync(Child), "State"), Is.EqualTo(Text(await ComputeAsync(Native), "State")));
        }
    }

    [Test]
    public void Both_report_the_same_kinds_of_things() => SameReports("nova", "l2");

    [Test]
    public void A_port_goes_through_the_same_states([Values] Port port) =>
        Assert.That(States(Child, port), Is.EqualTo(States(Native, port)));

    [Test]
    public void Nova_is_told_the_same_about_a_port([Values] Port port) =>
        Assert.That(Events(Child, port), Is.EqualTo(Events(Native, port)));

    [Test]
    public void The_port_looks_the_same() => Same(ports[Native], ports[Child], Differences.OfPort);

    public enum Port
    {
        OfBoot,
        Attached,
    }

    protected override async Task WorkAsync()
    {
        await JobAsync("stop", host => DoAsync(host, "SHUTOFF", "stop"));
        await JobAsync("start", host => DoAsync(host, "ACTIVE", "start"), plugged: 2);
        await JobAsync("reboot", host => DoAsync(host, "ACTIVE", "reboot", "--soft"));
        await JobAsync("hard reboot", host => DoAsync(host, "ACTIVE", "reboot", "--hard"), plugged: 3);
        await JobAsync("attach", async host =>
        {
            await Tenant.RunAsync("port", "create", "--network", Network, Extra(host));
            await Tenant.RunAsync("server", "add", "port", Server(host), Extra(host));
            ports[host] = await PortBecomesAsync(Extra(host), "ACTIVE");
        });
        await JobAsync("detach", async host =>
        {
            Servers[host] = await Parent.AskAsync("server", "show", await IdAsync(Server(host)));
            await Tenant.RunAsync("server", "remove", "port", Server(host), Extra(host));
            await Poll.UntilAsync("the port is free", () => Parent.AskAsync("port", "show", Extra(host)), at => Text(at, "device_id") == "" && Text(at, "status") == "DOWN");
            await Tenant.RunAsync("port", "delete", Extra(host));
        });
    }

    static string Extra(string host) => $"beside-{host}-extra";

    async Task<JsonNode?> ComputeAsync(string host) =>
        (await Parent.AskAsync("compute", "service", "list", "--service", "nova-compute", "--host", host)).AsArray().Single();

    string States(string host, Port port)
    {
        var told = Told[host].Where(at => at is { Who: "l2", ByHost: false } && at.Of == NameOf(host, port) && at.What.StartsWith("push Port", StringComparison.Ordinal));
        return Short(told.Select(PortState), Differences.OfPortStates);
    }

    string Events(string host, Port port)
    {
        var told = Told[host].Where(at => at.What == "external_instance_event" && at.Value("port") == NameOf(host, port)).Select(at => at.Value("name"));
        // When the network changed is told on the way, at any moment: whether it is, counts.
        var names = told.ToList();
        return Short(names.Where(at => at != "network-changed").Append("end"), Differences.OfPortEvents) + (names.Contains("network-changed") ? " and network-changed" : "");
    }

    /// <summary>Of the ports of a host those that nova hears of, in order: a port for DHCP is none.</summary>
    string NameOf(string host, Port port) =>
        Told[host].Where(at => at.What == "external_instance_event").Select(at => at.Value("port")).Distinct().ElementAt((int)port);
}
