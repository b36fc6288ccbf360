using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Cascade.OpenStack.Http;

internal static class Paging
{
    /// <summary>
    /// All items of all pages. Of the next link only the query is taken: behind a proxy that ends TLS its scheme and host are often
    /// wrong (nova/api/openstack/common.py: ViewBuilder._get_next_link builds it from what the backend sees).
    /// </summary>
    public static async IAsyncEnumerable<TItem> PagesAsync<TPage, TItem>(
        this ServiceClient client,
        Scope scope,
        ApiRequest first,
        JsonTypeInfo<TPage> type,
        Func<TPage, (IReadOnlyList<TItem>? Items, string? Next)> read,
        [EnumeratorCancellation] CancellationToken cancelled)
    {
        var request = first;
        while (true)
        {
            var (items, next) = read(await client.SendAsync(scope, request, type, cancelled));
            foreach (var item in items ?? [])
            {
                yield return item;
            }

            var at = next?.IndexOf('?', StringComparison.Ordinal) ?? -1;
            // A page without items ends the list even if it names another (glance may hand out a next link to nothing).
            if (at < 0 || items is not { Count: > 0 } || next![(at + 1)..] == request.Query)
            {
                yield break;
            }

            request = request with { Query = next[(at + 1)..] };
        }
    }

    public static string? Next(IEnumerable<PageLink>? links) => links?.FirstOrDefault(link => link.Rel is "next")?.Href;
}

internal sealed record PageLink(string? Rel, string? Href);
