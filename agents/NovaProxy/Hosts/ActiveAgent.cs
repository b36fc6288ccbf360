using Cascade.Agent;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Hosts;

/// <summary>
/// The life of this copy: wait to be the active one (D6), become a host of the parent, finish what an earlier life began, serve. A lost lease ends
/// all of it at once; a stop ends it in order.
/// </summary>
internal sealed class ActiveAgent(
    RabbitTransport transport,
    HostIdentity identity,
    ParentReadiness parent,
    HostKeeper host,
    IEnumerable<IRecovery> recoveries,
    IEnumerable<IWorker> workers,
    WorkerLoop loop,
    ServerFactory servers,
    ServingSwitch serving,
    IHealth health,
    TimeProvider time,
    ILogger<ActiveAgent> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        health.Report("leader", HealthState.Standby, "waiting for the lease");
        await using var lease = transport.CreateLease($"nova-proxy.{identity.Host}");
        try
        {
            await lease.RunAsync(ActAsync, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The orderly end.
        }
    }

    async Task ActAsync(CancellationToken active)
    {
        health.Report("leader", HealthState.Up, "this copy is the active one");
        await parent.WaitAsync(active);
        health.Report("parent", HealthState.Up, "conductor answers");
        var there = await RegisterAsync(active);
        await using var server = servers.Create(parked: !there);
        try
        {
            if (!there)
            {
                // Calls hear at once that the child is away, casts wait in order.
                await server.StartAsync(active);
                await UntilAsync("the child", async () => await host.RegisterAsync(active), active);
            }

            foreach (var recovery in recoveries)
            {
                await UntilAsync("recovery", () => DoneAsync(recovery.RecoverAsync(active)), active);
            }

            await (there ? server.StartAsync(active) : server.ResumeAsync(active));
            serving.Set(server, recovered: true);
            health.Registered();
            Log.Serving(log, identity.Host);
            await ServeAsync(server, active);
        }
        finally
        {
            serving.Set(null, recovered: false);
            health.Report("leader", HealthState.Standby, "not the active copy");
            await server.StopAsync(CancellationToken.None);
            Log.Stopped(log, identity.Host);
        }
    }

    async Task ServeAsync(ActiveServer server, CancellationToken active)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(active);
        var working = Task.WhenAll(workers.Select(worker => Task.Run(() => loop.RunAsync(worker, ending.Token), CancellationToken.None)));
        try
        {
            // Only a mistake in the configuration ends the server by itself; it ends the agent with its words.
            await await Task.WhenAny(server.Completion, Task.Delay(Timeout.InfiniteTimeSpan, time, active));
        }
        finally
        {
            await ending.CancelAsync();
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>False when the child is away but we were a host before: then we go on being one.</returns>
    async Task<bool> RegisterAsync(CancellationToken active)
    {
        while (true)
        {
            try
            {
                return await host.RegisterAsync(active);
            }
            catch (Exception fault) when (WorthWaiting(fault))
            {
                Log.Waiting(log, fault, "registration", Pause.TotalSeconds);
                await Task.Delay(Pause, time, active);
            }
        }
    }

    async Task UntilAsync(string what, Func<Task<bool>> done, CancellationToken active)
    {
        while (true)
        {
            try
            {
                if (await done())
                {
                    return;
                }
            }
            catch (Exception fault) when (WorthWaiting(fault))
            {
                Log.Waiting(log, fault, what, Pause.TotalSeconds);
            }

            await Task.Delay(Pause, time, active);
        }
    }

    static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }

    /// <summary>A cloud or conductor that does not answer, or that an operator is about to put right.</summary>
    static bool WorthWaiting(Exception fault) => fault is CloudFault or RpcTimeoutException or Oslo.Wire.Failures.RpcFault;
}
