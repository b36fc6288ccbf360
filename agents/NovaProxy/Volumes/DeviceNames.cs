using Cascade.Contracts.Nova.Faults;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Volumes;

/// <summary>
/// Device names as nova's libvirt driver gives them: the next free letter of the bus; what a tenant asked for is not honoured, but for the root device
/// (nova/virt/libvirt/driver.py: get_device_name_for_instance, default_device_names_for_instance; blockinfo.py: get_info_from_bdm, find_disk_dev_for_disk_bus).
/// </summary>
internal static class DeviceNames
{
    /// <summary>For a device that is added.</summary>
    /// <param name="image">A property of the image by its name.</param>
    /// <exception cref="Oslo.Wire.Failures.RpcFault">TooManyDiskDevices.</exception>
    public static string Next(IEnumerable<VersionedObject> there, string? diskBus, string? deviceType, Func<string, string?> image, int most) =>
        Free([.. there.Select(bdm => bdm.Text("device_name")).OfType<string>().Select(Bare)], Bus(diskBus, deviceType, image), most);

    /// <summary>For every mapping of a build: the root, ephemeral disks, swap, volumes, in this order.</summary>
    /// <param name="root">The name of the root device, which is settled first.</param>
    public static IReadOnlyList<(VersionedObject Bdm, string Name)> OfBuild(IReadOnlyList<VersionedObject> bdms, string root, Func<string, string?> image, int most)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { Bare(root) };
        var names = new List<(VersionedObject, string)>();
        foreach (var bdm in bdms.Where(Mappings.IsRoot).Take(1))
        {
            names.Add((bdm, root));
        }

        var rest = bdms.Where(bdm => !Mappings.IsRoot(bdm)).OrderBy(bdm => Mappings.IsEphemeral(bdm) ? 0 : Mappings.IsSwap(bdm) ? 1 : 2);
        foreach (var bdm in rest)
        {
            var name = Free(taken, Bus(bdm.Text("disk_bus"), bdm.Text("device_type"), image), most);
            taken.Add(Bare(name));
            names.Add((bdm, name));
        }

        return names;
    }

    /// <summary>A property of the image that the instance was made from, as its row keeps it.</summary>
    public static Func<string, string?> ImageOf(VersionedObject row) => name => row.Data["system_metadata"]?[$"image_{name}"]?.ToString();

    /// <summary>The root device's, when nobody named it.</summary>
    public static string Root(VersionedObject? root, Func<string, string?> image) => Free([], Bus(root?.Text("disk_bus"), root?.Text("device_type"), image), -1);

    /// <summary>blockinfo.py: get_disk_bus_for_device_type, for qemu and kvm on x86.</summary>
    static string Bus(string? asked, string? type, Func<string, string?> image) => asked is not null && Prefix(asked) is not null ? asked : type switch
    {
        "cdrom" => image("hw_cdrom_bus") ?? (image("hw_machine_type")?.Contains("q35", StringComparison.Ordinal) is true ? "sata" : "ide"),
        "floppy" => image("hw_floppy_bus") ?? "fdc",
        _ => image("hw_disk_bus") ?? "virtio",
    };

    static string Free(HashSet<string> taken, string bus, int most)
    {
        var limit = bus == "ide" ? 4 : most;
        for (var index = 0; limit < 0 || index < limit; index++)
        {
            var name = Prefix(bus) + Letters(index);
            if (!taken.Contains(name))
            {
                return "/dev/" + name;
            }
        }

        throw VolumeFaults.TooManyDiskDevices(limit);
    }

    static string? Prefix(string bus) => bus switch
    {
        "virtio" => "vd",
        "scsi" or "usb" or "sata" => "sd",
        "ide" => "hd",
        "fdc" => "fd",
        _ => null,
    };

    /// <summary>a to z, then aa (nova/block_device.py: generate_device_letter).</summary>
    static string Letters(int index)
    {
        var letters = "";
        for (; index >= 0; index = (index / 26) - 1)
        {
            letters = (char)('a' + (index % 26)) + letters;
        }

        return letters;
    }

    static string Bare(string name) => name.StartsWith("/dev/", StringComparison.Ordinal) ? name["/dev/".Length..] : name;
}
