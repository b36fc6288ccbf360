using System.Text.Json.Serialization.Metadata;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// What stands below one of another collection: <c>/{wholes}/{id}/{parts}</c>. Every method throws <see cref="CloudFault"/> and nothing else but
/// cancellation; a whole that is not there is NotFound of its own type.
/// </summary>
/// <typeparam name="TItem">One of it, as shown.</typeparam>
/// <typeparam name="TRequest">What to make, and what to change: null members are not sent.</typeparam>
public abstract class PartCollection<TItem, TRequest>
    where TItem : class
    where TRequest : class
{
    private readonly ServiceClient client;
    private readonly string wholes;
    private readonly CollectionShape<TItem> shape;
    private readonly JsonTypeInfo<TRequest> request;

    private protected PartCollection(ServiceClient client, string wholes, CollectionShape<TItem> shape, JsonTypeInfo<TRequest> request) =>
        (this.client, this.wholes, this.shape, this.request) = (client, wholes, shape, request);

    /// <summary>All of one whole.</summary>
    public IAsyncEnumerable<TItem> ListAsync(Scope scope, string wholeId, CancellationToken cancelled) =>
        client.PagesAsync(scope, ApiRequest.Get(PathOf(wholeId)), body => Envelope.ReadAll(body, shape.Plural, shape.Item), cancelled);

    public Task<TItem> GetAsync(Scope scope, string wholeId, string id, CancellationToken cancelled) =>
        OneAsync(scope, ApiRequest.Get(PathOf(wholeId, id)), cancelled);

    /// <summary>Creates one; sent once and never repeated. On a fault with <see cref="CloudFault.ResultUnknown"/> it may exist: list and compare.</summary>
    public Task<TItem> CreateAsync(Scope scope, string wholeId, TRequest wanted, CancellationToken cancelled) =>
        OneAsync(scope, new ApiRequest(HttpMethod.Post, PathOf(wholeId)) { Content = () => Envelope.Of(shape.Singular, wanted, request) }, cancelled);

    /// <summary>Changes what is said and nothing else. May be sent again when no answer came: it sets, it does not add.</summary>
    public Task<TItem> UpdateAsync(Scope scope, string wholeId, string id, TRequest changes, CancellationToken cancelled) => OneAsync(
        scope,
        new ApiRequest(HttpMethod.Put, PathOf(wholeId, id)) { Content = () => Envelope.Of(shape.Singular, changes, request), Idempotent = true },
        cancelled);

    /// <summary>Deletes; NotFound when it is gone already. It is sent again when no answer came, so NotFound may mean that the first one did it.</summary>
    public Task DeleteAsync(Scope scope, string wholeId, string id, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete(PathOf(wholeId, id)), cancelled);

    private Task<TItem> OneAsync(Scope scope, ApiRequest asked, CancellationToken cancelled) =>
        client.SendAsync(scope, asked, body => Envelope.Read(body, shape.Singular, shape.Item), cancelled);

    private string PathOf(string wholeId) => $"{wholes}/{Uri.EscapeDataString(wholeId)}{shape.Path}";

    private string PathOf(string wholeId, string id) => $"{PathOf(wholeId)}/{Uri.EscapeDataString(id)}";
}
