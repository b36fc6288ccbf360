using System.Runtime.CompilerServices;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// What every collection of Neutron can. Every method throws <see cref="CloudFault"/> and nothing else but cancellation;
/// <see cref="CloudFault.Code"/> is Neutron's own type (<see cref="NetworkError"/>).
/// </summary>
/// <typeparam name="TItem">One of it, as shown.</typeparam>
/// <typeparam name="TFilter">Which to list.</typeparam>
public abstract class Collection<TItem, TFilter>
    where TItem : class
    where TFilter : ListFilter
{
    // A URL with more ids than these is longer than what web servers in front of Neutron take (8190 bytes, httpd's LimitRequestLine).
    private const int MostIds = 150;

    // With more changes than these one list of everything costs less than many requests by id.
    private const int MostChanges = 10 * MostIds;

    private readonly Extensions extensions;

    private protected Collection(ServiceClient client, Extensions extensions, CollectionShape<TItem> shape) =>
        (Client, this.extensions, Shape) = (client, extensions, shape);

    private protected ServiceClient Client { get; }

    private protected CollectionShape<TItem> Shape { get; }

    public Task<TItem> GetAsync(Scope scope, string id, CancellationToken cancelled) => OneAsync(scope, ApiRequest.Get(PathOf(id)), cancelled);

    /// <summary>As <see cref="GetAsync"/>, but null when there is none, or none that this project may see.</summary>
    public async Task<TItem?> FindAsync(Scope scope, string id, CancellationToken cancelled)
    {
        try
        {
            return await GetAsync(scope, id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// All that the filter says; an administrator sees those of every project, anybody else his own and what is shared with him. Without
    /// <see cref="ListFilter.Limit"/> it is one answer, however long, and one moment; with it page after page, by id unless sorted.
    /// </summary>
    public IAsyncEnumerable<TItem> ListAsync(Scope scope, TFilter filter, CancellationToken cancelled) =>
        filter.ChangedSince is { } since ? ChangedAsync(scope, filter, since, cancelled) : AskAsync(scope, filter, cancelled);

    /// <summary>Deletes; NotFound when it is gone already. It is sent again when no answer came, so NotFound may mean that the first one did it.</summary>
    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) => Client.DoAsync(scope, ApiRequest.Delete(PathOf(id)), cancelled);

    /// <summary>
    /// A stock Neutron knows <c>changed_since</c> but refuses it: <c>filter-validation</c> (<c>[DEFAULT] filter_validation</c>, true by default since Rocky) takes
    /// only what an attribute map calls a filter, and it is in none (neutron/api/api_common.py: get_filters_from_dict, extensions/timestamp.py: TIMESTAMP_BODY;
    /// seen on Zed, the same code up to 2026.1). There the times of everything are read, and then what is new enough.
    /// </summary>
    private async IAsyncEnumerable<TItem> ChangedAsync(
        Scope scope, TFilter filter, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancelled)
    {
        var aliases = await extensions.AliasesAsync(scope, cancelled);
        var refused = aliases.Contains(Extension.FilterValidation);
        if (!refused || !aliases.Contains(Extension.Timestamps))
        {
            await foreach (var item in AskAsync(scope, refused ? filter with { ChangedSince = null } : filter, cancelled))
            {
                yield return item;
            }

            yield break;
        }

        var second = since.AddTicks(-(since.Ticks % TimeSpan.TicksPerSecond));
        var changed = new List<string>();
        await foreach (var item in AskAsync(scope, filter with { ChangedSince = null, Fields = ["id", "updated_at"] }, cancelled))
        {
            if (item is IStamped { UpdatedAt: { } time } stamped && time >= second)
            {
                changed.Add(stamped.Id);
            }
        }

        var wanted = changed.ToHashSet(StringComparer.Ordinal);
        await foreach (var item in AskAsync(scope, filter with { ChangedSince = null, Ids = changed.Count > MostChanges ? filter.Ids : changed }, cancelled))
        {
            if (item is IStamped stamped && wanted.Contains(stamped.Id))
            {
                yield return item;
            }
        }
    }

    private async IAsyncEnumerable<TItem> AskAsync(Scope scope, TFilter filter, [EnumeratorCancellation] CancellationToken cancelled)
    {
        if (filter.Ids is { Count: 0 })
        {
            // Neutron takes an empty filter for no filter; nothing was asked for.
            yield break;
        }

        foreach (var part in filter.Ids is { Count: > MostIds } many ? many.Chunk(MostIds).Select(ids => filter with { Ids = ids }) : [filter])
        {
            var pages = Client.PagesAsync(
                scope, ApiRequest.Get(Shape.Path, part.ToQuery()), body => Envelope.ReadAll(body, Shape.Plural, Shape.Item), cancelled);
            await foreach (var item in pages)
            {
                yield return item;
            }
        }
    }

    private protected Task<TItem> OneAsync(Scope scope, ApiRequest request, CancellationToken cancelled) =>
        Client.SendAsync(scope, request, body => Envelope.Read(body, Shape.Singular, Shape.Item), cancelled);

    private protected string PathOf(string id) => $"{Shape.Path}/{Uri.EscapeDataString(id)}";

    private protected string PathOf(string id, string what) => $"{PathOf(id)}/{what}";
}
