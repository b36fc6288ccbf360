using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Child;

/// <summary>
/// While the child is away, casts go to the parking queue instead of failing one by one, and come back in order when it is back (D5). Calls are
/// still served: their handlers say at once that the child is away.
/// </summary>
internal sealed class ChildGate(IChildHealth health, IRpcServer server, TimeProvider time, ILogger<ChildGate> log) : BackgroundService
{
    static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    readonly SemaphoreSlim changes = new(0);

    public override void Dispose()
    {
        changes.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void OnChanged(object? sender, EventArgs change) => changes.Release();
        health.Changed += OnChanged;
        var open = true;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                open = await FollowAsync(open, stoppingToken);
                await changes.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopped by its owner; what is parked stays parked for the next life.
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
