using System.Globalization;
using System.Text.Json;
using Cascade.OpenStack.Image;

namespace Cascade.Images;

/// <summary>
/// What a volume says of the image it is made of: its properties, and the base members that native keeps, all as text
/// (cinder/volume/volume_utils.py: get_volume_image_metadata). Pure.
/// </summary>
public static class ImageMetadata
{
    /// <summary>What Glance says of every image is no property of this one (cinder/image/glance.py: GlanceImageService._translate_from_glance, is_base_property).</summary>
    static readonly HashSet<string> Base = new(StringComparer.Ordinal)
    {
        "direct_url", "file", "locations", "os_hash_algo", "os_hash_value", "os_hidden", "owner", "protected", "schema", "self", "status", "stores", "tags", "virtual_size", "visibility",
    };

    public static Dictionary<string, string?> Of(CloudImage image)
    {
        var items = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in (image.Properties ?? []).Where(one => !Base.Contains(one.Key)))
        {
            if (value.ValueKind is JsonValueKind.String)
            {
                items[name] = value.GetString()!;
            }
            else if (value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            {
                items[name] = value.GetRawText();
            }
        }

        // The tenant's image: the copy's own id means nothing in the parent.
        Add("image_id", image.Id);
        Add("image_name", image.Name);
        Add("checksum", image.Checksum);
        Add("container_format", image.ContainerFormat);
        Add("disk_format", image.DiskFormat);
        Add("min_disk", image.MinDisk);
        Add("min_ram", image.MinRam);
        Add("size", image.Size);
        return items;

        void Add(string name, IConvertible? value)
        {
            if (value is not null)
            {
                items[name] = value.ToString(CultureInfo.InvariantCulture);
            }
        }
    }
}
