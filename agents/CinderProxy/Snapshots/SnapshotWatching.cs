using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Snapshots;

/// <inheritdoc/>
internal sealed class SnapshotWatching(SnapshotWatch watched, SnapshotExpectations expectations, CinderProxyOptions options, TimeProvider time, ILogger<SnapshotWatching> log)
    : StampedWatching<Snapshot>("snapshots", watched, expectations, TimeSpan.FromSeconds(2), options, time, log);
