using Cascade.NeutronAgent.Child;
using Cascade.OpenStack.Network;

namespace Cascade.NeutronAgent.Looking;

/// <summary>The verbs of what is made in our own project, where no tenant can write its description: what carries a stamp there is ours.</summary>
/// <inheritdoc cref="NeutronActuator{TWanted, TSeen}"/>
/// <param name="noun">What it is to a person.</param>
/// <param name="projectId">The child's id of our project.</param>
public abstract class StampedActuator<TWanted, TSeen>(string noun, string projectId) : NeutronActuator<TWanted, TSeen>(noun)
    where TSeen : class, INetworkResource
{
    protected string ProjectId => projectId;

    public sealed override string IdOf(TSeen seen) => seen.Id;

    public sealed override async Task<TSeen?> FindAsync(string childId, CancellationToken cancelled) =>
        await ReadAsync(childId, cancelled) is { } seen && seen.ProjectId == projectId ? seen : null;

    public sealed override Task<TSeen?> AdoptAsync(string parentId, CancellationToken cancelled) => Oldest.OfAsync(
        ListAsync(parentId, cancelled).Where(seen => seen.ProjectId == projectId && ParentOf(seen.Description) == parentId && IsIt(seen)), cancelled);

    /// <returns>Null when it is not there.</returns>
    protected abstract Task<TSeen?> ReadAsync(string childId, CancellationToken cancelled);

    /// <summary>What in our project carries the stamp of that one of the parent; more does no harm.</summary>
    protected abstract IAsyncEnumerable<TSeen> ListAsync(string parentId, CancellationToken cancelled);

    /// <returns>Whom a description stands for; null when it is no stamp.</returns>
    protected virtual string? ParentOf(string? description) => Stamp.ParentOf(description);

    /// <summary>What else tells it.</summary>
    protected virtual bool IsIt(TSeen seen) => true;
}
