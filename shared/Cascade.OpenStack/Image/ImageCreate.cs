using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Image;

/// <summary>The record of an image to make; the bytes follow by <see cref="Images.UploadAsync"/>.</summary>
public sealed record ImageCreate
{
    /// <summary>A UUID of our choosing; Conflict when taken, by a deleted image too.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Visibility { get; init; }

    /// <summary>Project; only for administrators.</summary>
    public string? Owner { get; init; }

    public string? DiskFormat { get; init; }

    public string? ContainerFormat { get; init; }

    public int? MinDisk { get; init; }

    public int? MinRam { get; init; }

    [JsonPropertyName("protected")]
    public bool? IsProtected { get; init; }

    public bool? OsHidden { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Properties of its own, all texts.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string>? Properties { get; set; }

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? Beside
    {
        get => Properties?.ToDictionary(item => item.Key, item => JsonSerializer.SerializeToElement(item.Value, ImageJson.Default.String));
        set => Properties = value?.ToDictionary(item => item.Key, item => item.Value.ToString());
    }
}

/// <summary>One step of a JSON patch.</summary>
/// <param name="Op"><c>add</c>, <c>replace</c> or <c>remove</c>.</param>
/// <param name="Path">For instance <c>/name</c>.</param>
/// <param name="Value">The new value; null for remove.</param>
public sealed record ImagePatch(string Op, string Path, JsonElement? Value)
{
    public static ImagePatch Set(string property, string value) =>
        new("add", "/" + Escape(property), JsonSerializer.SerializeToElement(value, ImageJson.Default.String));

    public static ImagePatch Remove(string property) => new("remove", "/" + Escape(property), null);

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
