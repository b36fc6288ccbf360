using Cascade.OpenStack;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Groups;

/// <summary>
/// Server groups in the child, in the tenant's project, so that his quota of groups counts there, too. Names are not unique in nova: of two that carry one stamp
/// the one with the smaller id counts for everybody. A tenant can name a group of his own so; only one that our user made is taken.
/// </summary>
internal sealed class ChildGroups(ChildCloud child, GroupOptions options, ILogger<ChildGroups> log) : IDisposable
{
    readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Empty at the pass before, and given to nobody since: what a build has just got may get its first server now.</summary>
    HashSet<string> emptyBefore = new(StringComparer.Ordinal);

    /// <returns>The hint for the create call; null when groups are switched off, or there is nothing to hint.</returns>
    public async Task<string?> EnsureAsync(WantedGroup? wanted, string projectId, CancellationToken cancelled)
    {
        if (wanted is null || !options.ServerGroups)
        {
            return null;
        }

        // One at a time: two builds of a new group must not make two.
        await one.WaitAsync(cancelled);
        try
        {
            var id = await FindAsync(wanted, projectId, cancelled) ?? await CreateAsync(wanted, projectId, cancelled);
            emptyBefore.Remove(id);
            return id;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Groups of ours that have no server any more go: the tenant's quota counts them. Twice empty, so that a build has time to use what it made.</summary>
    public async Task SweepAsync(CancellationToken cancelled)
    {
        await one.WaitAsync(cancelled);
        try
        {
            var ours = await child.UserIdAsync(cancelled);
            var all = await child.Cloud.Compute.ServerGroups.ListAllAsync(Scope.Own, cancelled);
            var empty = all
                .Where(group => group.UserId == ours && GroupMap.IsStamped(group.Name) && group.Members.Count == 0)
                .Select(group => group.Id)
                .ToHashSet(StringComparer.Ordinal);
            foreach (var id in empty.Where(emptyBefore.Contains))
            {
                await RemoveAsync(id, cancelled);
            }

            emptyBefore = empty;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    async Task<string?> FindAsync(WantedGroup wanted, string projectId, CancellationToken cancelled)
    {
        var ours = await child.UserIdAsync(cancelled);
        var all = await child.Cloud.Compute.ServerGroups.ListAsync(Scope.Project(projectId), cancelled);
        return all.Where(group => group.UserId == ours && group.Name == wanted.Name && group.Policy == wanted.Policy)
            .Select(group => group.Id)
            .Min(StringComparer.Ordinal);
    }

    async Task<string> CreateAsync(WantedGroup wanted, string projectId, CancellationToken cancelled)
    {
        try
        {
            var made = await child.Cloud.Compute.ServerGroups.CreateAsync(Scope.Project(projectId), wanted.Name, wanted.Policy, cancelled);
            Log.GroupMade(log, made.Id, wanted.Name, wanted.Policy);
            return made.Id;
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            if (await FindAsync(wanted, projectId, cancelled) is not { } there)
            {
                throw;
            }

            return there;
        }
    }

    async Task RemoveAsync(string id, CancellationToken cancelled)
    {
        try
        {
            await child.Cloud.Compute.ServerGroups.DeleteAsync(Scope.Own, id, cancelled);
            Log.GroupRemoved(log, id);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
        }
    }
}
