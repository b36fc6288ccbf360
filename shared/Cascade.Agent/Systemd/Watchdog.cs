using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

/// <summary>
/// WATCHDOG=1 at half of WATCHDOG_USEC (sd_watchdog_enabled(3)), which Hosting.Systemd does not send. The tick runs on the thread
/// pool, so a starved pool is what systemd notices.
/// </summary>
sealed class Watchdog(ISystemdNotifier notifier, TimeProvider time, IEnvironment environment, ILogger<Watchdog> log) : BackgroundService
{
    /// <summary>Half of what systemd waits; null when it does not watch this process.</summary>
    internal static TimeSpan? Interval(IEnvironment environment)
    {
        if (environment["WATCHDOG_PID"] is { Length: > 0 } pid && pid != Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            return null;
        return long.TryParse(environment["WATCHDOG_USEC"], NumberStyles.None, CultureInfo.InvariantCulture, out var usec) && usec > 0
            ? TimeSpan.FromMicroseconds(usec) / 2
            : null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!notifier.IsEnabled || Interval(environment) is not { } interval)
            return;
        Log.Watchdog(log, interval);
        using var ticks = new PeriodicTimer(interval, time);
        do
        {
            notifier.Notify(new ServiceState("WATCHDOG=1"));
        }
        while (await ticks.WaitForNextTickAsync(stoppingToken));
    }
}
