using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>Limits of one project; -1 is none (neutron/db/quota). In an update null leaves a limit as it is.</summary>
public sealed record Quota
{
    public int? Network { get; init; }

    public int? Subnet { get; init; }

    public int? Port { get; init; }

    public int? SecurityGroup { get; init; }

    public int? SecurityGroupRule { get; init; }

    public int? RbacPolicy { get; init; }

    public int? Trunk { get; init; }

    public int? Router { get; init; }

    public int? Floatingip { get; init; }

    public int? Subnetpool { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }

    /// <summary>No limit on anything that a mirror makes.</summary>
    public static Quota Unlimited { get; } = new()
    {
        Network = -1, Subnet = -1, Port = -1, SecurityGroup = -1, SecurityGroupRule = -1, RbacPolicy = -1, Trunk = -1, Router = -1, Floatingip = -1,
    };
}
