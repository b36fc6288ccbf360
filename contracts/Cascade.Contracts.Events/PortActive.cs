namespace Cascade.Contracts.Events;

/// <summary>L2-Proxy to whom it concerns: the child's port changed its status and the parent was told. A hint: the parent's own events say the same.</summary>
/// <param name="Host">The <c>host</c> of the agents, one for each child.</param>
/// <param name="PortId">The parent's id.</param>
/// <param name="ChildPortId">The child's id.</param>
/// <param name="Status">ACTIVE, or DOWN when it no longer is.</param>
public sealed record PortActive(string Host, string PortId, string ChildPortId, string Status);
