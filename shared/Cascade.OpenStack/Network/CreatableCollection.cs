using System.Text.Json.Serialization.Metadata;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>A collection that more can be put in.</summary>
/// <typeparam name="TItem">One of it, as shown.</typeparam>
/// <typeparam name="TCreate">What to create.</typeparam>
/// <typeparam name="TFilter">Which to list.</typeparam>
public abstract class CreatableCollection<TItem, TCreate, TFilter> : Collection<TItem, TFilter>
    where TItem : class
    where TCreate : class
    where TFilter : ListFilter
{
    private readonly JsonTypeInfo<TCreate> create;

    private protected CreatableCollection(
        ServiceClient client, Extensions extensions, CollectionShape<TItem> shape, JsonTypeInfo<TCreate> create)
        : base(client, extensions, shape) => this.create = create;

    /// <summary>
    /// Creates one; sent once and never repeated. On a fault with <see cref="CloudFault.ResultUnknown"/> it may exist: look it up by what
    /// was stamped on it.
    /// </summary>
    public Task<TItem> CreateAsync(Scope scope, TCreate wanted, CancellationToken cancelled) =>
        OneAsync(scope, new ApiRequest(HttpMethod.Post, Shape.Path) { Content = () => Envelope.Of(Shape.Singular, wanted, create) }, cancelled);

    /// <summary>
    /// Creates all of them or none, in the order given (neutron/pecan_wsgi/controllers/resource.py: CollectionsController.create;
    /// neutron/plugins/ml2/plugin.py: create_port_bulk is one transaction). One quota check for all. Sent once.
    /// </summary>
    public async Task<IReadOnlyList<TItem>> CreateAllAsync(Scope scope, IReadOnlyList<TCreate> wanted, CancellationToken cancelled)
    {
        if (wanted.Count is 0)
        {
            return [];
        }

        var request = new ApiRequest(HttpMethod.Post, Shape.Path) { Content = () => Envelope.OfAll(Shape.Plural, wanted, create) };
        return await Client.SendAsync(scope, request, body => Envelope.ReadAll(body, Shape.Plural, Shape.Item).Items, cancelled);
    }
}
