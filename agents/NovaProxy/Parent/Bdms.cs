using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Failures;
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

    /// <summary>Of many instances, with one call.</summary>
    public async Task<IReadOnlyList<VersionedObject>> OfManyAsync(RpcContext context, IEnumerable<string> uuids, CancellationToken cancelled)
    {
        var args = new JsonArray(new JsonArray([.. uuids.Select(uuid => (JsonNode?)uuid)]));
        var kwargs = new JsonObject { ["use_slave"] = false };
        return VersionedObject.Read(await conductor.ClassActionAsync(context, NovaObjects.BlockDeviceMappingList, "get_by_instance_uuids", args, kwargs, cancelled)).Objects();
    }

    /// <summary>The mapping of a volume of an instance, null when it has none.</summary>
    public async Task<VersionedObject?> FindAsync(RpcContext context, string volume, string uuid, CancellationToken cancelled)
    {
        try
        {
            var found = await conductor.ClassActionAsync(context, NovaObjects.BlockDeviceMapping, "get_by_volume_and_instance", new(volume, uuid), [], cancelled);
            return VersionedObject.Read(found);
        }
        catch (RpcFault fault) when (fault.Is("VolumeBDMNotFound"))
        {
            return null;
        }
    }

    /// <summary>Makes a mapping; answers it with the id and the uuid that it was given.</summary>
    public async Task<VersionedObject> CreateAsync(RpcContext context, JsonObject data, CancellationToken cancelled)
    {
        var (updates, _) = await conductor.ObjectActionAsync(context, NovaObjects.Changed(NovaObjects.BlockDeviceMapping, data), "create", [], [], cancelled);
        var made = data.DeepClone().AsObject();
        foreach (var (field, value) in updates.Where(field => field.Key != "obj_what_changed"))
        {
            made[field] = value?.DeepClone();
        }

        return NovaObjects.New(NovaObjects.BlockDeviceMapping, made);
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
