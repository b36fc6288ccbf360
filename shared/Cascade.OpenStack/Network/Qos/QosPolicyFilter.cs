using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Which policies to list.</summary>
public sealed record QosPolicyFilter : ListFilter
{
    public bool? Shared { get; init; }

    public bool? IsDefault { get; init; }

    private protected override void Say(Query query) => query
        .Add("shared", Shared)
        .Add("is_default", IsDefault);
}
