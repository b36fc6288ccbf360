using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>One collection of the fake Neutron and its rules.</summary>
internal sealed class FakeCollection(string plural, string singular, string path, string? extension, FakeAttribute[] attributes)
{
    /// <summary>As in the body of a list.</summary>
    public string Plural => plural;

    public string Singular => singular;

    /// <summary>As in the URL.</summary>
    public string Path => path;

    /// <summary>Alias without which there is no such thing.</summary>
    public string? Extension => extension;

    public IReadOnlyList<FakeAttribute> Attributes => attributes;

    public Dictionary<string, FakeAttribute> ByName { get; } = attributes.ToDictionary(attribute => attribute.Name, StringComparer.Ordinal);

    public Dictionary<string, FakeNetworkItem> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>Members that are filters though they are no attributes.</summary>
    public HashSet<string> Filters { get; } = new(StringComparer.Ordinal) { "id", "project_id", "tenant_id", "revision_number", "shared", "status" };

    /// <summary>Attributes that are no filters (<c>is_filter</c> of the attribute map is missing).</summary>
    public HashSet<string> NoFilters { get; } = new(StringComparer.Ordinal)
    {
        "subnets", "availability_zones", "allocation_pools", "dns_nameservers", "host_routes", "allowed_address_pairs", "extra_dhcp_opts", "dns_assignment",
        "binding:profile", "binding:vif_details", "resource_request", "trunk_details", "security_group_rules", "addresses", "rules", "sub_ports", "normalized_cidr", "stateful",
    };

    /// <summary>Resource name in quotas; null when it does not count.</summary>
    public string? Quota { get; init; }

    /// <summary>Class of the refusal when there is no such thing, and its words.</summary>
    public (string Code, string Words) Missing { get; init; } = (char.ToUpperInvariant(singular[0]) + singular[1..] + "NotFound", char.ToUpperInvariant(singular[0]) + singular[1..] + " {0} could not be found.");

    /// <summary>Whether the asker may look at it, beyond his own.</summary>
    public Func<FakeCall, FakeNetworkItem, bool> Sees { get; set; } = (_, _) => false;

    /// <summary>Whether the asker may change it, beyond his own.</summary>
    public Func<FakeCall, FakeNetworkItem, bool> Owns { get; set; } = (_, _) => false;

    /// <summary>Checks and completes what is to be made. May refuse.</summary>
    public Action<FakeCall, FakeNetworkItem, JsonObject> Creating { get; set; } = (_, _, _) => { };

    public Action<FakeNetworkItem> Created { get; set; } = _ => { };

    /// <summary>Checks what is to be changed and may apply parts of it and take them out. May refuse.</summary>
    public Action<FakeCall, FakeNetworkItem, JsonObject> Updating { get; set; } = (_, _, _) => { };

    public Action<FakeNetworkItem> Updated { get; set; } = _ => { };

    /// <summary>May refuse.</summary>
    public Action<FakeCall, FakeNetworkItem> Deleting { get; set; } = (_, _) => { };

    public Action<FakeNetworkItem> Deleted { get; set; } = _ => { };

    /// <summary>Members that are made when asked for.</summary>
    public Dictionary<string, Func<FakeCall, FakeNetworkItem, JsonNode?>> Computed { get; } = new(StringComparer.Ordinal);

    public FakeRefusal NotFound(string id) =>
        new(404, string.Format(System.Globalization.CultureInfo.InvariantCulture, Missing.Words, id), Missing.Code);
}
