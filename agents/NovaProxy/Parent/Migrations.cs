using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Parent;

/// <summary>Migration records: made by the conductor for a resize or a cold migration, kept by the computes (nova/objects/migration.py).</summary>
internal sealed class Migrations(IConductor conductor, HostIdentity identity)
{
    /// <summary>As it is now, null when an operator purged it.</summary>
    public async Task<VersionedObject?> GetAsync(RpcContext context, VersionedObject migration, CancellationToken cancelled)
    {
        try
        {
            var found = await conductor.ClassActionAsync(context.Elevated(), NovaObjects.Migration, "get_by_id", new(migration.Number("id")), [], cancelled);
            return VersionedObject.Read(found);
        }
        catch (RpcFault gone) when (gone.Is("MigrationNotFound"))
        {
            return null;
        }
    }

    /// <summary>The youngest resize or cold migration of an instance, null when it never had one.</summary>
    public async Task<VersionedObject?> LatestAsync(RpcContext context, string uuid, CancellationToken cancelled)
    {
        var filters = new JsonObject { ["instance_uuid"] = uuid };
        var found = await conductor.ClassActionAsync(context.Elevated(), NovaObjects.MigrationList, "get_by_filters", new(filters), [], cancelled);
        return VersionedObject.Read(found).Objects()
            .Where(one => one.Text("migration_type") is "resize" or "migration")
            .MaxBy(one => one.Number("id"));
    }

    /// <summary>Those of our host that wait longer than <paramref name="window"/> for somebody to confirm them.</summary>
    public async Task<IReadOnlyList<VersionedObject>> UnconfirmedAsync(TimeSpan window, CancellationToken cancelled)
    {
        var kwargs = new JsonObject { ["use_slave"] = false };
        var args = new JsonArray((int)window.TotalSeconds, identity.Host);
        var found = await conductor.ClassActionAsync(RequestIds.Admin(), NovaObjects.MigrationList, "get_unconfirmed_by_dest_compute", args, kwargs, cancelled);
        return VersionedObject.Read(found).Objects();
    }

    /// <summary>Evacuations away from our host that ended elsewhere; an instance may be deleted meanwhile (nova/compute/manager.py: _destroy_evacuated_instances).</summary>
    public async Task<IReadOnlyList<VersionedObject>> EvacuatedAsync(CancellationToken cancelled)
    {
        var filters = new JsonObject { ["source_compute"] = identity.Host, ["status"] = new JsonArray(MigrationStates.Done), ["migration_type"] = "evacuation" };
        var found = await conductor.ClassActionAsync(RequestIds.Admin(), NovaObjects.MigrationList, "get_by_filters", new(filters), [], cancelled);
        return VersionedObject.Read(found).Objects();
    }

    public Task SaveAsync(RpcContext context, VersionedObject migration, string status, CancellationToken cancelled) =>
        SaveAsync(context, migration, new JsonObject { ["status"] = status }, cancelled);

    public Task SaveAsync(RpcContext context, VersionedObject migration, JsonObject changes, CancellationToken cancelled)
    {
        var data = changes.DeepClone().AsObject();
        var changed = data.Select(field => field.Key).ToArray();
        data["id"] = migration.Number("id");
        return conductor.ObjectActionAsync(context.Elevated(), NovaObjects.New(NovaObjects.Migration, data, changed), "save", [], [], cancelled);
    }
}
