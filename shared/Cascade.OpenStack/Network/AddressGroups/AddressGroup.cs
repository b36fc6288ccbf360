using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A set of prefixes that rules may name (neutron_lib/api/definitions/address_group.py).</summary>
public sealed record AddressGroup : IStamped, INetworkResource
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    public bool? Shared { get; init; }

    /// <summary>Prefixes in CIDR notation, without host bits.</summary>
    public IReadOnlyList<string>? Addresses { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whole seconds of the cloud's clock.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Goes up with every change; for <c>If-Match</c>.</summary>
    public long? RevisionNumber { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>A group to make, with its prefixes: each with its length and without host bits, or 400 (an address alone is <c>/32</c> or <c>/128</c>).</summary>
public sealed record AddressGroupCreate
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    public IReadOnlyList<string>? Addresses { get; init; }
}

/// <summary>What to change; prefixes by <see cref="AddressGroups.AddAddressesAsync"/> and <see cref="AddressGroups.RemoveAddressesAsync"/>.</summary>
public sealed record AddressGroupUpdate
{
    public string? Name { get; init; }

    public string? Description { get; init; }
}

internal sealed record AddressList(IReadOnlyList<string> Addresses);
