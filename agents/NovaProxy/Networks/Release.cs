using Cascade.NovaProxy.Parent;
using Cascade.OpenStack.Network;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Networks;

/// <summary>
/// Takes an instance's ports away: what nova made is deleted, what was there before is unbound (nova/network/neutron.py: deallocate_for_instance,
/// deallocate_port_for_instance). Each step may be done again; the ports go before what tells them apart.
/// </summary>
internal sealed class Release(ParentPorts ports, InfoCache cache, VirtualInterfaces interfaces)
{
    /// <param name="instance">Read with its info cache.</param>
    /// <param name="requested">What a build had asked for; null for an instance that was built.</param>
    /// <exception cref="Oslo.Wire.Failures.RpcFault">Neutron refuses; what could go is gone.</exception>
    public async Task AllAsync(VersionedObject instance, RequestedNics? requested, RpcContext context, CancellationToken cancelled)
    {
        var premade = InfoCache.PremadeOf(instance).Concat(requested?.PortIds ?? []).ToHashSet(StringComparer.Ordinal);
        var failed = new List<Exception>();
        foreach (var port in await ports.OfAsync(instance, cancelled))
        {
            try
            {
                await GoAsync(port, premade.Contains(port.Id), cancelled);
            }
            catch (Oslo.Wire.Failures.RpcFault fault)
            {
                failed.Add(fault);
            }
        }

        if (failed is [var first, ..])
        {
            throw first;
        }

        await interfaces.DestroyAllAsync(context.Elevated(), instance.Text("uuid")!, cancelled);
        await cache.ClearAsync(instance, context, cancelled);
    }

    /// <summary>One of them, whatever has happened to it meanwhile.</summary>
    public async Task PortAsync(VersionedObject instance, string portId, bool premade, RpcContext context, CancellationToken cancelled)
    {
        if (await ports.FindAsync(portId, cancelled) is { } port && port.DeviceId == instance.Text("uuid") && port.ProjectId == instance.Text("project_id"))
        {
            await GoAsync(port, premade, cancelled);
        }

        await interfaces.DestroyAsync(context.Elevated(), portId, cancelled);
        await cache.DropAsync(instance, portId, context, cancelled);
    }

    Task GoAsync(Port port, bool premade, CancellationToken cancelled) => premade ? ports.UnbindAsync(port, cancelled) : ports.DeleteAsync(port.Id, cancelled);
}
