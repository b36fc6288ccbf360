using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>What a shelved instance carries in its system metadata (nova/compute/utils.py: remove_shelved_keys_from_system_metadata).</summary>
internal static class ShelvedKeys
{
    public static bool Are(VersionedObject row) => row.Data["system_metadata"] is JsonObject metadata && metadata.Any(item => IsOne(item.Key));

    public static void Remove(JsonObject metadata)
    {
        foreach (var key in metadata.Select(item => item.Key).Where(IsOne).ToList())
        {
            metadata.Remove(key);
        }
    }

    static bool IsOne(string key) => key is "shelved_at" or "shelved_image_id" or "shelved_host";
}
