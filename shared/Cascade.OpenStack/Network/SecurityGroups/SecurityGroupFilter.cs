using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Which security groups to list.</summary>
public sealed record SecurityGroupFilter : ListFilter
{
    public bool? Shared { get; init; }

    private protected override void Say(Query query) => query
        .Add("shared", Shared);
}
