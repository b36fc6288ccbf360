using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Which volumes to list.</summary>
public sealed record VolumeFilter
{
    /// <summary>Of every project; ignored for others than administrators.</summary>
    public bool AllTenants { get; init; }

    /// <summary>Carrying this metadata item.</summary>
    public (string Key, string Value)? Metadata { get; init; }

    /// <summary>A dictionary is sent in Python's own words (cinder/api/v2/volumes.py: _process_volume_filtering, ast.literal_eval).</summary>
    internal string ToQuery() => new Query()
        .Add("all_tenants", AllTenants ? 1 : null)
        .Add("metadata", Metadata is var (key, value) ? $"{{'{key}': '{value}'}}" : null)
        .ToString();
}
