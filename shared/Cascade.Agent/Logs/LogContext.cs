using System.Collections;

namespace Cascade.Agent;

/// <summary>
/// A scope for everything done on behalf of one request; its values stand in the bracket of each line. The keys are those of
/// oslo.context get_logging_values, so a plain dictionary with the same keys works as a scope too.
/// <example><code>using (log.BeginScope(new LogContext { RequestId = "req-…", Instance = uuid })) …</code></example>
/// </summary>
public sealed record LogContext : IReadOnlyList<KeyValuePair<string, object?>>
{
    public string? GlobalRequestId { get; init; }

    public string? RequestId { get; init; }

    public string? User { get; init; }

    public string? Project { get; init; }

    public string? Domain { get; init; }

    public string? SystemScope { get; init; }

    public string? UserDomain { get; init; }

    public string? ProjectDomain { get; init; }

    /// <summary>UUID shown as <c>[instance: …]</c> before the message.</summary>
    public string? Instance { get; init; }

    /// <summary>Another resource, shown as <c>[volume-…]</c>: kind, a dash, id (oslo_log/log.py KeywordArgumentAdapter).</summary>
    public string? Resource { get; init; }

    int IReadOnlyCollection<KeyValuePair<string, object?>>.Count => Pairs().Count();

    KeyValuePair<string, object?> IReadOnlyList<KeyValuePair<string, object?>>.this[int index] => Pairs().ElementAt(index);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Pairs().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    IEnumerable<KeyValuePair<string, object?>> Pairs()
    {
        foreach (var (key, value) in new (string, string?)[]
        {
            ("global_request_id", GlobalRequestId), ("request_id", RequestId), ("user", User), ("project", Project), ("domain", Domain),
            ("system_scope", SystemScope), ("user_domain", UserDomain), ("project_domain", ProjectDomain), ("instance", Instance), ("resource", Resource),
        })
        {
            if (value is not null)
                yield return new(key, value);
        }
    }
}
