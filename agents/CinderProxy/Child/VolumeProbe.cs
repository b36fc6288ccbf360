using Cascade.OpenStack;

namespace Cascade.CinderProxy.Child;

/// <summary>Asks the child's Cinder for a volume that nobody has: the look costs one primary key, and 404 says that API, database and token are well.</summary>
internal sealed class VolumeProbe(ChildCloud child) : IChildProbe
{
    const string Nobody = "00000000-0000-0000-0000-000000000000";

    public Task LookAsync(CancellationToken cancelled) => child.Volumes.FindAsync(Scope.Own, Nobody, cancelled);
}
