using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/api/rpc/handlers/securitygroups_rpc.py: SecurityGroupAgentRpcApiMixin. Ids only.</summary>
public sealed record SecurityGroupsRuleUpdated(IReadOnlyList<string>? SecurityGroups) : IRpcCall<SecurityGroupsRuleUpdated>
{
    public static RpcName Name => new("security_groups_rule_updated", new(1, 0));

    public static JsonTypeInfo<SecurityGroupsRuleUpdated> Wire => NeutronJson.Default.SecurityGroupsRuleUpdated;
}
