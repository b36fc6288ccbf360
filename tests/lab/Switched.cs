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
        Poll.UntilAsync($"port {port} is {status}", () => Parent.AskAsync("port", "show", port), at => Text(at, "status") == status, limit);

    protected static string Address(JsonNode port) => port["Fixed IP Addresses"]![0]!["ip_address"]!.GetValue<string>();
}
