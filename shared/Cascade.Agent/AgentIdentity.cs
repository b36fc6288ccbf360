namespace Cascade.Agent;

/// <summary>Which agent this process is.</summary>
/// <param name="Name">what an operator types: <c>cascade-nova-proxy</c>.</param>
/// <param name="Version">of the build.</param>
/// <param name="Started">when the process began its work.</param>
public sealed record AgentIdentity(string Name, string Version, DateTimeOffset Started)
{
    /// <summary>The name without the family: <c>nova-proxy</c>, as in /etc/cascade/nova-proxy.conf.</summary>
    public string ShortName => Name.StartsWith("cascade-", StringComparison.Ordinal) ? Name["cascade-".Length..] : Name;
}
