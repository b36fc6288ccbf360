using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cascade.OpenStack.Image;

namespace Cascade.Images;

/// <summary>An image of the parent as one of the child.</summary>
public static class ImageMap
{
    /// <summary>The stamp: a property that only the owner, our account, can write.</summary>
    public const string Stamp = "cascade_image";

    /// <summary>Names that Glance keeps for itself or that only mean something where they were written.</summary>
    static readonly string[] NotPassed =
    [
        "cascade_image", "checksum", "direct_url", "file", "locations", "os_hash_algo", "os_hash_value", "schema", "self", "stores", "virtual_size",
    ];

    public const string KernelId = "kernel_id";

    public const string RamdiskId = "ramdisk_id";

    /// <summary>
    /// Ids to use in the child, best first: the parent's own, then ones derived from it. A deleted image keeps its id taken for ever
    /// (glance/db/sqlalchemy/models.py: Image is soft deleted), so a copy that was removed cannot come back under the same id.
    /// </summary>
    public static IEnumerable<string> Ids(string parentId) =>
        Enumerable.Range(0, 16).Select(at => at == 0 ? parentId : Derived(parentId, at));

    /// <summary>
    /// No wider than in the parent: what everybody may use there, everybody may use here by its id, without showing up in lists; everything else is
    /// shared with the projects that boot from it.
    /// </summary>
    public static string Visibility(string? parent) => parent is "public" or "community" ? "community" : "shared";

    /// <param name="kernel">The child's id for the kernel that the image names, if it names one.</param>
    public static ImageCreate ToCreate(CloudImage image, string childId, string? kernel, string? ramdisk) => new()
    {
        Id = childId,
        Name = image.Name,
        DiskFormat = image.DiskFormat,
        ContainerFormat = image.ContainerFormat,
        MinDisk = image.MinDisk,
        MinRam = image.MinRam,
        Visibility = Visibility(image.Visibility),
        Properties = Properties(image, kernel, ramdisk),
    };

    /// <summary>One Glance for both clouds: it is the very same record. Time of creation and owner cannot be chosen by who makes an image.</summary>
    public static bool IsSameRecord(CloudImage parent, CloudImage child) =>
        parent.Id == child.Id && parent.Owner == child.Owner && parent.CreatedAt is not null && parent.CreatedAt == child.CreatedAt
        && parent.OsHashValue == child.OsHashValue && parent.Checksum == child.Checksum && Property(child, Stamp) is null;

    public static bool IsOurs(CloudImage child, string parentId, string? ownProject) =>
        Property(child, Stamp) == parentId && child.Owner is not null && child.Owner == ownProject;

    /// <summary>True when what both clouds say about the bytes does not contradict; each may use a hash of its own.</summary>
    public static bool HoldsTheSame(CloudImage parent, CloudImage child) =>
        (parent.Size is null || parent.Size == child.Size)
        && (parent.OsHashAlgo != child.OsHashAlgo || parent.OsHashValue == child.OsHashValue)
        && (parent.Checksum is null || child.Checksum is null || parent.Checksum == child.Checksum);

    public static string? Property(CloudImage image, string name) =>
        image.Properties?.TryGetValue(name, out var value) is true && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    static Dictionary<string, string> Properties(CloudImage image, string? kernel, string? ramdisk)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal) { [Stamp] = image.Id };
        foreach (var (name, value) in image.Properties ?? [])
        {
            if (value.ValueKind is JsonValueKind.String && !NotPassed.Contains(name) && !name.StartsWith("os_glance_", StringComparison.Ordinal))
            {
                properties[name] = value.GetString()!;
            }
        }

        if (kernel is not null)
        {
            properties[KernelId] = kernel;
        }

        if (ramdisk is not null)
        {
            properties[RamdiskId] = ramdisk;
        }

        return properties;
    }

    static string Derived(string parentId, int at)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"cascade image {parentId} {at}"));
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }
}
