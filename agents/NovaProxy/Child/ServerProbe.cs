using Cascade.OpenStack;

namespace Cascade.NovaProxy.Child;

/// <summary>Asks the child's Nova for a server that nobody has: the look costs one primary key, and 404 says that API, database and token are well.</summary>
internal sealed class ServerProbe(ChildCloud child) : IChildProbe
{
    const string Nobody = "00000000-0000-0000-0000-000000000000";

    public Task LookAsync(CancellationToken cancelled) => child.Servers.FindAsync(Scope.Own, Nobody, cancelled);
}
