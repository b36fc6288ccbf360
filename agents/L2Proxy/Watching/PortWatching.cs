using System.Collections.Concurrent;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Ports;
using Cascade.Mirror.Watching;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Watching;

/// <summary>The watch on the child's ports, running.</summary>
internal sealed class PortWatching : IWorker, IDisposable
{
    /// <summary>A port that no server took by then is not waited for: its change is seen all the same, a little later.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Watch<Port> watch;
    readonly MirrorState state;
    readonly TimeProvider time;
    readonly ConcurrentDictionary<string, long> expected = new(StringComparer.Ordinal);

    public PortWatching(PortWatch watched, PortExpectations expectations, MirrorRules rules, MirrorState state, TimeProvider time, ILogger<PortWatching> log)
    {
        (this.state, this.time) = (state, time);
        var slow = rules.WatchInterval;
        watch = new(
            "ports",
            watched,
            new()
            {
                Slow = slow,
                Fast = TimeSpan.FromSeconds(Math.Min(1, slow.TotalSeconds)),
                FastFor = Patience,
                Recheck = TimeSpan.FromMinutes(1),
                // The comparison of everything is the audit.
                Audit = TimeSpan.FromDays(365),
            },
            time,
            log);
        watched.Settle = Settle;
        expectations.Join(Expect);
    }

    public string Name => "watch";

    public async Task RunAsync(CancellationToken cancelled)
    {
        await state.CompleteAsync(cancelled);
        await watch.RunAsync(cancelled);
    }

    /// <summary>One look, to its end.</summary>
    public Task LookAsync(CancellationToken cancelled) => watch.LookAsync(cancelled);

    public void Dispose() => watch.Dispose();

    void Expect(string childId)
    {
        foreach (var (id, _) in expected.Where(one => time.GetElapsedTime(one.Value) > Patience))
        {
            Settle(id);
        }

        expected[childId] = time.GetTimestamp();
        watch.Expect(childId);
    }

    void Settle(string childId)
    {
        expected.TryRemove(childId, out _);
        watch.Settle(childId);
    }
}
