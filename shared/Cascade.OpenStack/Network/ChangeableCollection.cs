using System.Text.Json.Serialization.Metadata;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>A collection whose members can be changed.</summary>
/// <typeparam name="TItem">One of it, as shown.</typeparam>
/// <typeparam name="TCreate">What to create.</typeparam>
/// <typeparam name="TUpdate">What to change; what is null in it is left as it is.</typeparam>
/// <typeparam name="TFilter">Which to list.</typeparam>
public abstract class ChangeableCollection<TItem, TCreate, TUpdate, TFilter> : CreatableCollection<TItem, TCreate, TFilter>
    where TItem : class
    where TCreate : class
    where TUpdate : class
    where TFilter : ListFilter
{
    private readonly JsonTypeInfo<TUpdate> update;

    private protected ChangeableCollection(
        ServiceClient client, Extensions extensions, CollectionShape<TItem> shape, JsonTypeInfo<TCreate> create, JsonTypeInfo<TUpdate> update)
        : base(client, extensions, shape, create) => this.update = update;

    /// <summary>Changes what is said and nothing else. May be sent again when no answer came: it sets, it does not add.</summary>
    public Task<TItem> UpdateAsync(Scope scope, string id, TUpdate changes, CancellationToken cancelled) =>
        UpdateAsync(scope, id, changes, revision: null, cancelled);

    /// <summary>
    /// Changes it only if nobody else has since. Sent once: a second one would meet the revision that the first one made.
    /// </summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="id">Which.</param>
    /// <param name="changes">What to change.</param>
    /// <param name="revision">The <c>revision_number</c> that was read; null does not ask. Needs the extension
    /// <see cref="Extension.Revisions"/> and <see cref="Extension.RevisionIfMatch"/> (neutron/services/revisions/revision_plugin.py:
    /// _find_revision_in_header), without them it is not looked at.</param>
    /// <param name="cancelled">Ends the wait.</param>
    /// <exception cref="CloudFault">Conflict with status 412 and code <see cref="NetworkError.RevisionMismatch"/> when it has changed.</exception>
    public Task<TItem> UpdateAsync(Scope scope, string id, TUpdate changes, long? revision, CancellationToken cancelled)
    {
        var request = new ApiRequest(HttpMethod.Put, PathOf(id))
        {
            Content = () => Envelope.Of(Shape.Singular, changes, update),
            Idempotent = revision is null,
            IfMatch = revision is { } number ? FormattableString.Invariant($"revision_number={number}") : null,
        };
        return OneAsync(scope, request, cancelled);
    }
}
