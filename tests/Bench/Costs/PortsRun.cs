using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Support;
using Cascade.Support.Parent;

namespace Cascade.Bench.Costs;

/// <summary>What many ports of one child cost L2-Proxy.</summary>
sealed class PortsRun(string agentPath, int count, CostTable table, Broker broker, ScriptedNeutron parent, FakeCloud child) : CostRun(agentPath, count, table, broker, parent, child)
{
    const int Networks = 10;

    readonly List<string> groups = [];

    /// <param name="path">The agent's assembly.</param>
    /// <param name="counts">One run for each.</param>
    public static Task<int> RunAsync(string path, IEnumerable<int> counts) =>
        RunAsync(counts, "ports", (many, rows, broker, parent, child) => new PortsRun(path, many, rows, broker, parent, child));

    protected override async Task MeasureAsync()
    {
        Fill();
        await MeasureAsync("make them all", 0, async () =>
        {
            Start();
            await UntilAsync(() => Child.Neutron.CountOf("ports", port => (string?)port["device_owner"] is not "network:dhcp") == Count);
        });
        await MeasureAsync("all go up", 0, async () =>
        {
            PlugAll();
            await UntilAsync(() => Parent.Server.CountPorts(port => (string?)port["status"] == "ACTIVE") == Count);
            await UntilAsync(() => Child.Neutron.CountOf("ports", port => port["tags"] is JsonArray { Count: > 0 }) == Count);
        });
        await MeasureStartAsync();
        await MeasureAsync("one member of a remote group elsewhere", 0, async () =>
        {
            Parent.Server.AddPort(Parent.Server.AddNetwork("elsewhere"), "cloud-b", port =>
            {
                port["security_groups"] = new JsonArray(groups[0]);
                port["fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = Guid.NewGuid().ToString(), ["ip_address"] = "192.0.2.9" });
            });
            await Child.UntilAsync(_ => Child.Neutron.AddressGroups.Any(list => list["addresses"]!.AsArray().Any(one => ((string)one!).StartsWith("192.0.2.9", StringComparison.Ordinal))), Patience);
        });
    }

    /// <summary>Two groups, one of which lets the other's members in.</summary>
    void Fill()
    {
        groups.Add(Parent.Server.AddSecurityGroup("db"));
        groups.Add(Parent.Server.AddSecurityGroup("web"));
        Parent.Server.AddRule(groups[1], rule => rule["remote_group_id"] = groups[0]);
        var networks = Enumerable.Range(0, Networks).Select(number =>
        {
            var network = Parent.Server.AddNetwork($"net-{number}");
            Parent.Server.AddSubnet(network, string.Create(CultureInfo.InvariantCulture, $"10.{number + 10}.0.0/16"));
            return network;
        }).ToList();
        for (var number = 0; number < Count; number++)
        {
            var group = groups[number % 2];
            Parent.Server.AddPort(networks[number % Networks], Parent.Host, port => port["security_groups"] = new JsonArray(group));
        }
    }

    /// <summary>As if a server had started on each of them.</summary>
    void PlugAll()
    {
        foreach (var port in Child.Neutron.Ports.Where(port => (string?)port["device_owner"] is not "network:dhcp"))
        {
            Child.Neutron.Change("ports", (string)port["id"]!, members =>
                (members["device_id"], members["device_owner"], members["status"]) = (Guid.NewGuid().ToString(), "compute:nova", "ACTIVE"));
        }
    }
}
