using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Backups;

/// <inheritdoc/>
internal sealed class BackupWatching(BackupWatch watched, BackupExpectations expectations, CinderProxyOptions options, TimeProvider time, ILogger<BackupWatching> log)
    : StampedWatching<Backup>("backups", watched, expectations, TimeSpan.FromSeconds(5), options, time, log);
