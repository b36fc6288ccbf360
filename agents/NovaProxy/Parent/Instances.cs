using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Parent;

/// <summary>The parent's instances (nova/objects/instance.py). Every save is a partial object: what is not named stays as it is.</summary>
internal sealed class Instances(IConductor conductor, HostIdentity identity, ParentRelease release)
{
    /// <summary>What one needs to act on an instance in the child.</summary>
    public static readonly string[] UsualAttrs = ["info_cache", "system_metadata", "metadata", "flavor"];

    /// <summary>The instance as it is now, null when it is gone (a context with read_deleted yes also sees the deleted).</summary>
    public async Task<VersionedObject?> GetAsync(RpcContext context, string uuid, IEnumerable<string> expectedAttrs, CancellationToken cancelled)
    {
        var kwargs = new JsonObject { ["expected_attrs"] = Words(expectedAttrs), ["use_slave"] = false };
        try
        {
            var found = await conductor.ClassActionAsync(context, NovaObjects.Instance, "get_by_uuid", new(uuid), kwargs, cancelled);
            return VersionedObject.Read(found);
        }
        catch (RpcFault fault) when (fault.Is("InstanceNotFound"))
        {
            return null;
        }
    }

    /// <inheritdoc cref="GetAsync(RpcContext, string, IEnumerable{string}, CancellationToken)"/>
    public Task<VersionedObject?> GetAsync(RpcContext context, string uuid, CancellationToken cancelled) => GetAsync(context, uuid, UsualAttrs, cancelled);

    /// <summary>All instances of our host, with <see cref="UsualAttrs"/>.</summary>
    public Task<IReadOnlyList<VersionedObject>> OnHostAsync(RpcContext context, CancellationToken cancelled) => OnHostAsync(context, UsualAttrs, cancelled);

    /// <summary>All instances of our host.</summary>
    public async Task<IReadOnlyList<VersionedObject>> OnHostAsync(RpcContext context, IEnumerable<string> expectedAttrs, CancellationToken cancelled)
    {
        var kwargs = new JsonObject { ["expected_attrs"] = Words(expectedAttrs), ["use_slave"] = false };
        var found = await conductor.ClassActionAsync(context, NovaObjects.InstanceList, "get_by_host", new(identity.Host), kwargs, cancelled);
        return VersionedObject.Read(found).Objects();
    }

    /// <summary>All that ran on our host within the time, the deleted ones too (InstanceList.get_active_by_window_joined, which is not the call that goes out).</summary>
    public async Task<IReadOnlyList<VersionedObject>> ActiveAsync(
        RpcContext context, DateTimeOffset begin, DateTimeOffset end, IEnumerable<string> expectedAttrs, CancellationToken cancelled)
    {
        var args = new JsonArray(Isotime(begin), Isotime(end), null, identity.Host, Words(expectedAttrs));
        var found = await conductor.ClassActionAsync(context, NovaObjects.InstanceList, "_get_active_by_window_joined", args, new() { ["use_slave"] = false }, cancelled);
        return VersionedObject.Read(found).Objects();
    }

    /// <summary>Instances by filters (nova/db/main/api.py: instance_get_all_by_filters). A null inside a list of values matches nothing there.</summary>
    public async Task<IReadOnlyList<VersionedObject>> FindAsync(
        RpcContext context,
        JsonObject filters,
        IEnumerable<string> expectedAttrs,
        CancellationToken cancelled)
    {
        var kwargs = new JsonObject { ["expected_attrs"] = Words(expectedAttrs), ["use_slave"] = false };
        var found = await conductor.ClassActionAsync(context, NovaObjects.InstanceList, "get_by_filters", new(filters), kwargs, cancelled);
        return VersionedObject.Read(found).Objects();
    }

    /// <summary>
    /// Writes <paramref name="changes"/>, if the task state is among <paramref name="expectedTaskState"/> (null: whatever it is; a null in
    /// the list: none). When <c>node</c> changes, <c>compute_id</c> goes with it on parents that have it.
    /// </summary>
    /// <returns>The refreshed fields; merge them, <c>updated_at</c> above all.</returns>
    /// <exception cref="RpcFault">UnexpectedTaskStateError; UnexpectedDeletingTaskStateError and InstanceNotFound mean: being deleted, stop and clean up.</exception>
    public async Task<JsonObject> SaveAsync(
        RpcContext context,
        string uuid,
        JsonObject changes,
        IReadOnlyList<string?>? expectedTaskState,
        CancellationToken cancelled)
    {
        var data = changes.DeepClone().AsObject();
        if (data.ContainsKey("node") && release.KnowsComputeId && !data.ContainsKey("compute_id"))
        {
            // nova/objects/instance.py: save refuses or logs a node without its compute_id from 2.8 on.
            data["compute_id"] = data["node"] is null ? null : identity.ComputeNodeId;
        }

        var changed = data.Select(field => field.Key).ToArray();
        data["uuid"] = uuid;
        var kwargs = new JsonObject();
        if (expectedTaskState is not null)
        {
            kwargs["expected_task_state"] = expectedTaskState is [{ } one] ? one : Words(expectedTaskState);
        }

        var instance = NovaObjects.New(NovaObjects.Instance, data, changed);
        return (await conductor.ObjectActionAsync(context, instance, "save", [], kwargs, cancelled)).Updates;
    }

    /// <summary>
    /// Edits <c>system_metadata</c> beside other changes. The conductor replaces the whole dictionary, so it is read again right before:
    /// keys that others wrote meanwhile (image_*, shelved_*) would be lost otherwise.
    /// </summary>
    /// <inheritdoc cref="SaveAsync"/>
    public async Task<JsonObject> SaveSystemMetadataAsync(
        RpcContext context,
        string uuid,
        Action<JsonObject> edit,
        JsonObject otherChanges,
        IReadOnlyList<string?>? expectedTaskState,
        CancellationToken cancelled)
    {
        var now = await GetAsync(context, uuid, ["system_metadata"], cancelled) ?? throw Contracts.Nova.Faults.NovaFaults.InstanceNotFound(uuid);
        var metadata = now.Data["system_metadata"]?.DeepClone() as JsonObject
            ?? throw new JsonException($"instance {uuid}: the conductor answered without the system_metadata it was asked for");
        edit(metadata);
        var changes = otherChanges.DeepClone().AsObject();
        changes["system_metadata"] = metadata;
        return await SaveAsync(context, uuid, changes, expectedTaskState, cancelled);
    }

    /// <summary>The migration is over: events come once again (nova/objects/instance.py: drop_migration_context). None there is fine.</summary>
    public Task DropMigrationContextAsync(RpcContext context, string uuid, CancellationToken cancelled) =>
        conductor.ObjectActionAsync(context, NovaObjects.New(NovaObjects.Instance, new() { ["uuid"] = uuid }), "drop_migration_context", [], [], cancelled);

    /// <summary>Marks the row deleted: from now on the API answers 404. True also when it was gone already.</summary>
    public async Task DestroyAsync(RpcContext context, VersionedObject instance, CancellationToken cancelled)
    {
        var data = new JsonObject
        {
            ["id"] = instance.Number("id"),
            ["uuid"] = instance.Text("uuid"),
            ["host"] = instance.Text("host"),
        };
        try
        {
            await conductor.ObjectActionAsync(context, NovaObjects.New(NovaObjects.Instance, data), "destroy", [], [], cancelled);
        }
        catch (RpcFault fault) when (fault.Is("InstanceNotFound") || (fault.Is("ObjectActionError") && fault.Message.Contains("already destroyed", StringComparison.Ordinal)))
        {
        }
    }

    /// <inheritdoc cref="DestroyAsync(RpcContext, VersionedObject, CancellationToken)"/>
    public async Task DestroyAsync(RpcContext context, string uuid, CancellationToken cancelled)
    {
        if (await GetAsync(context, uuid, [], cancelled) is { } instance)
        {
            await DestroyAsync(context, instance, cancelled);
        }
    }

    static string Isotime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static JsonArray Words(IEnumerable<string?> words) => new([.. words.Select(word => (JsonNode?)word)]);
}
