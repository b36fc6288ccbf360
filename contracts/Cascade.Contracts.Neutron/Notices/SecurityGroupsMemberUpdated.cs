using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/api/rpc/handlers/securitygroups_rpc.py: SecurityGroupAgentRpcApiMixin. Ids only; whoever names one of them as remote has new members.</summary>
public sealed record SecurityGroupsMemberUpdated(IReadOnlyList<string>? SecurityGroups) : IRpcCall<SecurityGroupsMemberUpdated>
{
    public static RpcName Name => new("security_groups_member_updated", new(1, 0));

    public static JsonTypeInfo<SecurityGroupsMemberUpdated> Wire => NeutronJson.Default.SecurityGroupsMemberUpdated;
}
