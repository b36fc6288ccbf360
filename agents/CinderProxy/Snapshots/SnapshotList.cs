using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Snapshots;

/// <inheritdoc/>
internal sealed class SnapshotList(SnapshotBook book, SnapshotWatch watch) : MirrorList<Snapshot, SnapshotRow>("snapshots", book, watch, null);
