using System.Text.Json.Nodes;
using Cascade.OpenStack.Network;

namespace Cascade.OpenStack.Tests;

/// <summary>A network with a subnet, and what tests of Neutron say often.</summary>
public abstract class NetworkTest : CloudTest
{
    protected const string Tenant = "a11ce000000000000000000000000001";

    protected NetworkClient Network => Cloud.Network;

    protected async Task<NetworkInfo> NetworkAsync(NetworkCreate? wanted = null) =>
        await Network.Networks.CreateAsync(Scope.Own, wanted ?? new NetworkCreate { Name = "net" }, Now);

    protected async Task<(NetworkInfo Network, Subnet Subnet)> WithSubnetAsync(SubnetCreate? wanted = null)
    {
        var network = await NetworkAsync();
        var subnet = (wanted ?? new SubnetCreate { NetworkId = "", IpVersion = 4, Cidr = "10.10.0.0/24" }) with { NetworkId = network.Id };
        return (network, await Network.Subnets.CreateAsync(Scope.Own, subnet, Now));
    }

    protected Task<Port> PortAsync(string networkId, params IReadOnlyList<string> addresses) => Network.Ports.CreateAsync(
        Scope.Own, new PortCreate { NetworkId = networkId, FixedIps = addresses.Count > 0 ? [.. addresses.Select(address => new FixedIp(null, address))] : null }, Now);

    protected static async Task<string?> CodeOfAsync(Func<Task> work) => (await FaultOfAsync(work)).Code;

    protected JsonObject SentTo(string method, string pattern) => JsonNode.Parse(Fake.Matching(method, pattern)[^1].Body)!.AsObject();
}
