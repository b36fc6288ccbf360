using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Which security groups to list.</summary>
public sealed record SecurityGroupFilter : ListFilter
{
    public bool? Shared { get; init; }

    public bool? Stateful { get; init; }

    private protected override void Say(Query query) => query
        .Add("shared", Shared)
        .Add("stateful", Stateful);
}
