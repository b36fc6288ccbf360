using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Servers.Build;
using Cascade.NovaProxy.Volumes;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers;

/// <summary>What this host cannot build, said before anything is made (D9).</summary>
internal static class BuildRules
{
    /// <returns>Why not, in words for the tenant; null when it can be built.</returns>
    public static string? Refusal(BuildAndRunInstance build, RpcContext context) =>
        ForcedHost.Refusal(build, context)
        ?? Disks(build.BlockDeviceMapping)
        ?? (build.InjectedFiles is { Count: > 0 } ? "files to inject (personality) are not supported by this host; use user data" : null)
        ?? (build.AccelUuids is { Count: > 0 } ? "accelerators (device profiles) are not supported by this host" : null)
        ?? (build.RequestedNetworks?.Objects().Any(nic => nic.Text("device_profile") is not null || nic.Text("arq_uuid") is not null) == true
            ? "ports with accelerators are not supported by this host"
            : null)
        ?? (build.Instance.Object("pci_requests")?.Objects("requests") is { Count: > 0 } ? "PCI devices are not supported by this host" : null)
        ?? (build.Instance.Object("trusted_certs") is not null ? "trusted image certificates are not supported by this host" : null);

    /// <summary>Any number of disks, local or volumes; what only this host could do to a local one is refused.</summary>
    static string? Disks(VersionedObject? mappings)
    {
        var all = mappings?.Objects() ?? [];
        return all.Any(bdm => Mappings.IsLocalImage(bdm) && !Mappings.IsRoot(bdm))
            ? "a local disk made from an image, beside the root disk, is not supported by this host"
            : all.Any(bdm => Mappings.IsTrue(bdm, "encrypted"))
                ? "encrypted local disks are not supported by this host"
                : null;
    }

    /// <summary>A property of the image that it boots from, or of the volume's.</summary>
    public static Func<string, string?> ImageOf(BuildAndRunInstance build) => name => (build.Image?["properties"] as JsonObject)?[name]?.ToString();
}
