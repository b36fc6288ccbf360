using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers;

/// <summary>What this host cannot build, said before anything is made (D9).</summary>
internal static class BuildRules
{
    /// <returns>Why not, in words for the tenant; null when it can be built.</returns>
    public static string? Refusal(BuildAndRunInstance build) =>
        Disks(build.BlockDeviceMapping)
        ?? (build.InjectedFiles is { Count: > 0 } ? "files to inject (personality) are not supported by this host; use user data" : null)
        ?? (build.AccelUuids is { Count: > 0 } ? "accelerators (device profiles) are not supported by this host" : null)
        ?? (build.RequestedNetworks?.Objects().Any(nic => nic.Text("device_profile") is not null || nic.Text("arq_uuid") is not null) == true
            ? "ports with accelerators are not supported by this host"
            : null)
        ?? (build.Instance.Object("pci_requests")?.Objects("requests") is { Count: > 0 } ? "PCI devices are not supported by this host" : null)
        ?? (build.Instance.Object("trusted_certs") is not null ? "trusted image certificates are not supported by this host" : null);

    /// <summary>One disk, made from the image, local.</summary>
    static string? Disks(VersionedObject? mappings)
    {
        var all = mappings?.Objects() ?? [];
        return all is [var root] && root.Text("source_type") == "image" && root.Text("destination_type") == "local"
            ? null
            : all.Count == 0
                ? null
                : "volumes and additional disks are not supported by this host yet; create the server from an image only";
    }

    /// <summary>The root disk's name, as nova's libvirt driver would give it (nova/virt/libvirt/blockinfo.py: get_disk_bus_for_device_type, get_dev_prefix_for_disk_bus).</summary>
    public static string RootDevice(BuildAndRunInstance build) =>
        build.Instance.Text("root_device_name") is { Length: > 0 } named
            ? named
            : (build.Image?["properties"] as JsonObject)?["hw_disk_bus"]?.ToString() switch
            {
                "ide" => "/dev/hda",
                "scsi" or "sata" or "usb" => "/dev/sda",
                "fdc" => "/dev/fda",
                _ => "/dev/vda",
            };
}
