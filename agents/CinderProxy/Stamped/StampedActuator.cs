using Cascade.Mirror;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Stamped;

/// <summary>
/// The verbs of what is made in the tenant's project by our user. What carries a stamp is only taken for ours when our user made it (<c>user_id</c>, which no API of
/// Cinder changes but a transfer, and that changes the project too), when it is in the same project, and when nothing else links to it: a tenant can write any metadata,
/// but cannot make one that our user created for another of the parent count.
/// </summary>
internal abstract class StampedActuator<TWanted, TSeen>(ChildCloud child, LinkBook book, string projectId) : Actuator<TWanted, TSeen>
    where TSeen : class, IResource
{
    protected ChildCloud Child => child;

    protected string ProjectId => projectId;

    public sealed override string IdOf(TSeen seen) => seen.Id;

    public sealed override async Task<TSeen?> AdoptAsync(string parentId, CancellationToken cancelled)
    {
        var ours = await child.UserIdAsync(cancelled);
        // The filters are the child's to obey; what is taken is judged by what each says of itself.
        return await CandidatesAsync(parentId, cancelled)
            .Where(seen => Stamp.ParentOf(seen.Metadata) == parentId && seen.UserId == ours && seen.ProjectId == projectId && seen.Status != "deleting"
                && (book.ParentOf(seen.Id) ?? parentId) == parentId)
            .OrderBy(seen => seen.CreatedAt)
            .ThenBy(seen => seen.Id, StringComparer.Ordinal)
            .FirstOrDefaultAsync(cancelled);
    }

    public sealed override async Task<TSeen> CreateAsync(string parentId, TWanted wanted, CancellationToken cancelled)
    {
        try
        {
            return await MakeAsync(Scope.Project(projectId), wanted, cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            throw new OutcomeUnknownException(ChildWords.Text(fault), fault);
        }
    }

    /// <summary>What is there is changed by orders of its own, if at all, and never by comparing.</summary>
    public sealed override Task UpdateAsync(TSeen seen, TWanted wanted, CancellationToken cancelled) => Task.CompletedTask;

    public sealed override async Task DeleteAsync(TSeen seen, CancellationToken cancelled)
    {
        if (seen.Status == "deleting")
        {
            return;
        }

        try
        {
            await RemoveAsync(seen, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is what we want.
        }
    }

    /// <summary>Where to look for what carries the stamp; more does no harm.</summary>
    protected abstract IAsyncEnumerable<TSeen> CandidatesAsync(string parentId, CancellationToken cancelled);

    /// <inheritdoc cref="CreateAsync"/>
    protected abstract Task<TSeen> MakeAsync(Scope tenant, TWanted wanted, CancellationToken cancelled);

    /// <inheritdoc cref="DeleteAsync"/>
    protected abstract Task RemoveAsync(TSeen seen, CancellationToken cancelled);
}
