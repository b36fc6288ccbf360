using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Parent;

/// <summary>Block device mappings of an instance (nova/objects/block_device.py).</summary>
internal sealed class Bdms(IConductor conductor)
{
    public async Task<IReadOnlyList<VersionedObject>> OfAsync(RpcContext context, string uuid, CancellationToken cancelled)
    {
        var kwargs = new JsonObject { ["use_slave"] = false };
        var found = await conductor.ClassActionAsync(context, NovaObjects.BlockDeviceMappingList, "get_by_instance_uuid", new(uuid), kwargs, cancelled);
        return VersionedObject.Read(found).Objects();
    }

    /// <summary>Writes fields of one mapping, found by its database id.</summary>
    public Task SaveAsync(RpcContext context, VersionedObject bdm, JsonObject changes, CancellationToken cancelled)
    {
        var data = changes.DeepClone().AsObject();
        var changed = data.Select(field => field.Key).ToArray();
        data["id"] = bdm.Number("id");
        return conductor.ObjectActionAsync(context, NovaObjects.New(NovaObjects.BlockDeviceMapping, data, changed), "save", [], [], cancelled);
    }

    public Task SaveDeviceNameAsync(RpcContext context, VersionedObject bdm, string deviceName, CancellationToken cancelled) =>
        SaveAsync(context, bdm, new() { ["device_name"] = deviceName }, cancelled);

    public Task DestroyAsync(RpcContext context, VersionedObject bdm, CancellationToken cancelled)
    {
        var data = new JsonObject();
        foreach (var field in (string[])["id", "instance_uuid", "volume_id", "device_name"])
        {
            data[field] = bdm.Data[field]?.DeepClone();
        }

        return conductor.ObjectActionAsync(context, NovaObjects.New(NovaObjects.BlockDeviceMapping, data), "destroy", [], [], cancelled);
    }
}
