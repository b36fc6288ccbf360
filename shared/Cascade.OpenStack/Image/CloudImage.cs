using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Image;

/// <summary>An image of Glance v2 (glance/api/v2/images.py: ResponseSerializer). Properties that it has no name for are in
/// <see cref="Properties"/>: Glance puts an image's own properties beside the built-in ones.</summary>
public sealed record CloudImage
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    /// <summary><c>queued</c>, <c>saving</c>, <c>importing</c>, <c>active</c>, <c>deactivated</c>, <c>killed</c>, <c>deleted</c>, <c>pending_delete</c>.</summary>
    [AllowNull]
    public string Status { get => field ?? ""; init; }

    /// <summary><c>public</c>, <c>community</c>, <c>shared</c>, <c>private</c>.</summary>
    public string? Visibility { get; init; }

    public string? Owner { get; init; }

    /// <summary>Bytes; null until there are any.</summary>
    public long? Size { get; init; }

    public long? VirtualSize { get; init; }

    public string? DiskFormat { get; init; }

    public string? ContainerFormat { get; init; }

    /// <summary>MD5 in hex.</summary>
    public string? Checksum { get; init; }

    /// <summary>For instance <c>sha512</c>.</summary>
    public string? OsHashAlgo { get; init; }

    /// <summary>Hex.</summary>
    public string? OsHashValue { get; init; }

    public bool? OsHidden { get; init; }

    [JsonPropertyName("protected")]
    public bool? IsProtected { get; init; }

    /// <summary>GiB.</summary>
    public int? MinDisk { get; init; }

    /// <summary>MiB.</summary>
    public int? MinRam { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Everything else; among it <c>file</c>, <c>schema</c>, <c>self</c>.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Properties { get; set; }
}

internal sealed record ImagePage(List<CloudImage>? Images, string? Next);
