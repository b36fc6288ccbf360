using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// Which of a collection to list; what all of them understand. From 3.31 on a filter that the cloud's <c>resource_query_filters_file</c> does not name is 400
/// for others than administrators, but for <c>all_tenants</c>, which is left out without a word (cinder/api/common.py: reject_invalid_filters).
/// Deleted ones never show.
/// </summary>
public abstract record ResourceFilter
{
    /// <summary>Of every project; ignored for others than administrators.</summary>
    public bool AllTenants { get; init; }

    /// <summary>Exactly this.</summary>
    public string? Name { get; init; }

    public string? Status { get; init; }

    /// <summary>For administrators together with <see cref="AllTenants"/>.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Keys with directions, such as <c>updated_at:asc,id:asc</c>; null is <c>created_at:desc</c>.</summary>
    public string? Sort { get; init; }

    /// <summary>Size of a page, not of the list; null takes the cloud's <c>osapi_max_limit</c> (1000).</summary>
    public int? Limit { get; init; }

    /// <summary>The id after which to begin; NotFound when it is gone.</summary>
    public string? Marker { get; init; }

    internal string ToQuery()
    {
        var query = new Query()
            .Add("all_tenants", AllTenants ? 1 : null)
            .Add("name", Name)
            .Add("status", Status)
            .Add("project_id", ProjectId);
        Say(query);
        return query.Add("sort", Sort).Add("limit", Limit).Add("marker", Marker).ToString();
    }

    private protected virtual void Say(Query query)
    {
    }

    /// <summary>A dictionary is read by Python (cinder/volume/api.py: check_volume_filters, cinder/api/v3/snapshots.py: ast.literal_eval).</summary>
    private protected static string? Python((string Key, string Value)? pair) =>
        pair is var (key, value) ? $"{{'{Escaped(key)}': '{Escaped(value)}'}}" : null;

    private static string Escaped(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal).Replace("\r", @"\r", StringComparison.Ordinal);
}
