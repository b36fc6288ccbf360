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

    private protected Collection(ServiceClient client, CollectionShape<TItem> shape) => (Client, Shape) = (client, shape);

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
    public async IAsyncEnumerable<TItem> ListAsync(
        Scope scope, TFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancelled)
    {
        foreach (var part in filter.Ids is { Count: > MostIds } many ? many.Chunk(MostIds).Select(ids => filter with { Ids = ids }) : [filter])
        {
            if (part.Ids is { Count: 0 })
            {
                // Neutron takes an empty filter for no filter; nothing was asked for.
                yield break;
            }

            var pages = Client.PagesAsync(
                scope, ApiRequest.Get(Shape.Path, part.ToQuery()), body => Envelope.ReadAll(body, Shape.Plural, Shape.Item), cancelled);
            await foreach (var item in pages)
            {
                yield return item;
            }
        }
    }

    /// <summary>Deletes; NotFound when it is gone already. It is sent again when no answer came, so NotFound may mean that the first one did it.</summary>
    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) => Client.DoAsync(scope, ApiRequest.Delete(PathOf(id)), cancelled);

    private protected Task<TItem> OneAsync(Scope scope, ApiRequest request, CancellationToken cancelled) =>
        Client.SendAsync(scope, request, body => Envelope.Read(body, Shape.Singular, Shape.Item), cancelled);

    private protected string PathOf(string id) => $"{Shape.Path}/{Uri.EscapeDataString(id)}";

    private protected string PathOf(string id, string what) => $"{PathOf(id)}/{what}";
}
