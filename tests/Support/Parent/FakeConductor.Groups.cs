using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Support.Parent;

/// <summary>Server groups, which are in the API database.</summary>
public sealed partial class FakeConductor
{
    readonly List<JsonObject> groups = [];

    /// <summary>A group as <c>openstack server group create</c> makes it.</summary>
    /// <returns>Its id.</returns>
    public string AddGroup(string name, string policy, int? mostPerHost = null, params IReadOnlyList<string> members)
    {
        lock (one)
        {
            var uuid = Guid.NewGuid().ToString("D");
            groups.Add(new()
            {
                ["id"] = nextId++,
                ["uuid"] = uuid,
                ["name"] = name,
                ["policy"] = policy,
                ["policies"] = new JsonArray(policy),
                ["_rules"] = mostPerHost is null ? new JsonObject() : new JsonObject { ["max_server_per_host"] = $"{mostPerHost}" },
                ["members"] = new JsonArray([.. members]),
            });
            return uuid;
        }
    }

    JsonObject FindGroup(string field, JsonNode? value) => !HasApiDatabase
        ? throw new RpcFault("oslo_db.exception", "CantStartEngineError", "No sql_connection parameter is established")
        : groups.Find(row => Is(row, field, value)) is { } found
            ? Envelope("InstanceGroup", found)
            : throw new RpcFault("nova.exception", "InstanceGroupNotFound", $"Instance group {value} could not be found.", new() { ["code"] = 404 });

    /// <summary>nova/objects/instance_group.py: get_hosts.</summary>
    JsonArray GroupHosts(VersionedObject group, JsonObject kwargs)
    {
        var except = (kwargs["exclude"] as JsonArray ?? []).Select(uuid => (string?)uuid).ToHashSet();
        var hosts = (group.Data["members"] as JsonArray ?? [])
            .Select(uuid => (string)uuid!)
            .Where(uuid => !except.Contains(uuid) && instances.TryGetValue(uuid, out var row) && !IsDeleted(row))
            .Select(uuid => (string?)instances[uuid]["host"])
            .OfType<string>()
            .Distinct();
        return new([.. hosts]);
    }

    JsonArray UuidsOn(JsonNode? host) => new([.. instances.Values.Where(row => Is(row, "host", host) && !IsDeleted(row)).Select(row => row["uuid"]!.DeepClone())]);

    /// <summary>nova/db/main/api.py: migration_get_in_progress_by_host_and_node; a finished resize is not over.</summary>
    JsonObject InProgress(JsonNode? host, JsonNode? node) => MigrationList(row =>
        ((Is(row, "source_compute", host) && Is(row, "source_node", node)) || (Is(row, "dest_compute", host) && Is(row, "dest_node", node)))
        && (string?)row["status"] is not ("confirmed" or "reverted" or "error" or "failed" or "completed" or "cancelled" or "done"));
}
