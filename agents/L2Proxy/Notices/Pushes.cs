using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Notices;
using Cascade.Contracts.Neutron.Objects;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Notices;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.L2Proxy.Notices;

/// <summary>Objects that the server pushes whenever they change, whole ones, or only the id of what was deleted.</summary>
internal sealed class Pushes(HintBook book) : IHandle<Push>
{
    /// <summary>Ports that had pairs when they were last told of.</summary>
    readonly ConcurrentDictionary<string, byte> paired = new(StringComparer.Ordinal);

    public Task<JsonNode?> HandleAsync(Push call, RpcContext context, CancellationToken cancelled)
    {
        foreach (var resource in call.Resources())
        {
            var events = call.IsDeletion ? HintEvents.Deleted : HintEvents.Changed;
            if (resource.Name == NeutronObjects.Port && NeutronPort.Read(resource) is { } whole)
            {
                Members(whole);
                book.Add(PortNotices.Of(whole, events));
            }
            else if (resource.Text("id") is { } id)
            {
                book.Add(new(resource.Name, id, events) { Owner = resource.Text(OwnerOf(resource.Name)) });
            }
            else if (resource.Name == NeutronObjects.SubPort && resource.Text("port_id") is { } port)
            {
                // neutron/objects/trunk.py: SubPort has no id, its port is its key.
                book.Add(new(NeutronObjects.SubPort, port, events) { Owner = resource.Text("trunk_id") });
            }
        }

        return Nothing.Said;
    }

    /// <summary>
    /// The address pairs of a port anywhere are members of its groups, and nothing else tells of them: the server's word about members follows groups and fixed addresses only
    /// (neutron/db/securitygroups_rpc_base.py: check_and_notify_security_group_member_changed); a native agent reads them from this push, too
    /// (neutron/api/rpc/handlers/securitygroups_rpc.py: _handle_sg_member_update).
    /// </summary>
    void Members(NeutronPort port)
    {
        if (port.AllowedAddressPairs.Count > 0)
        {
            paired[port.Id] = 0;
        }
        else if (!paired.TryRemove(port.Id, out _))
        {
            return;
        }

        foreach (var group in port.SecurityGroupIds)
        {
            book.Add(new(NeutronObjects.SecurityGroup, group, HintEvents.Members));
        }
    }

    static string OwnerOf(string type) => type switch
    {
        NeutronObjects.SecurityGroupRule => "security_group_id",
        NeutronObjects.SubPort => "trunk_id",
        _ => "network_id",
    };
}
