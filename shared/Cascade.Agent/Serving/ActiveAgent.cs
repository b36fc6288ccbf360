using Cascade.OpenStack;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Serving;

/// <summary>
/// The life of this copy: wait to be the active one (D6), become a service of the parent, finish what an earlier life began, serve. A lost lease ends
/// all of it at once; a stop ends it in order.
/// </summary>
sealed class ActiveAgent(
    RabbitTransport transport,
    IStandIn service,
    IEnumerable<IRecovery> recoveries,
    IEnumerable<IWorker> workers,
    WorkerLoop loop,
    ServingSwitch serving,
    IHealth health,
    TimeProvider time,
    ILogger<ActiveAgent> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        health.Report(AgentHealth.Leader, HealthState.Standby, "waiting for the lease");
        await using var lease = transport.CreateLease(service.Lease);
        try
        {
            await lease.RunAsync(active => ActAsync(active, stoppingToken), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The orderly end.
        }
    }

    async Task ActAsync(CancellationToken active, CancellationToken stopping)
    {
        health.Report(AgentHealth.Leader, HealthState.Up, "this copy is the active one");
        ActiveServer? server = null;
        try
        {
            if (service.HearsFirst)
            {
                server = service.CreateServer(parked: false);
                await server.StartAsync(active);
            }

            health.Report("parent", HealthState.Up, await service.FindParentAsync(active));
            var there = await RegisterAsync(active);
            server ??= service.CreateServer(parked: !there);
            await BecomeAsync(server, there, active);
            await ServeAsync(server, active);
        }
        finally
        {
            serving.Set(null, recovered: false);
            health.Report(AgentHealth.Leader, HealthState.Standby, "not the active copy");
            if (server is not null)
            {
                await EndAsync(server, isLost: active.IsCancellationRequested && !stopping.IsCancellationRequested);
            }
        }
    }

    async Task EndAsync(ActiveServer server, bool isLost)
    {
        try
        {
            await (isLost ? server.AbandonAsync() : server.StopAsync(CancellationToken.None));
        }
        finally
        {
            await server.DisposeAsync();
            Log.Stopped(log, service.Name);
        }
    }

    async Task BecomeAsync(ActiveServer server, bool there, CancellationToken active)
    {
        if (!there)
        {
            if (!service.HearsFirst)
            {
                // Calls hear at once that the child is away, casts wait in order.
                await server.StartAsync(active);
            }

            await UntilAsync("the child", async () => await service.RegisterAsync(active), active);
        }

        foreach (var recovery in recoveries)
        {
            await UntilAsync("recovery", () => DoneAsync(recovery.RecoverAsync(active)), active);
        }

        await server.ServeAsync(active);
        serving.Set(server, recovered: true);
        health.Registered();
        Log.Serving(log, service.Name);
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

    /// <returns>False when the child is away.</returns>
    async Task<bool> RegisterAsync(CancellationToken active)
    {
        while (true)
        {
            try
            {
                return await service.RegisterAsync(active);
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

    /// <summary>A cloud or a service of the parent that does not answer, or that an operator is about to put right.</summary>
    static bool WorthWaiting(Exception fault) => fault is CloudFault or RpcTimeoutException or Oslo.Wire.Failures.RpcFault;
}
