using Cascade.OpenStack;

namespace Cascade.NeutronAgent.Child;

/// <summary>Asks the child's Neutron for a port that nobody has: the look costs one primary key, and 404 says that API, database and token are well.</summary>
public sealed class PortProbe(ChildCloud child) : IChildProbe
{
    const string Nobody = "00000000-0000-0000-0000-000000000000";

    public Task LookAsync(CancellationToken cancelled) => child.Cloud.Network.Ports.FindAsync(Scope.Own, Nobody, cancelled);
}
