using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>A pairing with both agents of the child, and networks of a tenant.</summary>
abstract class Switched(string parentRelease, string childRelease) : Pairing(parentRelease, childRelease)
{
    protected AgentProcess Switch { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start_the_switch_agent()
    {
        Switch = new(Child, "l2");
        await Switch.StartAsync();
        Clouds.Served(Switch);
        await Poll.UntilAsync("the Open vSwitch agent is alive", SwitchAliveAsync, alive => alive);
    }

    protected async Task<bool> SwitchAliveAsync() =>
        (await Parent.AskAsync("network", "agent", "list", "--host", Child, "--agent-type", "open-vswitch")).AsArray().Any(at => at!["Alive"]!.GetValue<bool>());

    protected async Task CreateNetworkAsync(string name, string range)
    {
        await Tenant.RunAsync("network", "create", name);
        await Tenant.RunAsync("subnet", "create", "--network", name, "--subnet-range", range, "--dns-nameserver", "192.0.2.53", name);
    }

    protected Task CreateOnAsync(string network, string name, params string[] more) =>
        Tenant.RunAsync(["server", "create", "--availability-zone", Child, "--image", "tiny", "--flavor", "tiny", "--network", network, .. more, name, "-f", "json"]);

    protected async Task<JsonNode> PortAsync(string server) =>
        (await Parent.AskAsync("port", "list", "--server", await IdAsync(server), "--long")).AsArray().Single()!;

    protected Task<JsonNode> PortBecomesAsync(string port, string status, TimeSpan? limit = null) =>
        Poll.UntilAsync($"port {port} is {status}", () => Parent.AskAsync("port", "show", port), at => Text(at, "status") == status, limit, WhyAsync);

    /// <summary>A guest without an address is as often one to whom nobody gives it: who does is the child's own DHCP.</summary>
    protected override async Task<string> WhyAsync()
    {
        try
        {
            var agents = (await Below.AskAsync("network", "agent", "list")).AsArray().Select(at => $"{Text(at, "Binary")} {(at!["Alive"]!.GetValue<bool>() ? "alive" : "DEAD")}");
            var networks = (await Below.AskAsync("network", "list")).AsArray().ToDictionary(at => Text(at, "ID"), at => Text(at, "Name"));
            var ports = new List<string>();
            foreach (var port in (await Below.AskAsync("port", "list", "--device-owner", "network:dhcp", "--long")).AsArray())
            {
                var network = Text(await Below.AskAsync("port", "show", Text(port, "ID")), "network_id");
                ports.Add($"of {networks.GetValueOrDefault(network, network)} {Text(port, "Status")}");
            }

            return $"in the child: {string.Join(", ", agents)}; DHCP ports: {(ports.Count == 0 ? "NONE" : string.Join(", ", ports))}";
        }
        catch (InvalidOperationException refused)
        {
            return $"the child does not say how its agents are: {refused.Message}";
        }
    }

    /// <summary>The guest, which asks one address again and again (property ping), has last heard it, or has last heard nothing.</summary>
    protected Task HearsAsync(string server, string address, bool answers = true) => ConsoleAsync(
        server,
        $"says that {address} {(answers ? "answers" : "is silent")}",
        log => Last(log, $"{address} answers").CompareTo(Last(log, $"{address} silent")) == (answers ? 1 : -1));

    static int Last(string log, string text) => log.LastIndexOf(text, StringComparison.Ordinal);

    protected static string Address(JsonNode port) => port["Fixed IP Addresses"]![0]!["ip_address"]!.GetValue<string>();
}
