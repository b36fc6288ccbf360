using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Watching;

/// <inheritdoc/>
internal sealed class VolumeWatching(VolumeWatch watched, Expectations expectations, CinderProxyOptions options, TimeProvider time, ILogger<VolumeWatching> log)
    : StampedWatching<Volume>("volumes", watched, expectations, TimeSpan.FromSeconds(2), options, time, log);
