using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Networks.Interfaces;

/// <summary>
/// add_fixed_ip_to_instance, remove_fixed_ip_from_instance: the parent's port gets or loses an address (nova/network/neutron.py, of the same names). The
/// child's port follows the parent's, so nothing is said to the child here. Without an event, as natively.
/// </summary>
internal sealed class FixedIps(KeyedQueue queue, Instances instances, InstanceFaults faults, ParentPorts ports, ParentClouds parent, InfoCache cache)
    : IHandle<AddFixedIpToInstance>, IHandle<RemoveFixedIpFromInstance>
{
    public Task<JsonNode?> HandleAsync(AddFixedIpToInstance call, RpcContext context, CancellationToken cancelled) =>
        RunAsync(call.Instance, context, (row, stop) => AddAsync(row, call.NetworkId, context, stop), cancelled);

    public Task<JsonNode?> HandleAsync(RemoveFixedIpFromInstance call, RpcContext context, CancellationToken cancelled) =>
        RunAsync(call.Instance, context, (row, stop) => RemoveAsync(row, call.Address, context, stop), cancelled);

    /// <summary>The first port on the network gets an address of the first subnet that has one to give.</summary>
    async Task AddAsync(VersionedObject row, string network, RpcContext context, CancellationToken cancelled)
    {
        foreach (var port in (await ports.OfAsync(row, cancelled)).Where(port => port.NetworkId == network))
        {
            foreach (var subnet in await SubnetsAsync(network, context, cancelled))
            {
                try
                {
                    await ports.AddressAsync(port, [.. port.FixedIps ?? [], new(subnet, null)], context, cancelled);
                    await cache.RefreshAsync(row, port.Id, context, cancelled);
                    return;
                }
                catch (RpcFault fault) when (!fault.Is("InstanceNotFound"))
                {
                    // The next subnet may have room.
                }
            }
        }

        throw NetworkFaults.NetworkNotFoundForInstance(row.Text("uuid")!);
    }

    async Task RemoveAsync(VersionedObject row, string address, RpcContext context, CancellationToken cancelled)
    {
        var port = (await ports.OfAsync(row, cancelled)).FirstOrDefault(one => one.FixedIps?.Any(ip => ip.IpAddress == address) == true)
            ?? throw NetworkFaults.FixedIpNotFoundForInstance(row.Text("uuid")!, address);
        await ports.AddressAsync(port, [.. port.FixedIps!.Where(ip => ip.IpAddress != address)], context, cancelled);
        await cache.RefreshAsync(row, port.Id, context, cancelled);
    }

    async Task<IReadOnlyList<string>> SubnetsAsync(string network, RpcContext context, CancellationToken cancelled)
    {
        var found = new List<string>();
        try
        {
            await foreach (var subnet in parent.Neutron.Network.Subnets.ListAsync(ParentPorts.Tenant(context), new() { NetworkIds = [network] }, cancelled))
            {
                found.Add(subnet.Id);
            }
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of($"listing the subnets of network {network}", fault, network);
        }

        return found;
    }

    async Task<JsonNode?> RunAsync(VersionedObject instance, RpcContext context, Func<VersionedObject, CancellationToken, Task> work, CancellationToken cancelled)
    {
        var uuid = instance.Text("uuid") ?? throw NovaFaults.Failed("the instance came without its uuid");
        await queue.RunAsync(
            uuid,
            async turn =>
            {
                if (await instances.GetAsync(context.Elevated(), uuid, turn.Cancelled) is not { } row)
                {
                    return;
                }

                try
                {
                    await work(row, turn.Cancelled);
                }
                catch (RpcFault fault)
                {
                    await faults.AddAsync(context, uuid, fault, turn.Cancelled);
                    throw;
                }
            },
            cancelled: cancelled);
        return null;
    }
}
