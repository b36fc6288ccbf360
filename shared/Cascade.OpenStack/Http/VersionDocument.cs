using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Http;

internal sealed record VersionDocument(VersionEntry? Version, List<VersionEntry>? Versions)
{
    public MicroversionRange? Range()
    {
        IEnumerable<VersionEntry> entries = Version is null ? Versions ?? [] : [Version];
        MicroversionRange? best = null;
        foreach (var entry in entries)
        {
            if (Microversion.TryParse(entry.MaxVersion ?? entry.Version, out var max) && Microversion.TryParse(entry.MinVersion, out var min)
                && (best is null || max > best.Max))
            {
                best = new MicroversionRange(min, max);
            }
        }

        return best;
    }
}

internal sealed record VersionEntry(string? Id, string? Version, string? MaxVersion, string? MinVersion);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VersionDocument))]
internal sealed partial class VersionJson : JsonSerializerContext;
