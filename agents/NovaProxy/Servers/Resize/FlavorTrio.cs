using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>
/// The three flavors of an instance: what it is, what it was, what it shall be. They are one blob in the parent's database and are only stored
/// together (nova/objects/instance.py: _save_flavor).
/// </summary>
internal static class FlavorTrio
{
    public static JsonObject Of(JsonNode? now, JsonNode? old, JsonNode? next) => new()
    {
        ["flavor"] = now?.DeepClone(),
        ["old_flavor"] = old?.DeepClone(),
        ["new_flavor"] = next?.DeepClone(),
    };

    /// <summary>The flavor alone is left (nova/compute/manager.py: _delete_stashed_flavor_info).</summary>
    public static JsonObject Alone(VersionedObject row) => Of(row.Data["flavor"], null, null);

    /// <summary>The columns that repeat what the flavor says (nova/compute/manager.py: _set_instance_info).</summary>
    public static void PutSizes(JsonObject changes, VersionedObject flavor)
    {
        changes["instance_type_id"] = flavor.Number("id");
        foreach (var field in (string[])["memory_mb", "vcpus", "root_gb", "ephemeral_gb"])
        {
            changes[field] = flavor.Number(field);
        }
    }
}
