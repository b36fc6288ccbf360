using System.Text.Json.Nodes;
using Cascade.NovaProxy.Servers.Build;
using Cascade.OpenStack.Compute;

namespace Cascade.NovaProxy.Servers;

/// <summary>Scheduler hints of the parent as the child's.</summary>
internal static class HintMap
{
    /// <summary>
    /// Words about the parent's own hosts and groups. A server group has one of its own in the child (<see cref="Groups.ChildGroups"/>); the rest name what
    /// only the parent's scheduler or nova-api itself knows.
    /// </summary>
    static readonly string[] Parents = ["build_near_host_ip", "cidr", "group", "query", "target_cell", "_nova_check_type", "source_host", "source_node"];

    /// <param name="hints">RequestSpec.scheduler_hints: a list of texts for each word.</param>
    /// <param name="childOf">The server that stands for an instance in this child, null when there is none here.</param>
    public static IReadOnlyDictionary<string, SchedulerHint> ToChild(JsonNode? hints, Func<string, string?> childOf)
    {
        var mapped = new Dictionary<string, SchedulerHint>(StringComparer.Ordinal);
        foreach (var (word, value) in hints as JsonObject ?? [])
        {
            if (Parents.Contains(word) || word.StartsWith(ForcedHost.OurHints, StringComparison.Ordinal) || Values(value) is not { Count: > 0 } values)
            {
                continue;
            }

            if (word is "same_host" or "different_host")
            {
                // Who stands in another child is on a different host already, and cannot be on the same one.
                values = [.. values.Select(childOf).OfType<string>()];
                if (values.Count == 0)
                {
                    continue;
                }

                mapped[word] = new(values, IsList: true);
                continue;
            }

            mapped[word] = new(values, values.Count > 1);
        }

        return mapped;
    }

    static List<string> Values(JsonNode? value) => value switch
    {
        JsonArray many => [.. many.Where(one => one is not null).Select(one => one!.ToString())],
        null => [],
        _ => [value.ToString()],
    };

    /// <summary>The first text of a word; null when nobody said it.</summary>
    /// <param name="hints">RequestSpec.scheduler_hints, a list of texts for each word (nova/objects/request_spec.py: from_components), or as the API got them.</param>
    public static string? First(JsonNode? hints, string word) => Values(hints?[word]) is [{ Length: > 0 } text, ..] ? text : null;
}
