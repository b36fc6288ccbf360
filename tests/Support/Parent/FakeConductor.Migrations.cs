using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Support.Parent;

/// <summary>Migration records, and resizes that are handed back.</summary>
public sealed partial class FakeConductor
{
    readonly List<JsonObject> migrations = [];
    readonly List<JsonObject> resizesGivenBack = [];

    /// <summary>Calls of migrate_server: what was handed back for another host.</summary>
    public IReadOnlyList<JsonObject> ResizesGivenBack
    {
        get
        {
            lock (one)
            {
                return [.. resizesGivenBack];
            }
        }
    }

    /// <summary>When false, no host is left for a resize that is handed back.</summary>
    public bool HasAnotherHost { get; set; } = true;

    /// <summary>All migrations of an instance, oldest first.</summary>
    public IReadOnlyList<JsonObject> Migrations(string uuid)
    {
        lock (one)
        {
            return [.. migrations.Where(row => Is(row, "instance_uuid", uuid)).Select(Clone)];
        }
    }

    /// <summary>Puts a record in as the conductor does before it sends prep_resize; the row as it is kept.</summary>
    public JsonObject AddMigration(JsonObject row)
    {
        lock (one)
        {
            var kept = Clone(row);
            kept["id"] = nextId++;
            kept["uuid"] ??= Guid.NewGuid().ToString("D");
            kept["updated_at"] = Now();
            migrations.Add(kept);
            return Clone(kept);
        }
    }

    public void EditMigration(string uuid, Action<JsonObject> edit)
    {
        lock (one)
        {
            edit(migrations.Single(row => Is(row, "uuid", uuid)));
        }

        Touched();
    }

    JsonObject FindMigration(JsonNode id) =>
        migrations.FirstOrDefault(row => Number(row, "id") == id.GetValue<long>()) is { } found
            ? Envelope("Migration", found)
            : throw new RpcFault("nova.exception", "MigrationNotFound", $"Migration {id} could not be found.", new() { ["code"] = 404 });

    JsonObject MigrationList(Func<JsonObject, bool> which) => Envelope("MigrationList", new()
    {
        ["objects"] = new JsonArray([.. migrations.Where(which).Select(row => (JsonNode)Envelope("Migration", row))]),
    });

    /// <summary>nova/db/main/api.py: migration_get_unconfirmed_by_dest_compute.</summary>
    JsonObject Unconfirmed(JsonArray args)
    {
        var before = time.GetUtcNow().UtcDateTime - TimeSpan.FromSeconds(args[0]!.GetValue<int>());
        return MigrationList(row => Is(row, "dest_compute", args[1]) && Is(row, "status", "finished")
            && DateTimeOffset.Parse(row["updated_at"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture).UtcDateTime <= before);
    }

    JsonObject SaveMigration(VersionedObject target)
    {
        var row = migrations.Single(one => Number(one, "id") == target.Number("id"));
        Apply(row, target);
        row["updated_at"] = Now();
        return Clone(row);
    }

    JsonObject DropMigrationContext(RpcContext context, VersionedObject target)
    {
        Find(context, target.Text("uuid")!)["migration_context"] = null;
        return [];
    }

    /// <summary>nova/conductor/manager.py: _cold_migrate: without another host the migration is an error and the instance what it was.</summary>
    JsonNode? MigrateServer(FakeConductorCall call)
    {
        if (HasAnotherHost)
        {
            resizesGivenBack.Add(call.Arguments);
            return null;
        }

        var row = instances[VersionedObject.Read(call.Arguments["instance"]).Text("uuid")!];
        row["task_state"] = null;
        foreach (var migration in migrations.Where(one => Is(one, "instance_uuid", row["uuid"]) && Is(one, "status", "pre-migrating")))
        {
            migration["status"] = "error";
        }

        throw new RpcFault("nova.exception", "NoValidHost", "No valid host was found. No valid host found for resize", new() { ["code"] = 500 });
    }
}
