using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Server groups (nova/api/openstack/compute/server_groups.py), microversion 2.64 and later.</summary>
public sealed partial class FakeNova
{
    private readonly List<FakeGroup> groups = [];

    public IReadOnlyList<FakeGroup> Groups => Read(() => groups.ToList());

    /// <summary>Quota of every project; -1 is none.</summary>
    public int MaxServerGroups { get; set; } = -1;

    /// <summary>Puts a group there that nobody asked for.</summary>
    public FakeGroup PlantGroup(string name, string policy, string projectId, string userId, string? id = null) => cloud.Locked(() =>
    {
        var group = new FakeGroup(id ?? Guid.NewGuid().ToString(), name, policy, projectId, userId);
        groups.Add(group);
        return group;
    });

    private FakeAnswer ServerGroups(FakeCall call, string[] rest)
    {
        switch (call.Method, rest)
        {
            case ("GET", []):
                var shown = groups.Where(group => group.ProjectId == call.ProjectId || (call.IsAdmin && call.Asked("all_projects") is not null));
                return FakeAnswer.Json(200, new JsonObject { ["server_groups"] = new JsonArray([.. shown.Select(View)]) });
            case ("POST", []):
                var asked = call.Body()["server_group"]!;
                if (MaxServerGroups >= 0 && groups.Count(group => group.ProjectId == call.ProjectId) >= MaxServerGroups)
                {
                    throw new FakeRefusal(403, "Quota exceeded, too many server groups.");
                }

                var made = new FakeGroup(Guid.NewGuid().ToString(), (string)asked["name"]!, (string)asked["policy"]!, call.ProjectId, call.Token!.UserId);
                groups.Add(made);
                return FakeAnswer.Json(200, new JsonObject { ["server_group"] = View(made) });
            case ("DELETE", [var id]):
                return groups.RemoveAll(group => group.Id == id && (group.ProjectId == call.ProjectId || call.IsAdmin)) > 0
                    ? FakeAnswer.Empty(204)
                    : throw new FakeRefusal(404, $"Instance group {id} could not be found.");
            default:
                throw new FakeRefusal(404, "The resource could not be found.");
        }
    }

    // nova/compute/api.py: _get_requested_instance_group.
    private void CheckGroup(JsonObject body)
    {
        if ((string?)body["os:scheduler_hints"]?["group"] is { } id && !groups.Exists(group => group.Id == id))
        {
            throw new FakeRefusal(400, $"Instance group {id} could not be found.");
        }
    }

    private JsonObject View(FakeGroup group) => new()
    {
        ["id"] = group.Id, ["name"] = group.Name, ["policy"] = group.Policy, ["rules"] = new JsonObject(), ["project_id"] = group.ProjectId, ["user_id"] = group.UserId,
        ["members"] = new JsonArray([.. servers.Values
            .Where(server => !server.Deleted && (string?)server.Asked["os:scheduler_hints"]?["group"] == group.Id)
            .Select(server => JsonValue.Create(server.Id))]),
    };
}

/// <summary>A server group of the fake; its members are the servers that named it.</summary>
public sealed record FakeGroup(string Id, string Name, string Policy, string ProjectId, string UserId);
