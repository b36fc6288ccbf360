using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Which agents to list.</summary>
public sealed record NetworkAgentFilter : ListFilter
{
    public string? AgentType { get; init; }

    public string? Binary { get; init; }

    public string? Host { get; init; }

    public bool? Alive { get; init; }

    private protected override void Say(Query query) => query
        .Add("agent_type", AgentType)
        .Add("binary", Binary)
        .Add("host", Host)
        .Add("alive", Alive);
}
