using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

/// <summary>
/// READY=1 when the agent has registered, STOPPING=1 when it stops. Hosting's own lifetime would say READY as soon as the
/// hosted services have been started, which is long before the parent knows us.
/// </summary>
sealed class ReadyNotice(ISystemdNotifier notifier, AgentHealth health, IHostApplicationLifetime lifetime, ILogger<ReadyNotice> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = lifetime.ApplicationStopping.Register(Stop);
        await health.WhenRegistered.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stoppingToken.IsCancellationRequested)
            return;
        notifier.Notify(ServiceState.Ready);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    void Stop()
    {
        Log.Stopping(log);
        notifier.Notify(ServiceState.Stopping);
    }
}
