using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Parent;

/// <summary>The order and the tags of an instance's ports (nova/objects/virtual_interface.py). Their <c>uuid</c> is the port's id.</summary>
internal sealed class VirtualInterfaces(IConductor conductor)
{
    /// <summary>In the order in which they were made.</summary>
    public async Task<IReadOnlyList<VersionedObject>> OfAsync(RpcContext context, string instance, CancellationToken cancelled)
    {
        var found = await conductor.ClassActionAsync(context, NovaObjects.VirtualInterfaceList, "get_by_instance_uuid", new(instance), [], cancelled);
        return [.. VersionedObject.Read(found).Objects().OrderBy(one => one.Number("id"))];
    }

    public Task CreateAsync(RpcContext context, string instance, string portId, string mac, string? tag, CancellationToken cancelled)
    {
        // nova/network/neutron.py: _update_ports_for_instance: addresses are unique in this table and not in Neutron, so the port's id goes with them.
        var data = new JsonObject { ["address"] = $"{mac}/{portId}", ["instance_uuid"] = instance, ["tag"] = tag, ["uuid"] = portId };
        return conductor.ObjectActionAsync(context, NovaObjects.Changed(NovaObjects.VirtualInterface, data), "create", [], [], cancelled);
    }

    /// <summary>Takes away that of one port; none is fine.</summary>
    public async Task DestroyAsync(RpcContext context, string portId, CancellationToken cancelled)
    {
        var found = await conductor.ClassActionAsync(context, NovaObjects.VirtualInterface, "get_by_uuid", new(portId), [], cancelled);
        if (VersionedObject.TryRead(found, out var row))
        {
            var target = NovaObjects.New(NovaObjects.VirtualInterface, new() { ["id"] = row.Number("id") });
            await conductor.ObjectActionAsync(context, target, "destroy", [], [], cancelled);
        }
    }

    public Task DestroyAllAsync(RpcContext context, string instance, CancellationToken cancelled) =>
        conductor.ClassActionAsync(context, NovaObjects.VirtualInterface, "delete_by_instance_uuid", new(instance), [], cancelled);
}
