using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Notices;
using Cascade.Contracts.Neutron.Objects;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Notices;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.L2Proxy.Notices;

/// <summary>Objects that the server pushes whenever they change, whole ones, or only the id of what was deleted.</summary>
internal sealed class Pushes(HintBook book) : IHandle<Push>
{
    public Task<JsonNode?> HandleAsync(Push call, RpcContext context, CancellationToken cancelled)
    {
        foreach (var resource in call.Resources())
        {
            if (resource.Text("id") is { } id)
            {
                book.Add(Of(resource, id, call.IsDeletion ? HintEvents.Deleted : HintEvents.Changed));
            }
            else if (resource.Name == NeutronObjects.SubPort && resource.Text("port_id") is { } port)
            {
                // neutron/objects/trunk.py: SubPort has no id, its port is its key.
                book.Add(new(NeutronObjects.SubPort, port, call.IsDeletion ? HintEvents.Deleted : HintEvents.Changed) { Owner = resource.Text("trunk_id") });
            }
        }

        return Nothing.Said;
    }

    static Hint Of(VersionedObject resource, string id, HintEvents events) =>
        resource.Name == NeutronObjects.Port && NeutronPort.Read(resource) is { } port
            ? PortNotices.Of(port, events)
            : new(resource.Name, id, events) { Owner = resource.Text(OwnerOf(resource.Name)) };

    static string OwnerOf(string type) => type switch
    {
        NeutronObjects.SecurityGroupRule => "security_group_id",
        NeutronObjects.SubPort => "trunk_id",
        _ => "network_id",
    };
}
