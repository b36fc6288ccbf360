using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>A flavor to create; needs an administrator (nova/api/openstack/compute/schemas/flavors.py: create_v255).</summary>
public sealed record FlavorCreate
{
    /// <summary>Null lets Nova choose a UUID. Conflict when taken.</summary>
    public string? Id { get; init; }

    public required string Name { get; init; }

    public required int Vcpus { get; init; }

    /// <summary>MiB.</summary>
    public required int Ram { get; init; }

    /// <summary>GiB.</summary>
    public required int Disk { get; init; }

    /// <summary>GiB.</summary>
    [JsonPropertyName("OS-FLV-EXT-DATA:ephemeral")]
    public int Ephemeral { get; init; }

    /// <summary>MiB.</summary>
    public int Swap { get; init; }

    public double? RxtxFactor { get; init; }

    [JsonPropertyName("os-flavor-access:is_public")]
    public bool IsPublic { get; init; }

    /// <summary>2.55; not sent to an older Nova.</summary>
    public string? Description { get; init; }
}

internal sealed record FlavorCreateBody(FlavorCreate Flavor);

internal sealed record FlavorAccessAction([property: JsonPropertyName("addTenantAccess")] FlavorTenant AddTenantAccess);

internal sealed record FlavorTenant(string Tenant);
