using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Volumes;

/// <summary>
/// Where in the child a volume of the parent is: the link, kept where nova keeps the way to any volume, in <c>connection_info</c> of the block device mapping.
/// It holds for one attachment; a mapping that was given another one since (a build that was handed on, a shelved server) has none.
/// </summary>
/// <param name="ChildVolumeId">The child's volume.</param>
/// <param name="Info">As nova keeps it (nova/volume/cinder.py: _translate_attachment_ref).</param>
internal sealed record Connection(string ChildVolumeId, JsonObject Info)
{
    const string Driver = "cascade";
    const string AttachmentKey = "cascade_attachment_id";

    /// <summary>What the mapping says; null when it has no connection, or one that is not to a child.</summary>
    public static Connection? Of(VersionedObject bdm)
    {
        if (bdm.Text("connection_info") is not { Length: > 0 } text || Parse(text) is not { } info || info["driver_volume_type"]?.ToString() != Driver)
        {
            return null;
        }

        return info["data"]?["child_volume_id"]?.ToString() is { Length: > 0 } child && info[AttachmentKey]?.ToString() == bdm.Text("attachment_id") ? new(child, info) : null;
    }

    /// <summary>What Cinder answered to our connector.</summary>
    /// <param name="region">Of our child; null when it has none to name.</param>
    /// <exception cref="Oslo.Wire.Failures.RpcFault">InvalidVolume: it is not in our child.</exception>
    public static Connection From(Attachment answered, Volume volume, string? region)
    {
        var data = answered.ConnectionInfo?.DeepClone().AsObject() ?? [];
        var driver = data["driver_volume_type"]?.ToString();
        if (driver != Driver || data["child_volume_id"]?.ToString() is not { Length: > 0 } child)
        {
            throw NovaFaults.InvalidVolume($"volume {volume.Id} is not in the cloud that holds the instance (its connection is of type {driver ?? "none"})");
        }

        if (region is not null && data["child_region"]?.ToString() is { Length: > 0 } elsewhere && elsewhere != region)
        {
            throw NovaFaults.InvalidVolume($"volume {volume.Id} is in {elsewhere}, and the instance in {region}");
        }

        data.Remove("attachment_id");
        data.Remove("driver_volume_type");
        var info = new JsonObject
        {
            ["driver_volume_type"] = Driver,
            ["data"] = data,
            ["status"] = answered.Status,
            ["instance"] = answered.Instance,
            ["attached_at"] = "",
            ["detached_at"] = "",
            ["volume_id"] = volume.Id,
            ["serial"] = volume.Id,
            [AttachmentKey] = answered.Id,
        };
        if (volume.Multiattach == true)
        {
            info["multiattach"] = true;
        }

        return new(child, info);
    }

    public string ToText() => Info.ToJsonString();

    static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
