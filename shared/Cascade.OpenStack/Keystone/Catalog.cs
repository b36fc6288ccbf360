namespace Cascade.OpenStack;

/// <summary>Where the services of a cloud are.</summary>
public sealed class Catalog(IReadOnlyList<CatalogEntry> entries)
{
    public IReadOnlyList<CatalogEntry> Entries { get; } = entries;

    /// <summary>The first endpoint of the first service type and interface, in the order given, that the region has.</summary>
    /// <exception cref="CloudFault"><see cref="FaultKind.Unsupported"/>, naming what is there.</exception>
    public Uri Endpoint(IReadOnlyList<string> types, string? region, IReadOnlyList<string> interfaces)
    {
        foreach (var type in types)
        {
            foreach (var wanted in interfaces)
            {
                foreach (var entry in Entries)
                {
                    if (entry.Type == type && InterfaceOf(entry) == wanted && (region is null || entry.Region == region))
                    {
                        return entry.Url;
                    }
                }
            }
        }

        throw new CloudFault(FaultKind.Unsupported, Missing(types[0], region, interfaces)) { Service = types[0] };
    }

    // Old catalogs say internalURL (keystoneauth1/access/service_catalog.py: normalize_interface).
    private static string InterfaceOf(CatalogEntry entry) =>
        entry.Interface.EndsWith("URL", StringComparison.Ordinal) ? entry.Interface[..^3] : entry.Interface;

    private string Missing(string type, string? region, IReadOnlyList<string> interfaces)
    {
        var ofType = Entries.Where(entry => entry.Type == type).Select(entry => $"{InterfaceOf(entry)} in {entry.Region}").ToList();
        var there = ofType.Count > 0
            ? $"it has {type} as {string.Join(", ", ofType)}"
            : $"it has {(Entries.Count is 0 ? "nothing" : string.Join(", ", Entries.Select(entry => entry.Type).Distinct().Order()))}";
        return $"the catalog has no {type} endpoint for interface {string.Join(" or ", interfaces)} in region {region ?? "(any)"}: {there}";
    }
}

/// <summary>One endpoint.</summary>
public sealed record CatalogEntry(string Type, string Interface, string Region, Uri Url);
