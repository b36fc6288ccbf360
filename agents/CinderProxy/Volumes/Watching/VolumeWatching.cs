using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Watching;

/// <summary>The watch on the child's volumes, running.</summary>
internal sealed class VolumeWatching : IWorker, IDisposable
{
    readonly Watch<Volume> watch;

    public VolumeWatching(VolumeWatch watched, Expectations expectations, CinderProxyOptions options, TimeProvider time, ILogger<VolumeWatching> log)
    {
        var slow = options.WatchInterval;
        var fast = TimeSpan.FromSeconds(Math.Min(2, slow.TotalSeconds));
        // A volume that is gone is on no list of changes: what is expected to go is asked for by its id at each fast look.
        watch = new("volumes", watched, new() { Slow = slow, Fast = fast, Recheck = fast, Audit = options.AuditInterval }, time, log);
        expectations.Join(watch.Expect, watch.Settle);
    }

    public string Name => "watch";

    public Task RunAsync(CancellationToken cancelled) => watch.RunAsync(cancelled);

    /// <summary>One look, to its end.</summary>
    public Task LookAsync(CancellationToken cancelled) => watch.LookAsync(cancelled);

    /// <summary>Something has happened in the child: look now. Any thread.</summary>
    public void Nudge() => watch.Nudge();

    public void Dispose() => watch.Dispose();
}
