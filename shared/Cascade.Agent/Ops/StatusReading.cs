namespace Cascade.Agent;

/// <summary>What the ops port and the report show, read afresh each time.</summary>
sealed class StatusReading(AgentIdentity identity, AgentOptions options, AgentHealth health, IEnumerable<IStatusSource> sources, Redaction redaction)
{
    public HealthAnswer Health() => new(health.IsHealthy, health.IsRegistered, Checks());

    public StatusAnswer Status() => new(
        identity.Name,
        identity.Version,
        options.Host,
        Environment.ProcessId,
        identity.Started,
        health.IsHealthy,
        health.IsRegistered,
        Checks(),
        sources.GroupBy(s => s.Name, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => (IReadOnlyDictionary<string, string>)g.SelectMany(s => s.Read())
                .GroupBy(p => p.Key, StringComparer.Ordinal)
                .ToDictionary(p => p.Key, p => redaction.Clean(p.Last().Value), StringComparer.Ordinal),
            StringComparer.Ordinal));

    IReadOnlyList<CheckAnswer> Checks() =>
        [.. health.Components.Select(c => new CheckAnswer(c.Name, c.State, redaction.Clean(c.Detail), c.Since))];
}
