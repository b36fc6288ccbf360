using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Support.Parent;

public sealed partial class FakeConductor
{
    readonly Dictionary<string, JsonObject> instances = [];
    readonly List<JsonObject> faults = [];
    readonly List<JsonObject> bdms = [];
    readonly List<string> cleanedConsoles = [];

    public IReadOnlyList<string> CleanedConsoles
    {
        get
        {
            lock (one)
            {
                return [.. cleanedConsoles];
            }
        }
    }

    /// <summary>The row, deleted or not; null when there never was one.</summary>
    public JsonObject? Instance(string uuid)
    {
        lock (one)
        {
            return instances.TryGetValue(uuid, out var row) ? Clone(row) : null;
        }
    }

    public IReadOnlyList<JsonObject> Instances()
    {
        lock (one)
        {
            return [.. instances.Values.Select(Clone)];
        }
    }

    public IReadOnlyList<JsonObject> Faults(string uuid)
    {
        lock (one)
        {
            return [.. faults.Where(fault => Is(fault, "instance_uuid", uuid)).Select(Clone)];
        }
    }

    /// <summary>Puts a row in as nova-api and nova-conductor do before the cast.</summary>
    public void AddInstance(JsonObject row)
    {
        lock (one)
        {
            var kept = Clone(row);
            kept["id"] = nextId++;
            instances.Add(kept["uuid"]!.GetValue<string>(), kept);
        }
    }

    /// <summary>The block device mappings of an instance, in the order of their making.</summary>
    public IReadOnlyList<JsonObject> Bdms(string uuid)
    {
        lock (one)
        {
            return [.. bdms.Where(bdm => Is(bdm, "instance_uuid", uuid)).Select(Clone)];
        }
    }

    /// <summary>Changes a mapping as nova-api does.</summary>
    public void EditBdm(string uuid, Func<JsonObject, bool> which, Action<JsonObject> edit)
    {
        lock (one)
        {
            edit(bdms.Single(bdm => Is(bdm, "instance_uuid", uuid) && which(bdm)));
        }
    }

    public void AddBdm(JsonObject row)
    {
        lock (one)
        {
            bdms.Add(Clone(row));
        }
    }

    /// <summary>A database id that no row has yet.</summary>
    public long NewId()
    {
        lock (one)
        {
            return nextId++;
        }
    }

    /// <summary>Changes a row as nova-api does, for instance the task state before a cast.</summary>
    public void EditInstance(string uuid, Action<JsonObject> edit)
    {
        lock (one)
        {
            edit(instances[uuid]);
        }

        Touched();
    }

    JsonObject Find(RpcContext context, string uuid)
    {
        var all = context.Members["read_deleted"]?.GetValue<string>() == "yes";
        return instances.TryGetValue(uuid, out var row)
            && (all || !IsDeleted(row))
            && (context.IsAdmin || Is(row, "project_id", context.ProjectId))
                ? row
                : throw new RpcFault(
                    "nova.exception", "InstanceNotFound", $"Instance {uuid} could not be found.", new() { ["instance_id"] = uuid, ["code"] = 404 });
    }

    static bool IsDeleted(JsonObject row) => row["deleted"] is JsonValue value && value.GetValueKind() is not JsonValueKind.False and not JsonValueKind.Null;

    JsonObject InstanceList(RpcContext context, Func<JsonObject, bool> which)
    {
        var all = context.Members["read_deleted"]?.GetValue<string>() == "yes";
        var found = instances.Values.Where(row => (all || !IsDeleted(row)) && which(row)).Select(row => (JsonNode)Envelope("Instance", row));
        return Envelope("InstanceList", new() { ["objects"] = new JsonArray([.. found]) });
    }

    static bool Matches(JsonObject row, JsonObject filters) => filters.All(filter => filter.Value switch
    {
        JsonArray any => any.Any(value => value is not null && Is(row, filter.Key, value)),
        var value when filter.Key == "deleted" => IsDeleted(row) == (bool)value!,
        var value => Is(row, filter.Key, value),
    });

    JsonObject SaveInstance(RpcContext context, VersionedObject target, JsonObject kwargs)
    {
        if (target.Changes.Count == 0)
        {
            return [];
        }

        var row = Find(context, target.Text("uuid")!);
        if (kwargs.TryGetPropertyValue("expected_task_state", out var wanted))
        {
            CheckTaskState(row, wanted);
        }

        // Whole replacement of metadata and system_metadata falls out of taking over the field (nova/objects/instance.py: save).
        Apply(row, target);
        row["updated_at"] = Now();
        var updates = Clone(row);
        foreach (var nested in (string[])["flavor", "info_cache", "keypairs", "security_groups", "pci_requests"])
        {
            updates.Remove(nested);
        }

        return updates;
    }

    static void CheckTaskState(JsonObject row, JsonNode? wanted)
    {
        var expected = wanted is JsonArray many ? many.Select(state => state?.GetValue<string>()).ToArray() : [wanted?.GetValue<string>()];
        var actual = row["task_state"]?.GetValue<string>();
        if (expected.Contains(actual))
        {
            return;
        }

        // nova/db/main/api.py: _instance_update.
        var deleting = actual == "deleting";
        var uuid = row["uuid"]!.GetValue<string>();
        throw new RpcFault(
            "nova.exception",
            deleting ? "UnexpectedDeletingTaskStateError" : "UnexpectedTaskStateError",
            $"Conflict updating instance {uuid}. Expected: {{'task_state': [{string.Join(", ", expected.Select(Python))}]}}. Actual: {{'task_state': {Python(actual)}}}",
            new()
            {
                ["instance_uuid"] = uuid,
                ["expected"] = new JsonObject { ["task_state"] = new JsonArray([.. expected.Select(state => (JsonNode?)state)]) },
                ["actual"] = new JsonObject { ["task_state"] = actual },
                ["code"] = 500,
            });
    }

    static string Python(string? text) => text is null ? "None" : $"'{text}'";

    JsonObject DestroyInstance(RpcContext context, VersionedObject target)
    {
        var row = Find(context, target.Text("uuid")!);
        if (!Is(row, "host", target.Text("host")))
        {
            // nova/objects/instance.py: destroy is constrained to the host it was read with.
            throw new RpcFault("nova.exception", "ObjectActionError", "Object action destroy failed because: host changed");
        }

        row["deleted"] = true;
        row["deleted_at"] = Now();
        bdms.RemoveAll(bdm => Is(bdm, "instance_uuid", row["uuid"]));
        return Clone(row);
    }

    JsonObject CreateFault(VersionedObject target)
    {
        var row = new JsonObject { ["id"] = nextId++, ["created_at"] = Now() };
        Apply(row, target);
        faults.Add(row);
        return Clone(row);
    }

    JsonObject BdmList(params string[] uuids) => Envelope("BlockDeviceMappingList", new()
    {
        ["objects"] = new JsonArray([.. bdms.Where(bdm => uuids.Any(uuid => Is(bdm, "instance_uuid", uuid))).Select(bdm => (JsonNode)Envelope("BlockDeviceMapping", bdm))]),
    });

    /// <summary>nova/objects/block_device.py: create gives it an id and a uuid, and refuses one that has an id.</summary>
    JsonObject CreateBdm(VersionedObject target)
    {
        if (target.Data.ContainsKey("id"))
        {
            throw new RpcFault("nova.exception", "ObjectActionError", "Object action create failed because: already created");
        }

        var row = new JsonObject { ["id"] = nextId++, ["uuid"] = Guid.NewGuid().ToString("D"), ["created_at"] = Now(), ["attachment_id"] = null, ["connection_info"] = null, ["volume_size"] = null, ["delete_on_termination"] = false };
        Apply(row, target);
        bdms.Add(row);
        return Clone(row);
    }

    JsonObject FindBdm(string volume, string uuid) => bdms.Find(bdm => Is(bdm, "volume_id", volume) && Is(bdm, "instance_uuid", uuid)) is { } row
        ? Envelope("BlockDeviceMapping", row)
        : throw new RpcFault("nova.exception", "VolumeBDMNotFound", $"No volume Block Device Mapping with id {volume}.", new() { ["volume_id"] = volume, ["code"] = 404 });

    JsonObject SaveBdm(VersionedObject target)
    {
        var row = bdms.Find(bdm => Number(bdm, "id") == target.Number("id"))
            // nova/objects/block_device.py: save, of a row that is gone.
            ?? throw new RpcFault("nova.exception", "BDMNotFound", $"No Block Device Mapping with id {target.Number("id")}.", new() { ["code"] = 404 });
        Apply(row, target);
        return Clone(row);
    }

    JsonObject DestroyBdm(VersionedObject target)
    {
        bdms.RemoveAll(bdm => Number(bdm, "id") == target.Number("id"));
        return [];
    }

    JsonNode? CleanConsoles(string uuid)
    {
        cleanedConsoles.Add(uuid);
        return null;
    }
}
