using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Attachments;

/// <summary>Whether the child lets a volume be written: shown among its metadata once somebody has said (cinder/volume/api.py: update_readonly_flag).</summary>
internal static class ReadonlyFlag
{
    public static bool IsSet(Volume seen) => seen.Metadata.GetValueOrDefault("readonly") == "True";
}
