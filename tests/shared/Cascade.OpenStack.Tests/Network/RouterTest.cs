using Cascade.OpenStack.Network;

namespace Cascade.OpenStack.Tests;

/// <summary>A tenant's network and one outside.</summary>
public abstract class RouterTest : NetworkTest
{
    protected async Task<(NetworkInfo Network, Subnet Subnet)> OutsideAsync(string cidr = "203.0.113.0/24")
    {
        var network = await NetworkAsync(new NetworkCreate { Name = "public", External = true });
        return (network, await Network.Subnets.CreateAsync(Scope.Own, new SubnetCreate { NetworkId = network.Id, IpVersion = 4, Cidr = cidr }, Now));
    }

    protected Task<Router> RouterAsync(string? externalId = null, RouterCreate? wanted = null) => Network.Routers.CreateAsync(
        Scope.Own, (wanted ?? new RouterCreate { Name = "r" }) with { ExternalGatewayInfo = externalId is null ? wanted?.ExternalGatewayInfo : new(externalId) }, Now);

    /// <summary>A network whose gateway address is a port of the router.</summary>
    protected async Task<(NetworkInfo Network, Subnet Subnet, Port Door)> InsideAsync(string routerId, string cidr = "10.10.0.0/24", string gateway = "10.10.0.1")
    {
        var (network, subnet) = await WithSubnetAsync(new SubnetCreate { NetworkId = "", IpVersion = 4, Cidr = cidr });
        var door = await PortAsync(network.Id, gateway);
        await Network.Routers.AddInterfaceAsync(Scope.Own, routerId, door.Id, Now);
        return (network, subnet, door);
    }

    protected async Task<Port> GatewayOfAsync(string routerId) =>
        (await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { DeviceIds = [routerId], DeviceOwners = ["network:router_gateway"] }, Now))).Single();

    protected static async Task<(FaultKind Kind, int? Status, string? Code)> RefusalOfAsync(Func<Task> work)
    {
        var fault = await FaultOfAsync(work);
        return (fault.Kind, fault.Status, fault.Code);
    }
}
