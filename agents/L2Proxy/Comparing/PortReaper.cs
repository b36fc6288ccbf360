using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Ports;
using Cascade.Mirror.Reaping;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Comparing;

/// <summary>Ports on networks of ours that carry a stamp and whose parent is gone: deleted while we were down, or made by a create that came through late.</summary>
internal sealed class PortReaper(ParentView parent, ChildCloud child, ChildNetworks networks, Strays strays, PortBook book, PortRemoval removal) : IReaped<Port>
{
    public string IdOf(Port seen) => seen.Id;

    public Task<IReadOnlyList<Orphan<Port>>> OrphansAsync(CancellationToken cancelled) =>
        Task.FromResult<IReadOnlyList<Orphan<Port>>>([.. strays.Ports.Select(one => new Orphan<Port>(one.Port, one.ParentId, "the parent's port is gone", Age(one.Port)))]);

    public async Task<bool> ReapAsync(Orphan<Port> orphan, CancellationToken cancelled)
    {
        if (await parent.PortAsync(orphan.ParentId, cancelled) is not null || book.FindByChild(orphan.Seen.Id) is not null)
        {
            strays.Left(orphan.Seen);
            return false;
        }

        var seen = await child.Cloud.Network.Ports.FindAsync(Scope.Own, orphan.Seen.Id, cancelled);
        if (seen is not null && !PortActuator.IsService(seen) && !await removal.LeaveAsync(seen, orphan.ParentId, cancelled))
        {
            return false;
        }

        strays.Left(orphan.Seen);
        return true;
    }

    TimeSpan Age(Port seen) => networks.Now is { } now && seen.CreatedAt is { } created ? now - created : TimeSpan.Zero;
}

/// <summary>Networks of ours whose parent is gone.</summary>
internal sealed class NetworkReaper(ParentView parent, ChildNetworks child, NetworkMirroring networks, Strays strays) : IReaped<NetworkInfo>
{
    public string IdOf(NetworkInfo seen) => seen.Id;

    public Task<IReadOnlyList<Orphan<NetworkInfo>>> OrphansAsync(CancellationToken cancelled) =>
        Task.FromResult<IReadOnlyList<Orphan<NetworkInfo>>>([.. strays.Networks.Select(one => new Orphan<NetworkInfo>(one.Network, one.ParentId, "the parent's network is gone", Age(one.Network)))]);

    public async Task<bool> ReapAsync(Orphan<NetworkInfo> orphan, CancellationToken cancelled)
    {
        if (await parent.NetworkAsync(orphan.ParentId, cancelled) is not null)
        {
            strays.Left(orphan.Seen);
            return false;
        }

        if (!await networks.EndAsync(orphan.ParentId, orphan.Seen.Id, cancelled))
        {
            return false;
        }

        strays.Left(orphan.Seen);
        return true;
    }

    TimeSpan Age(NetworkInfo seen) => child.Now is { } now && seen.CreatedAt is { } created ? now - created : TimeSpan.Zero;
}
