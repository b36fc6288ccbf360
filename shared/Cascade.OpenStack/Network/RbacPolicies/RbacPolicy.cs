using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>Shares one object with one project, or all (neutron/extensions/rbac.py).</summary>
public sealed record RbacPolicy
{
    public required string Id { get; init; }

    public string? ProjectId { get; init; }

    /// <summary><c>network</c>, <c>security_group</c>, <c>address_group</c>, <c>qos_policy</c>, …</summary>
    public string? ObjectType { get; init; }

    public string? ObjectId { get; init; }

    /// <summary><c>access_as_shared</c> or <c>access_as_external</c>.</summary>
    public string? Action { get; init; }

    /// <summary>A project, or <c>*</c>. The API calls it <c>target_tenant</c>; from 2023.1 on <c>target_project</c> is shown beside it.</summary>
    public string? TargetTenant { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>What to share with whom.</summary>
public sealed record RbacPolicyCreate(string ObjectType, string ObjectId, string TargetTenant)
{
    public string Action { get; init; } = "access_as_shared";

    public string? ProjectId { get; init; }
}

/// <summary>Gives it to another project instead.</summary>
public sealed record RbacPolicyUpdate(string TargetTenant);
