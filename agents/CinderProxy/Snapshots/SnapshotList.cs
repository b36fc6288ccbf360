using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Snapshots;

/// <inheritdoc/>
internal sealed class SnapshotList(SnapshotBook book, SnapshotWatch watch, SnapshotReaper reaper) : MirrorList<Snapshot, SnapshotRow>("snapshots", book, watch, reaper);
