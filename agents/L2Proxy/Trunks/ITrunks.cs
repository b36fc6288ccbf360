using Cascade.Contracts.Neutron.Objects;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Trunks;

/// <summary>The child's trunks for the parent's.</summary>
internal interface ITrunks
{
    /// <summary>Before a server gets the port: if the port carries a trunk, the child's carries one too. Nothing for any other port.</summary>
    /// <exception cref="NeutronAgent.Looking.RefusedException">The child cannot.</exception>
    Task EnsureAsync(NeutronPort port, Port seen, CancellationToken cancelled);

    /// <summary>Before the child's port is deleted: a port that carries a trunk cannot go.</summary>
    /// <param name="portId">The parent's.</param>
    /// <param name="seen">The child's.</param>
    /// <exception cref="NeutronAgent.Looking.LaterException">It cannot go yet.</exception>
    Task GoneAsync(string portId, Port seen, CancellationToken cancelled);

    /// <summary>Looks at the trunks of all ports of this host.</summary>
    /// <param name="here">The parent's ports.</param>
    /// <param name="seen">The child's: of a trunk that the parent has no more, they alone know.</param>
    void Reconcile(IEnumerable<NeutronPort> here, IEnumerable<Port> seen);
}
