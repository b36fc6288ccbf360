using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Power;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>
/// What natively the destination and the source write one after the other, here both us (nova/compute/manager.py: _prep_resize, _resize_instance,
/// _finish_resize; compute/resource_tracker.py: _move_claim). Each step may be done again.
/// </summary>
internal sealed class ResizeSteps(Instances instances, Migrations migrations, HostIdentity identity, HostAddress address, TimeProvider time)
{
    public async Task ClaimAsync(VersionedObject row, VersionedObject flavor, VersionedObject migration, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var trio = FlavorTrio.Of(row.Data["flavor"], row.Data["old_flavor"], flavor.ToJson());
        await instances.SaveSystemMetadataAsync(context, uuid, metadata => OldVmState.Put(metadata, row.Text("vm_state")), trio, null, cancelled);
        var claim = new JsonObject
        {
            ["dest_compute"] = identity.Host,
            ["dest_node"] = identity.NodeName,
            ["dest_host"] = address.MyIp,
            ["status"] = MigrationStates.PreMigrating,
        };
        if (migration.Has("dest_compute_id"))
        {
            claim["dest_compute_id"] = identity.ComputeNodeId;
        }

        await migrations.SaveAsync(context, migration, claim, cancelled);
        await instances.SaveAsync(context, uuid, new() { ["migration_context"] = ContextOf(uuid, migration).ToJson() }, null, cancelled);
    }

    public async Task MigratingAsync(VersionedObject row, VersionedObject migration, RpcContext context, CancellationToken cancelled)
    {
        await migrations.SaveAsync(context, migration, MigrationStates.Migrating, cancelled);
        var changes = new JsonObject { ["task_state"] = TaskStates.ResizeMigrating };
        await instances.SaveAsync(context, row.Text("uuid")!, changes, [TaskStates.ResizePrep], cancelled);
    }

    public async Task MigratedAsync(VersionedObject row, VersionedObject? migration, RpcContext context, CancellationToken cancelled)
    {
        await SaveAsync(migration, MigrationStates.PostMigrating, context, cancelled);
        var changes = FlavorTrio.Of(row.Data["flavor"], row.Data["flavor"], row.Data["new_flavor"]);
        changes["host"] = identity.Host;
        changes["node"] = identity.NodeName;
        changes["task_state"] = TaskStates.ResizeMigrated;
        await instances.SaveAsync(context, row.Text("uuid")!, changes, [TaskStates.ResizeMigrating], cancelled);
    }

    /// <summary>A migration to the same flavor changes none of its columns.</summary>
    public Task FinishingAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var changes = new JsonObject();
        if (row.Object("new_flavor") is { } wanted && wanted.Number("id") != row.Object("flavor")?.Number("id"))
        {
            changes = FlavorTrio.Of(row.Data["new_flavor"], row.Data["old_flavor"], row.Data["new_flavor"]);
            FlavorTrio.PutSizes(changes, wanted);
        }

        changes["task_state"] = TaskStates.ResizeFinish;
        return instances.SaveAsync(context, row.Text("uuid")!, changes, [TaskStates.ResizeMigrated], cancelled);
    }

    /// <summary>The migration alone; the instance is the last save and ends the operation.</summary>
    public Task FinishedAsync(VersionedObject? migration, RpcContext context, CancellationToken cancelled) =>
        SaveAsync(migration, MigrationStates.Finished, context, cancelled);

    public JsonObject Resized() => new()
    {
        ["vm_state"] = VmStates.Resized,
        ["task_state"] = null,
        ["launched_at"] = NovaTime.Of(time.GetUtcNow()),
    };

    /// <summary>A record that an operator purged is missed by nobody.</summary>
    Task SaveAsync(VersionedObject? migration, string status, RpcContext context, CancellationToken cancelled) =>
        migration is null ? Task.CompletedTask : migrations.SaveAsync(context, migration, status, cancelled);

    /// <summary>A guest of a child has no topology, devices or resources that the parent counts.</summary>
    static VersionedObject ContextOf(string uuid, VersionedObject migration)
    {
        var data = new JsonObject { ["instance_uuid"] = uuid, ["migration_id"] = migration.Number("id") };
        foreach (var part in (string[])["numa_topology", "pci_devices", "pci_requests", "resources"])
        {
            data[$"old_{part}"] = null;
            data[$"new_{part}"] = null;
        }

        return NovaObjects.Changed(NovaObjects.MigrationContext, data);
    }
}
