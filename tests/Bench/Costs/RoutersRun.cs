using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Support;
using Cascade.Support.Parent;

namespace Cascade.Bench.Costs;

/// <summary>What many routers of one child cost L3-Proxy: each with a gateway, a network of its own and floating IPs of five servers there.</summary>
sealed class RoutersRun(string agentPath, int count, CostTable table, Broker broker, ScriptedNeutron parent, FakeCloud child) : CostRun(agentPath, count, table, broker, parent, child)
{
    const int FloatingIps = 5;

    readonly List<string> led = [];
    string inParent = "";
    string inChild = "";

    protected override string More => $"external_networks = {inParent}:{inChild}\n";

    /// <param name="path">The agent's assembly.</param>
    /// <param name="counts">One run for each.</param>
    public static Task<int> RunAsync(string path, IEnumerable<int> counts) =>
        RunAsync(counts, "routers", (many, rows, broker, parent, child) => new RoutersRun(path, many, rows, broker, parent, child));

    protected override async Task MeasureAsync()
    {
        Fill();
        await MeasureAsync("make them all, all go up", 0, async () =>
        {
            Start();
            await UntilAsync(() => Child.Neutron.CountOf("floatingips", _ => true) == Count * FloatingIps && led.TrueForAll(id => Parent.Server.StatusesOf(id) is [.., "ACTIVE"]));
        });
        await MeasureStartAsync();
        await MeasureAsync("one floating IP moves", 0, async () =>
        {
            var before = Child.Neutron.FloatingIps.Count;
            Parent.Server.DisassociateFloatingIp(led[0]);
            await UntilAsync(() => Child.Neutron.FloatingIps.Count == before - 1 && Parent.Server.StatusesOf(led[0]) is [.., "DOWN"]);
        });
    }

    /// <summary>The networks and ports stand in the child as L2-Proxy makes them.</summary>
    void Fill()
    {
        var ours = Child.Keystone.ProjectId;
        Child.Neutron.TenantSegments = (1, 100_000);
        Child.Neutron.SetQuota(ours, "router", -1);
        Child.Neutron.SetQuota(ours, "floatingip", -1);
        inParent = Parent.Server.AddNetwork("public", network => network["router:external"] = true);
        Parent.Server.AddSubnet(inParent, "203.0.0.0/16");
        inChild = (string)Child.Neutron.Make("networks", ours, new() { ["name"] = "public", ["router:external"] = true })["id"]!;
        Child.Neutron.Make("subnets", ours, new() { ["network_id"] = inChild, ["cidr"] = "203.0.0.0/16", ["ip_version"] = 4, ["enable_dhcp"] = false });
        for (var number = 0; number < Count; number++)
        {
            Fill(number, ours);
        }
    }

    void Fill(int number, string ours)
    {
        var cidr = string.Create(CultureInfo.InvariantCulture, $"10.{number / 250}.{number % 250}.0/24");
        var network = Parent.Server.AddNetwork($"net-{number}");
        var subnet = Parent.Server.AddSubnet(network, cidr);
        var stands = (string)Child.Neutron.Make("networks", ours, new() { ["description"] = $"cascade:{network}" })["id"]!;
        var below = (string)Child.Neutron.Make("subnets", ours, new() { ["network_id"] = stands, ["cidr"] = cidr, ["ip_version"] = 4, ["description"] = $"cascade:{subnet}" })["id"]!;
        var router = Parent.Server.AddRouter($"router-{number}");
        Parent.Server.SetGateway(router, inParent, address: Outside(number * (FloatingIps + 1)));
        Parent.Server.AddInterface(router, subnet);
        for (var server = 0; server < FloatingIps; server++)
        {
            var port = Parent.Server.AddPort(network, Parent.Host);
            var shown = Parent.Server.Port(port)!;
            var address = (string)shown["fixed_ips"]![0]!["ip_address"]!;
            Child.Neutron.Make("ports", ours, new()
            {
                ["network_id"] = stands,
                ["mac_address"] = (string)shown["mac_address"]!,
                ["fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = below, ["ip_address"] = address }),
                ["description"] = $"cascade:{port}",
            });
            led.Add(Parent.Server.AddFloatingIp(inParent, port, address: Outside((number * (FloatingIps + 1)) + server + 1)));
        }
    }

    static string Outside(int number) => string.Create(CultureInfo.InvariantCulture, $"203.0.{1 + (number / 250)}.{1 + (number % 250)}");
}
