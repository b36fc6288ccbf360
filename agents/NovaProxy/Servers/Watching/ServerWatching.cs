using Cascade.OpenStack.Compute;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Watching;

/// <summary>The watch on the child's servers, running.</summary>
internal sealed class ServerWatching : IWorker, IDisposable
{
    readonly Watch<Server> watch;

    public ServerWatching(ServerWatch watched, Expectations expectations, NovaProxyOptions options, TimeProvider time, ILogger<ServerWatching> log)
    {
        var slow = options.WatchInterval;
        watch = new(
            "servers",
            watched,
            new() { Slow = slow, Fast = TimeSpan.FromSeconds(Math.Min(2, slow.TotalSeconds)), Audit = options.AuditInterval },
            time,
            log);
        expectations.Join(watch.Expect, watch.Settle);
    }

    public string Name => "watch";

    public Task RunAsync(CancellationToken cancelled) => watch.RunAsync(cancelled);

    /// <summary>One look, to its end: for those who cannot wait for the next.</summary>
    public Task LookAsync(CancellationToken cancelled) => watch.LookAsync(cancelled);

    /// <summary>Something has happened in the child: look now. Any thread.</summary>
    public void Nudge() => watch.Nudge();

    public void Dispose() => watch.Dispose();
}
