namespace Cascade.CinderProxy.Backups;

/// <summary>What is expected of the child's backups; of its volumes it is the plain <see cref="Expectations"/>.</summary>
internal sealed class BackupExpectations : Expectations;
