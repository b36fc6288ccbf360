using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Which servers to list. See <see cref="Servers.ListAsync"/> for what each Nova makes of it.</summary>
public sealed record ServerFilter
{
    /// <summary>Changed at or after this time on the cloud's clock, deleted ones included. Sent in whole seconds, cut down.</summary>
    public DateTimeOffset? ChangesSince { get; init; }

    /// <summary>Changed at or before (2.66).</summary>
    public DateTimeOffset? ChangesBefore { get; init; }

    /// <summary>Of every project; needs an administrator (policy <c>os_compute_api:servers:detail:get_all_tenants</c>).</summary>
    public bool AllTenants { get; init; }

    /// <summary>Carrying all of these tags (2.26).</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Carrying one of these tags (2.26).</summary>
    public IReadOnlyList<string>? TagsAny { get; init; }

    /// <summary>Only deleted, or only living ones; for administrators, ignored for others.</summary>
    public bool? Deleted { get; init; }

    /// <summary>For administrators together with <see cref="AllTenants"/>; ignored for others.</summary>
    public string? ProjectId { get; init; }

    /// <summary>For everybody from 2.83 on; ignored before.</summary>
    public string? UserId { get; init; }

    /// <summary>A regular expression of the database that must match somewhere in the name.</summary>
    public string? Name { get; init; }

    public string? Status { get; init; }

    /// <summary>For administrators; ignored for others.</summary>
    public string? Host { get; init; }

    /// <summary>For administrators; ignored for others, who then get everything.</summary>
    public string? Uuid { get; init; }

    public string? Marker { get; init; }

    /// <summary>Size of a page, not of the list; null takes the cloud's <c>[api] max_limit</c> (1000).</summary>
    public int? Limit { get; init; }

    public string? SortKey { get; init; }

    public string? SortDir { get; init; }

    internal string ToQuery() => new Query()
        .Add("changes-since", ChangesSince)
        .Add("changes-before", ChangesBefore)
        .Add("all_tenants", AllTenants ? 1 : null)
        .Add("tags", Tags)
        .Add("tags-any", TagsAny)
        .Add("deleted", Deleted)
        .Add("project_id", ProjectId)
        .Add("user_id", UserId)
        .Add("name", Name)
        .Add("status", Status)
        .Add("host", Host)
        .Add("uuid", Uuid)
        .Add("sort_key", SortKey)
        .Add("sort_dir", SortDir)
        .Add("limit", Limit)
        .Add("marker", Marker)
        .ToString();
}
