using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Volumes.Boot;

/// <summary>The disks of an instance as the child's <c>block_device_mapping_v2</c>.</summary>
internal static class BlockDeviceMap
{
    /// <param name="bdms">Each volume with its <see cref="Connection"/>.</param>
    /// <param name="image">The child's image of the root disk; null when a volume boots.</param>
    /// <returns>Null when there is nothing but a disk made from the image, which needs no words.</returns>
    public static IReadOnlyList<BlockDevice>? ToChild(IReadOnlyList<VersionedObject> bdms, string? image) =>
        bdms.Count == 0 || bdms is [var only] && Mappings.IsLocalImage(only) ? null : [.. bdms.OrderBy(Order).Select(bdm => One(bdm, image))];

    /// <summary>Whatever it was made from, in the child a volume is there already and stays when the server goes: that is the parent's to decide.</summary>
    static BlockDevice One(VersionedObject bdm, string? image) => Mappings.IsVolume(bdm)
        ? Common(bdm) with
        {
            SourceType = "volume",
            DestinationType = "volume",
            Uuid = Connection.Of(bdm)?.ChildVolumeId ?? throw new ArgumentException($"a volume without its connection: {bdm.Text("volume_id")}", nameof(bdm)),
            DeleteOnTermination = false,
        }
        : Mappings.IsLocalImage(bdm)
            ? Common(bdm) with { SourceType = "image", DestinationType = "local", Uuid = image, DeleteOnTermination = true }
            : Common(bdm) with
            {
                SourceType = "blank",
                DestinationType = "local",
                VolumeSize = (int?)bdm.Number("volume_size"),
                GuestFormat = bdm.Text("guest_format"),
                DeleteOnTermination = true,
            };

    static BlockDevice Common(VersionedObject bdm) => new()
    {
        SourceType = "",
        BootIndex = (int)(bdm.Number("boot_index") ?? -1),
        DiskBus = bdm.Text("disk_bus"),
        DeviceType = bdm.Text("device_type"),
        Tag = bdm.Text("tag"),
    };

    /// <summary>The order gives the guest its device names: as nova's driver orders them.</summary>
    static int Order(VersionedObject bdm) => Mappings.IsRoot(bdm) ? 0 : Mappings.IsEphemeral(bdm) ? 1 : Mappings.IsSwap(bdm) ? 2 : 3;
}
