namespace Cascade.Contracts.Events;

/// <summary>
/// L2-Proxy to Nova-Proxy: the port exists in the child, a server may be given it. A hint: who misses it finds the port by itself, in the mirrored network by its MAC.
/// </summary>
/// <param name="Host">The <c>host</c> of the agents, one for each child.</param>
/// <param name="PortId">The parent's id.</param>
/// <param name="ChildPortId">The child's id.</param>
/// <param name="Status">The child's status when it was looked at: DOWN for a new one.</param>
public sealed record PortReady(string Host, string PortId, string ChildPortId, string Status);
