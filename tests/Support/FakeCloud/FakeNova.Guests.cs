using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>What is asked of a guest that is there: pause and suspend, its password, a crash dump, diagnostics, consoles; and what an operator does to a server.</summary>
public sealed partial class FakeNova
{
    /// <summary>Whether the guest's agent takes a password: null does, else the status and text that nova-api answers with.</summary>
    public (int Status, string Text)? PasswordRefusal { get; set; }

    /// <summary>What becomes of a crash dump: null is done, else why not.</summary>
    public string? CrashDumpRefusal { get; set; }

    /// <summary>What the consoles are refused with, null for none.</summary>
    public (int Status, string Text)? ConsoleRefusal { get; set; }

    /// <summary>What is added to every console's address.</summary>
    public string ConsoleBase { get; set; } = "http://127.0.0.1:6080/vnc_auto.html";

    private FakeAnswer ActOnGuest(FakeCall call, FakeServer server, string word, JsonNode? argument)
    {
        switch (word)
        {
            // nova/compute/api.py: pause, unpause, suspend, resume: check_instance_state.
            case "pause":
                Demand(server, "pause", "active");
                Begin(server, "pausing", "pause", one => (one.VmState, one.PowerState) = ("paused", 3));
                return FakeAnswer.Empty(202);
            case "unpause":
                Demand(server, "unpause", "paused");
                Begin(server, "unpausing", "unpause", one => (one.VmState, one.PowerState) = ("active", 1));
                return FakeAnswer.Empty(202);
            case "suspend":
                Demand(server, "suspend", "active");
                // libvirt saves the domain and it is off (nova/virt/libvirt/driver.py: suspend).
                Begin(server, "suspending", "suspend", one => (one.VmState, one.PowerState) = ("suspended", 4));
                return FakeAnswer.Empty(202);
            case "resume":
                Demand(server, "resume", "suspended");
                Begin(server, "resuming", "resume", one => (one.VmState, one.PowerState) = ("active", 1));
                return FakeAnswer.Empty(202);
            case "trigger_crash_dump":
                return Dump(call, server);
            case "changePassword":
                return SetPassword(server, (string)argument!["adminPass"]!);
            case "lock":
                // lock: locked_by is the owner when the request is of the server's project.
                server.LockedBy = call.ProjectId == server.ProjectId ? "owner" : "admin";
                server.LockedReason = call.Knows(2, 73) ? (string?)(argument as JsonObject)?["locked_reason"] : null;
                return FakeAnswer.Empty(202);
            case "unlock":
                if (server.LockedBy is "admin")
                {
                    Admin(call, "os_compute_api:os-lock-server:unlock:unlock_override");
                }

                (server.LockedBy, server.LockedReason) = (null, null);
                return FakeAnswer.Empty(202);
            default:
                // admin_actions.py: _reset_state.
                Admin(call, "os_compute_api:os-admin-actions:reset_state");
                (server.VmState, server.TaskState) = ((string)argument!["state"]!, null);
                server.Steps.Clear();
                Save(server);
                return FakeAnswer.Empty(202);
        }
    }

    /// <summary>Changes no state; the action's event says how it went (compute/manager.py: trigger_crash_dump).</summary>
    private FakeAnswer Dump(FakeCall call, FakeServer server)
    {
        if (!call.Knows(2, 17))
        {
            throw new FakeRefusal(400, "There is no such action: trigger_crash_dump");
        }

        Demand(server, "trigger_crash_dump", "active", "paused", "rescued", "resized", "error");
        var action = new FakeActionTaken("trigger_crash_dump", $"req-{Guid.NewGuid():D}", call.Token!.UserId, Second(cloud.Now)) { Event = "compute_trigger_crash_dump" };
        server.ActionsTaken.Add(action);
        Later(server, "dump", _ => (action.Result, action.Details) = CrashDumpRefusal is { } why ? ("Error", why) : ("Success", null));
        return FakeAnswer.Empty(202);
    }

    private FakeAnswer SetPassword(FakeServer server, string password)
    {
        Demand(server, "changePassword", "active");
        if (PasswordRefusal is { } refusal)
        {
            throw new FakeRefusal(refusal.Status, refusal.Text);
        }

        server.Password = password;
        return FakeAnswer.Empty(202);
    }

    /// <summary>nova/compute/api.py: check_instance_lock.</summary>
    private static void CheckLock(FakeCall call, FakeServer server)
    {
        if (server.LockedBy is not null && !call.IsAdmin)
        {
            throw new FakeRefusal(409, $"Instance {server.Id} is locked");
        }
    }

    // servers.py: _update; schemas/servers.py: update_v219, update_v290.
    private FakeAnswer Update(FakeCall call, FakeServer server)
    {
        var wanted = call.Body()["server"]!.AsObject();
        foreach (var (member, value) in wanted)
        {
            switch (member)
            {
                case "name":
                    server.Name = (string)value!;
                    break;
                case "description" when call.Knows(2, 19):
                    server.Description = (string?)value;
                    break;
                case "hostname" when call.Knows(2, 90):
                    server.Hostname = (string?)value;
                    break;
                default:
                    throw new FakeRefusal(400, $"Additional properties are not allowed ('{member}' was unexpected)");
            }
        }

        Save(server);
        return FakeAnswer.Json(200, new JsonObject { ["server"] = View(call, server) });
    }

    private static FakeAnswer ReplaceMetadata(FakeCall call, FakeServer server)
    {
        CheckLock(call, server);
        DemandKnown(server, "update metadata");
        var wanted = call.Body()["metadata"]!.AsObject();
        if (wanted.Count > 128)
        {
            throw new FakeRefusal(403, "Quota exceeded for metadata items");
        }

        server.Metadata.Clear();
        foreach (var (key, value) in wanted)
        {
            server.Metadata[key] = (string)value!;
        }

        return FakeAnswer.Json(200, new JsonObject { ["metadata"] = wanted.DeepClone() });
    }

    /// <summary>nova/compute/api.py: update_instance_metadata; server_tags.py: _check_instance_in_valid_state. Whatever its task.</summary>
    private static void DemandKnown(FakeServer server, string method)
    {
        if (server.VmState is not ("active" or "paused" or "suspended" or "stopped"))
        {
            throw new FakeRefusal(409, $"Cannot '{method}' instance {server.Id} while it is in vm_state {server.VmState}");
        }
    }

    // server_diagnostics.py: index.
    private static FakeAnswer Diagnostics(FakeCall call, FakeServer server)
    {
        Admin(call, "os_compute_api:os-server-diagnostics");
        if (server.PowerState != 1)
        {
            throw new FakeRefusal(409, $"Cannot 'get_diagnostics' instance {server.Id} while it is in power state shutdown");
        }

        return FakeAnswer.Json(200, call.Knows(2, 48)
            ? new JsonObject
            {
                ["state"] = "running", ["driver"] = "libvirt", ["hypervisor"] = "kvm", ["hypervisor_os"] = "linux", ["uptime"] = 46664, ["config_drive"] = true,
                ["num_cpus"] = 1, ["num_nics"] = 1, ["num_disks"] = 1,
                ["cpu_details"] = new JsonArray(new JsonObject { ["id"] = 0, ["time"] = 17300000000, ["utilisation"] = null }),
                ["nic_details"] = new JsonArray(new JsonObject { ["mac_address"] = "fa:16:3e:00:00:01", ["rx_octets"] = 2070139, ["tx_octets"] = 140208 }),
                ["disk_details"] = new JsonArray(new JsonObject { ["read_bytes"] = 262144, ["errors_count"] = 1 }),
                ["memory_details"] = new JsonObject { ["maximum"] = 524288, ["used"] = 0 },
            }
            : new JsonObject { ["cpu0_time"] = 17300000000, ["memory"] = 524288, ["vda_read"] = 262144 });
    }

    // instance_actions.py: index, show.
    private static FakeAnswer ActionsOf(FakeCall call, FakeServer server, string[] rest)
    {
        if (rest is [])
        {
            return FakeAnswer.Json(200, new JsonObject { ["instanceActions"] = new JsonArray([.. server.ActionsTaken.AsEnumerable().Reverse().Select(taken => (JsonNode)Shown(taken))]) });
        }

        var one = server.ActionsTaken.SingleOrDefault(taken => taken.RequestId == rest[0]) ?? throw new FakeRefusal(404, $"Action for request_id {rest[0]} not found");
        var view = Shown(one);
        if (call.IsAdmin || call.Knows(2, 51))
        {
            var happened = new JsonObject { ["event"] = one.Event, ["start_time"] = Naive(one.Started), ["finish_time"] = null, ["result"] = one.Result };
            if (call.Knows(2, 84))
            {
                happened["details"] = one.Details;
            }

            view["events"] = new JsonArray(happened);
        }

        return FakeAnswer.Json(200, new JsonObject { ["instanceAction"] = view });

        static JsonObject Shown(FakeActionTaken taken) => new()
        {
            ["action"] = taken.Action, ["request_id"] = taken.RequestId, ["user_id"] = taken.UserId, ["start_time"] = Naive(taken.Started), ["message"] = null,
        };
    }

    // remote_consoles.py: create.
    private FakeAnswer Console(FakeCall call, FakeServer server)
    {
        var asked = call.Body()["remote_console"]!;
        var (protocol, type) = ((string?)asked["protocol"], (string?)asked["type"]);
        if (ConsoleRefusal is { } refusal)
        {
            throw new FakeRefusal(refusal.Status, refusal.Text);
        }

        if (type is "webmks" && !call.Knows(2, 8))
        {
            throw new FakeRefusal(400, "Invalid input for field/attribute protocol");
        }

        return FakeAnswer.Json(200, new JsonObject
        {
            ["remote_console"] = new JsonObject
            {
                ["protocol"] = protocol,
                ["type"] = type,
                ["url"] = protocol is "vnc" ? $"{ConsoleBase}?path=%3Ftoken%3D{server.Id}" : $"ws://127.0.0.1:6083/?token={server.Id}",
            },
        });
    }
}
