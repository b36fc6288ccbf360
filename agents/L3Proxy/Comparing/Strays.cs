using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Comparing;

/// <summary>What the last comparison found in the child that is ours and that the parent does not have on this host. Kept so that the reaper costs nothing while there is none.</summary>
internal sealed class Strays
{
    volatile IReadOnlyList<Router> routers = [];

    public IReadOnlyList<Router> Routers => routers;

    public void Set(IReadOnlyList<Router> found) => routers = found;

    public void Left(string childId) => routers = [.. routers.Where(one => one.Id != childId)];
}
