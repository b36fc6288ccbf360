using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Cascade.OpenStack.Http;

internal static class Paging
{
    public static IAsyncEnumerable<TItem> PagesAsync<TPage, TItem>(
        this ServiceClient client,
        Scope scope,
        ApiRequest first,
        JsonTypeInfo<TPage> type,
        Func<TPage, (IReadOnlyList<TItem>? Items, string? Next)> read,
        CancellationToken cancelled) =>
        PagesAsync(first, async request => read(await client.SendAsync(scope, request, type, cancelled)), cancelled);

    public static IAsyncEnumerable<TItem> PagesAsync<TItem>(
        this ServiceClient client, Scope scope, ApiRequest first, Func<byte[], (List<TItem> Items, string? Next)> read, CancellationToken cancelled) =>
        PagesAsync<TItem>(first, async request => await client.SendAsync(scope, request, read, cancelled), cancelled);

    /// <summary>
    /// All items of all pages. Of the next link only the query is taken: behind a proxy that ends TLS its scheme and host are often
    /// wrong (nova/api/openstack/common.py: ViewBuilder._get_next_link builds it from what the backend sees).
    /// </summary>
    private static async IAsyncEnumerable<TItem> PagesAsync<TItem>(
        ApiRequest first,
        Func<ApiRequest, Task<(IReadOnlyList<TItem>? Items, string? Next)>> ask,
        [EnumeratorCancellation] CancellationToken cancelled)
    {
        var request = first;
        while (true)
        {
            cancelled.ThrowIfCancellationRequested();
            var (items, next) = await ask(request);
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
