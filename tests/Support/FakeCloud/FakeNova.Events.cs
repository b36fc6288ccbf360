using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>What other services tell of servers (nova/api/openstack/compute/server_external_events.py: create).</summary>
public sealed partial class FakeNova
{
    private FakeAnswer Hear(FakeCall call)
    {
        if (!call.IsAdmin && !call.Token!.Roles.Contains("service"))
        {
            throw new FakeRefusal(403, "Policy doesn't allow os_compute_api:os-server-external-events:create to be performed.");
        }

        var events = call.Body()["events"]!.AsArray().Select(one => one!.AsObject()).ToList();
        if (!events.Exists(one => servers.ContainsKey((string)one["server_uuid"]!)))
        {
            throw new FakeRefusal(404, "No instances found for any event");
        }

        var heard = events.Select(one =>
        {
            var answer = (JsonObject)one.DeepClone();
            var known = servers.ContainsKey((string)one["server_uuid"]!);
            (answer["status"], answer["code"]) = (known ? "completed" : "failed", known ? 200 : 404);
            return answer;
        }).ToList();
        return FakeAnswer.Json(heard.Exists(one => (int)one["code"]! is not 200) ? 207 : 200, new JsonObject { ["events"] = new JsonArray([.. heard]) });
    }
}
