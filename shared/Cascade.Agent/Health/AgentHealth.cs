using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

/// <summary>The states of all components, and whether the agent has registered.</summary>
public sealed class AgentHealth(TimeProvider time, ILogger<AgentHealth> log) : IHealth
{
    internal const string Leader = "leader";

    readonly ConcurrentDictionary<string, ComponentHealth> _components = new(StringComparer.Ordinal);
    readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when <see cref="Registered"/> is called.</summary>
    public Task WhenRegistered => _registered.Task;

    public bool IsRegistered => _registered.Task.IsCompleted;

    public IEnumerable<ComponentHealth> Components => _components.Values.OrderBy(c => c.Name, StringComparer.Ordinal);

    /// <summary>This copy holds the lease; a process without one is the only copy there is.</summary>
    public bool IsActive => !_components.TryGetValue(Leader, out var leader) || leader.State == HealthState.Up;

    /// <summary>Registered, and no component is down or starting.</summary>
    public bool IsHealthy => IsRegistered && _components.Values.All(c => c.State is HealthState.Up or HealthState.Standby);

    public void Report(string component, HealthState state, string detail = "")
    {
        var now = time.GetUtcNow();
        ComponentHealth? before = null;
        _components.AddOrUpdate(
            component,
            _ =>
            {
                before = null;
                return new(component, state, detail, now);
            },
            (_, held) =>
            {
                before = held;
                return new(component, state, detail, held.State == state ? held.Since : now);
            });
        if (before?.State == state)
            return;
        if (state == HealthState.Down)
            Log.ComponentDown(log, component, detail);
        else
            Log.ComponentIs(log, component, state, detail);
    }

    public void Registered()
    {
        if (_registered.TrySetResult())
            Log.Registered(log);
    }
}
