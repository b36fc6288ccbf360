using Cascade.OpenStack;

namespace Cascade.NovaProxy.Capacity;

/// <summary>
/// What our servers hold in the child's placement beside what they hold in their own name: until a resize is confirmed or reverted the old flavor is held by the child's migration
/// (nova/conductor/tasks/migrate.py: replace_allocation_with_migration). The parent's placement has both for just as long, under the parent's own migration, so that it is ours as well; a
/// server that only the child moves (a live migration there) is held once in the parent, and what its migration holds stays the child's.
/// </summary>
internal sealed class ChildMoves(Cloud child)
{
    static readonly string[] Kinds = ["resize", "migration"];

    /// <returns>The child's consumers that are in the parent's allocations already. One request for each resize that waits, none else.</returns>
    /// <exception cref="CloudFault">The child does not answer.</exception>
    public async Task<IReadOnlySet<string>> ConsumersAsync(OwnUse ours, CancellationToken cancelled)
    {
        var all = new HashSet<string>(ours.ChildIds);
        try
        {
            foreach (var server in ours.ResizedIds)
            {
                await foreach (var move in child.Compute.Migrations.ListAsync(Scope.Own, server, cancelled))
                {
                    if (move.InstanceUuid == server && Kinds.Contains(move.MigrationType))
                    {
                        all.Add(move.Uuid);
                    }
                }
            }
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Forbidden or FaultKind.NotFound or FaultKind.Unsupported)
        {
            // Then the old flavor counts twice until the resize ends: too little is offered, never too much.
        }

        return all;
    }
}
