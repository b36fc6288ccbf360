using Cascade.NovaProxy.Servers.Delete;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>The images of a snapshot whose instance was deleted while it was taken.</summary>
internal sealed class SnapshotLeftover(SnapshotFlow flow) : ILeftover
{
    public Task ClearAsync(VersionedObject row, CancellationToken cancelled) =>
        SnapshotNote.Of(row) is { } note ? flow.AbandonAsync(note, cancelled) : Task.CompletedTask;
}
