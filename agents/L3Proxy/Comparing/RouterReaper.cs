using Cascade.L3Proxy.Parent;
using Cascade.L3Proxy.Routers;
using Cascade.Mirror.Reaping;
using Cascade.NeutronAgent.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Comparing;

/// <summary>Routers of ours that the parent does not have on this host: deleted or moved while we were down, or made by a create that came through late.</summary>
internal sealed class RouterReaper(ParentRouters parent, ChildCloud child, RouterRemoval removal, RouterBook book, Strays strays) : IReaped<Router>
{
    public string IdOf(Router seen) => seen.Id;

    public Task<IReadOnlyList<Orphan<Router>>> OrphansAsync(CancellationToken cancelled) =>
        Task.FromResult<IReadOnlyList<Orphan<Router>>>(
            [.. strays.Routers.Select(router => new Orphan<Router>(router, Stamp.ParentOf(router.Description)!, "the parent has no such router on this host", Age(router)))]);

    public async Task<bool> ReapAsync(Orphan<Router> orphan, CancellationToken cancelled)
    {
        if (book.Find(orphan.ParentId) is not null || (await parent.IdsAsync(cancelled)).Contains(orphan.ParentId, StringComparer.Ordinal))
        {
            strays.Left(orphan.Seen.Id);
            return false;
        }

        if (await child.Cloud.Network.Routers.FindAsync(Scope.Own, orphan.Seen.Id, cancelled) is { } router)
        {
            await removal.LeaveAsync(router, orphan.ParentId, cancelled);
        }

        strays.Left(orphan.Seen.Id);
        return true;
    }

    TimeSpan Age(Router seen) => child.Cloud.Network.Service.Clock.Now is { } now && seen.CreatedAt is { } created ? now - created : TimeSpan.Zero;
}
