namespace Cascade.CinderProxy.Snapshots;

/// <summary>What is expected of the child's snapshots; of its volumes it is the plain <see cref="Expectations"/>.</summary>
internal sealed class SnapshotExpectations : Expectations;
