using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Interfaces of servers: <c>os-interface</c> (nova/api/openstack/compute/attach_interfaces.py).</summary>
public sealed partial class FakeNova
{
    private FakeAnswer Interfaces(FakeCall call, FakeServer server, string[] rest)
    {
        switch (call.Method, rest)
        {
            case ("GET", []):
                var all = server.Ports.Select(cloud.Neutron.InterfaceOf).Where(one => one is not null);
                return FakeAnswer.Json(200, new JsonObject { ["interfaceAttachments"] = new JsonArray([.. all]) });
            case ("GET", [var id]):
                return Interface(server, id);
            case ("POST", []):
                return Attach(call, server);
            case ("DELETE", [var id]):
                Demand(server, "detach_interface", "active", "paused", "stopped");
                if (!server.Ports.Contains(id))
                {
                    throw new FakeRefusal(404, $"Port id {id} could not be found.");
                }

                Later(server, "detach", one => cloud.Neutron.Deallocate(one, id));
                return FakeAnswer.Empty(202);
            default:
                throw new FakeRefusal(405, "Method not allowed");
        }
    }

    private FakeAnswer Attach(FakeCall call, FakeServer server)
    {
        var asked = call.Body()["interfaceAttachment"] as JsonObject ?? [];
        var (port, network, ip) = ((string?)asked["port_id"], (string?)asked["net_id"], (string?)(asked["fixed_ips"] as JsonArray)?[0]?["ip_address"]);
        if (port is not null && network is not null)
        {
            throw new FakeRefusal(400, "Must not input both network_id and port_id");
        }

        if (ip is not null && network is null)
        {
            throw new FakeRefusal(400, "Must input network_id when request IP address");
        }

        // compute/api.py: attach_interface, check_instance_state(vm_state=[ACTIVE, PAUSED, STOPPED], task_state=[None]).
        Demand(server, "attach_interface", "active", "paused", "stopped");
        var request = new JsonObject();
        Say("port", port);
        Say("uuid", network);
        Say("fixed_ip", ip);
        if (request.Count is 0)
        {
            throw new FakeRefusal(400, "No specific network was requested and none are available.");
        }

        cloud.Neutron.CheckRequest(call, request, 404);
        var made = cloud.Neutron.Attach(call, server, request);
        Later(server, "attach", one => cloud.Neutron.Plug(one, one.VmState is "active"));
        return Interface(server, made.Id);

        void Say(string name, string? value)
        {
            if (value is not null)
            {
                request[name] = value;
            }
        }
    }

    private FakeAnswer Interface(FakeServer server, string id) =>
        server.Ports.Contains(id) && cloud.Neutron.InterfaceOf(id) is { } view
            ? FakeAnswer.Json(200, new JsonObject { ["interfaceAttachment"] = view })
            : throw new FakeRefusal(404, $"Instance {server.Id} does not have a port with id {id}");
}
