using System.Text.Json.Nodes;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>That one server has, or is to have, one volume (cinder/api/v3/views/attachments.py: ViewBuilder.detail).</summary>
public sealed record Attachment
{
    public required string Id { get; init; }

    /// <summary><c>reserved</c>, <c>attaching</c>, <c>attached</c> …</summary>
    public string? Status { get; init; }

    /// <summary>The server.</summary>
    public string? Instance { get; init; }

    public string? VolumeId { get; init; }

    /// <summary><c>rw</c>, <c>ro</c>, <c>null</c>; not in a list.</summary>
    public string? AttachMode { get; init; }

    /// <summary>What the volume's driver says of the way to it, flat; empty while nobody gave a connector. Not in a list.</summary>
    public JsonObject? ConnectionInfo { get; init; }
}
