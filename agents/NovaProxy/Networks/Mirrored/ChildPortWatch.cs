using System.Collections.Concurrent;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Networks.Mirrored;

/// <summary>
/// Sees ports of the child come and let go, for those who wait for them: one look for all of them together, every two seconds while anybody waits, at
/// once when an event says so, none while nobody does.
/// </summary>
internal sealed class ChildPortWatch(ChildPorts ports, TimeProvider time, ILogger<ChildPortWatch> log) : IWorker, IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<Wait, bool> waits = new();
    readonly Nudge nudge = new(time);

    public string Name => "child ports";

    /// <summary>How many wait.</summary>
    public int Waiting => waits.Count;

    /// <summary>The child's ports for these, in their order, as soon as all are there.</summary>
    public Task<IReadOnlyList<Port>> ComeAsync(IReadOnlyList<Nic> nics, CancellationToken cancelled) => WaitAsync(new(nics, null), cancelled);

    /// <summary>Ends when the port has no device any more, or is gone itself.</summary>
    public Task LetGoAsync(string childPortId, CancellationToken cancelled) => WaitAsync(new([], childPortId), cancelled);

    /// <summary>Something has happened to ports in the child: look now. Any thread.</summary>
    public void Nudge() => nudge.Give();

    public async Task RunAsync(CancellationToken cancelled)
    {
        var away = false;
        while (true)
        {
            await nudge.WaitAsync(Waiting > 0 ? Pause : Timeout.InfiniteTimeSpan, cancelled);
            try
            {
                await LookAsync(cancelled);
                away = false;
            }
            catch (CloudFault fault)
            {
                if (!away)
                {
                    Log.ChildPortsUnseen(log, fault, fault.Message);
                }

                away = true;
            }
        }
    }

    /// <summary>One look, for everybody who waits.</summary>
    public async Task LookAsync(CancellationToken cancelled)
    {
        if (waits.Keys.SelectMany(one => one.Nics).DistinctBy(nic => nic.PortId).ToList() is { Count: > 0 } awaited)
        {
            var found = await ports.FindAsync(awaited, cancelled);
            foreach (var one in waits.Keys.Where(one => one.ChildId is null && one.Nics.All(nic => found.ContainsKey(nic.PortId))))
            {
                one.Done.TrySetResult([.. one.Nics.Select(nic => found[nic.PortId])]);
            }
        }

        foreach (var one in waits.Keys)
        {
            if (one.ChildId is { } id && await ports.FindAsync(id, cancelled) is null or { DeviceId: null or "" })
            {
                one.Done.TrySetResult([]);
            }
        }
    }

    public void Dispose() => nudge.Dispose();

    async Task<IReadOnlyList<Port>> WaitAsync(Wait wait, CancellationToken cancelled)
    {
        waits[wait] = true;
        Nudge();
        try
        {
            return await wait.Done.Task.WaitAsync(cancelled);
        }
        finally
        {
            waits.TryRemove(wait, out _);
        }
    }

    /// <summary>By reference: each wait is one of its own.</summary>
    sealed class Wait(IReadOnlyList<Nic> nics, string? childId)
    {
        public IReadOnlyList<Nic> Nics => nics;

        public string? ChildId => childId;

        public TaskCompletionSource<IReadOnlyList<Port>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
