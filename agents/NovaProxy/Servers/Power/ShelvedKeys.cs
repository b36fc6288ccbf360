using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>What a shelved instance carries in its system metadata (nova/compute/utils.py: remove_shelved_keys_from_system_metadata).</summary>
internal static class ShelvedKeys
{
    public const string At = "shelved_at";
    public const string ImageId = "shelved_image_id";
    public const string Host = "shelved_host";

    public static bool Are(VersionedObject row) => row.Data["system_metadata"] is JsonObject metadata && metadata.Any(item => IsOne(item.Key));

    /// <summary>The parent's image that it was shelved into; null when it boots from a volume.</summary>
    public static string? ImageOf(VersionedObject row) => row.Data["system_metadata"]?[ImageId]?.ToString() is { Length: > 0 } image ? image : null;

    /// <summary>UTC; null when it is not shelved.</summary>
    public static DateTimeOffset? SinceOf(VersionedObject row) =>
        DateTimeOffset.TryParse(row.Data["system_metadata"]?[At]?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) ? since : null;

    public static void Remove(JsonObject metadata)
    {
        foreach (var key in metadata.Select(item => item.Key).Where(IsOne).ToList())
        {
            metadata.Remove(key);
        }
    }

    static bool IsOne(string key) => key is At or ImageId or Host;
}
