using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Stamped;

/// <summary>The watch on one kind of the child's things, running.</summary>
internal abstract class StampedWatching<TSeen> : IWorker, IDisposable
    where TSeen : class, IResource
{
    readonly Watch<TSeen> watch;

    /// <param name="noun">In the plural.</param>
    /// <param name="fast">Between two looks while something is expected: what is gone is on no list of changes, and is then asked for by its id.</param>
    protected StampedWatching(string noun, IWatched<TSeen> watched, Expectations expectations, TimeSpan fast, CinderProxyOptions options, TimeProvider time, ILogger log)
    {
        Name = $"watch of {noun}";
        var slow = options.WatchInterval;
        var hurried = fast < slow ? fast : slow;
        watch = new(noun, watched, new() { Slow = slow, Fast = hurried, Recheck = hurried, Audit = options.AuditInterval, AuditTellsAll = true }, time, log);
        expectations.Join(watch.Expect, watch.Settle);
    }

    public string Name { get; }

    public Task RunAsync(CancellationToken cancelled) => watch.RunAsync(cancelled);

    /// <summary>One look, to its end.</summary>
    public Task LookAsync(CancellationToken cancelled) => watch.LookAsync(cancelled);

    public void Dispose() => watch.Dispose();
}
