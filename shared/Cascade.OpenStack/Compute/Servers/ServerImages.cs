using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

internal sealed record CreateImageBody([property: JsonPropertyName("createImage")] CreateImage CreateImage);

internal sealed record CreateImage(string Name, IReadOnlyDictionary<string, string> Metadata);

internal sealed record ImageMade([property: JsonRequired] string ImageId);

internal sealed record RebuildBody(ServerRebuild Rebuild);

internal sealed record RescueBody(Rescue Rescue);

internal sealed record Rescue(
    [property: JsonPropertyName("adminPass")] string? AdminPass,
    [property: JsonPropertyName("rescue_image_ref")] string? RescueImageRef)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"rescue from {RescueImageRef}";
}
