using Cascade.Oslo.Messaging;
using Microsoft.Extensions.Hosting;

namespace Cascade.Agent;

/// <summary>Says of the parent's broker what keeps us from it: a connection that cannot be made, or one that is blocked.</summary>
sealed class BrokerHealth(RabbitTransport transport, IHealth health) : IHostedService
{
    const string Component = "broker";

    readonly Lock one = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        transport.LinksChanged += Changed;
        Report();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        transport.LinksChanged -= Changed;
        return Task.CompletedTask;
    }

    void Changed(object? sender, EventArgs change) => Report();

    // One at a time, so that what was read last is what is said last.
    void Report()
    {
        lock (one)
        {
            var links = transport.Links;
            var troubles = links.Where(link => link.Trouble is not null).ToLookup(link => $"{link.Host} {link.Trouble}", link => link.Purpose, StringComparer.Ordinal);
            if (troubles.Count > 0)
            {
                health.Report(Component, HealthState.Down, string.Join("; ", troubles.Select(trouble => $"RabbitMQ {trouble.Key} (for {string.Join(", ", trouble)})")));
            }
            else
            {
                health.Report(Component, links.Count == 0 ? HealthState.Starting : HealthState.Up, $"{links.Count} connection(s)");
            }
        }
    }
}
