using System.Diagnostics.Metrics;
using Cascade.Agent.Child;
using Cascade.Agent.Serving;
using Cascade.Mirror.Queue;
using Cascade.Oslo.Messaging.Topology;
using Microsoft.Extensions.Hosting;

namespace Cascade.Agent;

/// <summary>
/// What the host knows, for whoever exports: the meter of this assembly. A copy that is not the active one says that it is not, and nothing of the child or of queues.
/// </summary>
sealed class AgentGauges : IHostedService, IDisposable
{
    public const string Name = "Cascade.Agent";

    readonly Meter meter = new(Name);

    public AgentGauges(
        AgentIdentity identity, AgentOptions options, AgentHealth health, IEnumerable<ChildCloud> children, IEnumerable<ChildHealth> watched, IEnumerable<KeyedQueue> queues, IEnumerable<QueueLooks> depths)
    {
        KeyValuePair<string, object?>[] who = [new("agent", identity.Name), new("host", options.Host)];
        Gauge("cascade.agent.healthy", "", "1 when registered and no component is down, as /healthcheck says", () => [new(health.IsHealthy ? 1 : 0, who)]);
        Gauge("cascade.agent.active", "", "1 for the copy that serves, 0 for a standby", () => [new(health.IsActive ? 1 : 0, who)]);
        Gauge("cascade.agent.component.up", "", "1 for a component that is up, or standing by", () => health.Components.Select(
            component => new Measurement<double>(component.State is HealthState.Up or HealthState.Standby ? 1 : 0, [.. who, new("component", component.Name)])));

        var child = children.FirstOrDefault();
        var seen = watched.FirstOrDefault();
        Gauge("cascade.child.up", "", "1 while the child answers, seen by the active copy", () => Seen(child, seen, who, sight => sight.Answers ? 1 : 0));
        Gauge("cascade.child.silence", "s", "Since the child was last heard", () => Seen(child, seen, who, sight => sight.Silence.TotalSeconds));

        Gauge("cascade.turns.inside", "{turn}", "Entries of the queue per thing, working and waiting", () => queues.Select(queue => new Measurement<double>(queue.Inside)));
        Gauge("cascade.turns.working", "{turn}", "Things that are worked on now", () => queues.Select(queue => new Measurement<double>(queue.Working)));

        Gauge("cascade.rpc.queue.messages", "{message}", "Messages of a queue of ours that wait to be delivered", () => Depths(depths, depth => depth.Messages));
        Gauge("cascade.rpc.queue.consumers", "{consumer}", "Who has it open", () => Depths(depths, depth => depth.Consumers));
        Gauge("cascade.rpc.queue.waiting", "s", "Since the queue was last seen empty: its oldest message is at most so old", () => Depths(depths, depth => depth.Waiting.TotalSeconds));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => meter.Dispose();

    void Gauge(string name, string unit, string description, Func<IEnumerable<Measurement<double>>> read) => meter.CreateObservableGauge(name, read, unit, description);

    static IEnumerable<Measurement<double>> Seen(ChildCloud? child, ChildHealth? health, KeyValuePair<string, object?>[] who, Func<ChildHealth, double> read) =>
        child is null || health is not { IsWatched: true } ? [] : [new(read(health), [.. who, new("child", child.Region)])];

    static IEnumerable<Measurement<double>> Depths(IEnumerable<QueueLooks> looks, Func<QueueDepth, double> read) =>
        looks.SelectMany(look => look.Last).Select(depth => new Measurement<double>(
            read(depth), new("queue", depth.Queue.Shown), new KeyValuePair<string, object?>("role", depth.Queue.Role.ToString().ToLowerInvariant())));
}
