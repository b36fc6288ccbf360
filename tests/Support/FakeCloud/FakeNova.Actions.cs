using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Actions and tags.</summary>
public sealed partial class FakeNova
{
    private FakeAnswer Act(FakeCall call, FakeServer server)
    {
        var (word, argument) = call.Body().Single();
        if (word is not ("os-getConsoleOutput" or "lock" or "unlock" or "os-resetState"))
        {
            CheckLock(call, server);
        }

        switch (word)
        {
            case "pause" or "unpause" or "suspend" or "resume" or "trigger_crash_dump" or "changePassword" or "lock" or "unlock" or "os-resetState":
                return ActOnGuest(call, server, word, argument);
            case "os-start":
                // nova/compute/api.py: start, check_instance_state(vm_state=[STOPPED]).
                Demand(server, "start", "stopped");
                Begin(server, "powering-on", "start", one =>
                {
                    (one.VmState, one.PowerState) = ("active", 1);
                    cloud.Neutron.Plug(one, runs: true);
                });
                return FakeAnswer.Empty(202);
            case "os-stop":
                // force_stop: check_instance_state(must_have_launched=True), vm_state ACTIVE and ERROR (and others that the fake has not).
                Demand(server, "stop", "active", "error");
                Begin(server, "powering-off", "stop", one =>
                {
                    (one.VmState, one.PowerState) = ("stopped", 4);
                    cloud.Neutron.Plug(one, runs: false);
                });
                return FakeAnswer.Empty(202);
            case "reboot":
                var hard = (string?)argument!["type"] == "HARD";
                Demand(server, "reboot", hard ? ["active", "stopped", "error"] : ["active"]);
                Begin(server, hard ? "rebooting_hard" : "rebooting", "reboot", one => (one.VmState, one.PowerState) = ("active", 1));
                return FakeAnswer.Empty(202);
            case "forceDelete":
                return Delete(server) with { Status = 202 };
            case "os-getConsoleOutput":
                return ConsoleOutput(server, (int?)argument?["length"]);
            default:
                throw new FakeRefusal(400, $"There is no such action: {word}");
        }
    }

    private void Begin(FakeServer server, string taskState, string verb, Action<FakeServer> end)
    {
        server.TaskState = taskState;
        Save(server);
        Later(server, verb, one =>
        {
            end(one);
            one.TaskState = null;
            Save(one);
        });
    }

    private static void Demand(FakeServer server, string method, params IReadOnlyList<string> states)
    {
        if (!states.Contains(server.VmState))
        {
            throw new FakeRefusal(409, $"Cannot '{method}' instance {server.Id} while it is in vm_state {server.VmState}");
        }

        if (server.TaskState is { } busy)
        {
            throw new FakeRefusal(409, $"Cannot '{method}' instance {server.Id} while it is in task_state {busy}");
        }
    }

    private static FakeAnswer ConsoleOutput(FakeServer server, int? length)
    {
        if (server.Host is null)
        {
            throw new FakeRefusal(409, $"Instance {server.Id} is not ready");
        }

        var lines = server.Console.Split('\n');
        var text = length is { } count ? string.Join('\n', lines.TakeLast(count)) : server.Console;
        return FakeAnswer.Json(200, new JsonObject { ["output"] = text });
    }

    private static FakeAnswer Tags(FakeCall call, FakeServer server, string[] rest)
    {
        if (call.Method != "GET")
        {
            DemandKnown(server, "tags");
        }

        switch (call.Method, rest)
        {
            case ("GET", []):
                break;
            case ("PUT", []):
                server.Tags.Clear();
                server.Tags.AddRange(call.Body()["tags"]!.AsArray().Select(tag => (string)tag!));
                break;
            case ("PUT", [var tag]):
                var isNew = !server.Tags.Contains(tag);
                if (isNew)
                {
                    server.Tags.Add(tag);
                }

                return FakeAnswer.Empty(isNew ? 201 : 204);
            case ("DELETE", [var tag]):
                return server.Tags.Remove(tag) ? FakeAnswer.Empty(204) : throw new FakeRefusal(404, $"Server {server.Id} has no tag '{tag}'");
            default:
                throw new FakeRefusal(405, "Method not allowed");
        }

        return FakeAnswer.Json(200, new JsonObject { ["tags"] = new JsonArray([.. server.Tags.Select(tag => JsonValue.Create(tag))]) });
    }
}
