using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Which of a collection to list; what all of them understand. A filter that Neutron does not know is 400 where <c>filter-validation</c> is on
/// (the default), and left out without a word where it is not (neutron/api/api_common.py: get_filters_from_dict): look at what comes back.
/// </summary>
public abstract record ListFilter
{
    /// <summary>One of these; an empty list finds nothing. Many are asked for in several requests.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    public string? Name { get; init; }

    /// <summary>Exactly this (<c>standard_attr</c>'s description).</summary>
    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    /// <summary>
    /// Changed at or after this time on the cloud's clock, in whole seconds, cut down; deleted ones never show
    /// (neutron/services/timestamp/timestamp_db.py: _change_since_result_filter_hook). Needs <see cref="Extension.Timestamps"/>, else it is no filter.
    /// A cloud with <see cref="Extension.FilterValidation"/> refuses it: there two requests are made instead, the first of which has id and time of everything.
    /// </summary>
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>Carrying all of these tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Carrying one of these tags. Not together with <see cref="Tags"/>: a real Zed answers 500 (it joins its table twice under one name).</summary>
    public IReadOnlyList<string>? TagsAny { get; init; }

    /// <summary>Only these members; all others of the result are null then. The id always comes.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    public string? SortKey { get; init; }

    /// <summary><c>asc</c> or <c>desc</c>.</summary>
    public string? SortDir { get; init; }

    /// <summary>Size of a page, not of the list; null gets everything in one answer unless the cloud has <c>pagination_max_limit</c>.</summary>
    public int? Limit { get; init; }

    /// <summary>The id after which to begin; 404 when it is gone.</summary>
    public string? Marker { get; init; }

    internal string ToQuery()
    {
        var query = new Query()
            .AddEach("id", Ids)
            .Add("name", Name)
            .Add("description", Description)
            .Add("project_id", ProjectId)
            .Add("changed_since", ChangedSince)
            .Add("tags", Tags)
            .Add("tags-any", TagsAny);
        Say(query);
        return query
            .AddEach("fields", Fields is { } some && !some.Contains("id") ? ["id", .. some] : Fields)
            .Add("sort_key", SortKey)
            .Add("sort_dir", SortKey is null ? null : SortDir ?? "asc")
            .Add("limit", Limit)
            .Add("marker", Marker)
            .ToString();
    }

    private protected virtual void Say(Query query)
    {
    }
}
