using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Notices;
using Cascade.Contracts.Neutron.Objects;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Notices;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.L2Proxy.Notices;

/// <summary>What the server casts about security groups: ids only.</summary>
internal sealed class SecurityGroupNotices(HintBook book) : IHandle<SecurityGroupsRuleUpdated>, IHandle<SecurityGroupsMemberUpdated>
{
    public Task<JsonNode?> HandleAsync(SecurityGroupsRuleUpdated call, RpcContext context, CancellationToken cancelled) => Note(call.SecurityGroups, HintEvents.Changed);

    public Task<JsonNode?> HandleAsync(SecurityGroupsMemberUpdated call, RpcContext context, CancellationToken cancelled) => Note(call.SecurityGroups, HintEvents.Members);

    Task<JsonNode?> Note(IReadOnlyList<string>? groups, HintEvents events)
    {
        foreach (var id in groups ?? [])
        {
            book.Add(new(NeutronObjects.SecurityGroup, id, events));
        }

        return Nothing.Said;
    }
}
