namespace Cascade.OpenStack.Network;

/// <summary>A rule to make; null members are not sent. At most one of the three remotes.</summary>
public sealed record SecurityGroupRuleCreate
{
    public required string SecurityGroupId { get; init; }

    public required string Direction { get; init; }

    public string? Ethertype { get; init; }

    public string? Protocol { get; init; }

    public int? PortRangeMin { get; init; }

    public int? PortRangeMax { get; init; }

    public string? RemoteIpPrefix { get; init; }

    public string? RemoteGroupId { get; init; }

    /// <summary>Needs <see cref="Extension.SecurityGroupsRemoteAddressGroup"/>.</summary>
    public string? RemoteAddressGroupId { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }
}
