using Cascade.Agent.Serving;
using Cascade.Mirror.Watching;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Child;

/// <summary>
/// While the child is away, casts go to the parking queue instead of failing one by one, and come back in order when it is back (D5). Calls are
/// still served: their handlers say at once that the child is away. A handler may park for reasons of its own (a request that found the child silent, a
/// conductor that does not answer): while the child answers, that ends with the next look.
/// </summary>
public sealed class ChildGate(IChildHealth health, IRpcServer server, TimeProvider time, ILogger<ChildGate> log) : IWorker
{
    static readonly TimeSpan Again = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    public string Name => "gate";

    /// <summary>Follows the child's health from a server that serves.</summary>
    public async Task RunAsync(CancellationToken cancelled)
    {
        var open = true;
        using var changes = new Nudge(time);
        void OnChanged(object? sender, EventArgs change) => changes.Give();
        health.Changed += OnChanged;
        try
        {
            while (true)
            {
                open = await FollowAsync(open, cancelled);
                if (!await changes.WaitAsync(Look, cancelled))
                {
                    // Resuming what is not parked is nothing.
                    open = false;
                }
            }
        }
        finally
        {
            health.Changed -= OnChanged;
        }
    }

    /// <summary>Turns the server until it agrees with the child; a broker that is away makes it try again.</summary>
    async Task<bool> FollowAsync(bool open, CancellationToken cancelled)
    {
        while (open != health.Answers)
        {
            try
            {
                if (open)
                {
                    await server.ParkAsync(health.Reason ?? "the child is away", cancelled);
                }
                else
                {
                    await server.ResumeAsync(cancelled);
                }

                open = !open;
            }
            catch (Exception fault) when (!cancelled.IsCancellationRequested)
            {
                Log.GateStuck(log, fault, open ? "parked" : "resumed", fault.Message);
                await Task.Delay(Again, time, cancelled);
            }
        }

        return open;
    }
}
