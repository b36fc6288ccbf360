using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Volumes;

/// <summary>What kind of disk a block device mapping is (nova/block_device.py: new_format_is_swap, new_format_is_ephemeral; objects/block_device.py: is_root, is_volume).</summary>
internal static class Mappings
{
    public static bool IsRoot(VersionedObject bdm) => bdm.Number("boot_index") == 0;

    public static bool IsVolume(VersionedObject bdm) => bdm.Text("destination_type") == "volume";

    public static bool IsLocalImage(VersionedObject bdm) => bdm.Text("source_type") == "image" && bdm.Text("destination_type") == "local";

    public static bool IsSwap(VersionedObject bdm) => IsBlank(bdm) && bdm.Text("guest_format") == "swap";

    public static bool IsEphemeral(VersionedObject bdm) => IsBlank(bdm) && bdm.Text("guest_format") != "swap";

    public static bool IsKept(VersionedObject bdm) => !IsTrue(bdm, "delete_on_termination");

    public static bool IsTrue(VersionedObject bdm, string field) => bdm.Data[field] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>A volume is what the server boots from.</summary>
    public static bool IsVolumeBacked(IEnumerable<VersionedObject> bdms) => bdms.Any(bdm => IsRoot(bdm) && IsVolume(bdm));

    static bool IsBlank(VersionedObject bdm) => bdm.Text("source_type") == "blank" && bdm.Text("destination_type") == "local";
}
