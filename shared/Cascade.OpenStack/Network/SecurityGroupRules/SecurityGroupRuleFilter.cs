using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Which rules to list.</summary>
public sealed record SecurityGroupRuleFilter : ListFilter
{
    public IReadOnlyList<string>? SecurityGroupIds { get; init; }

    public string? Direction { get; init; }

    public string? RemoteGroupId { get; init; }

    public string? RemoteAddressGroupId { get; init; }

    private protected override void Say(Query query) => query
        .AddEach("security_group_id", SecurityGroupIds)
        .Add("direction", Direction)
        .Add("remote_group_id", RemoteGroupId)
        .Add("remote_address_group_id", RemoteAddressGroupId);
}
