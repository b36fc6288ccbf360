using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Power;
using Cascade.NovaProxy.Servers.Snapshots;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>The ends of a shelve (nova/compute/manager.py: _shelve_instance). What is offloaded at once goes on inside the same action and its event.</summary>
internal sealed class ShelveEnd(Instances instances, SnapshotImages images, Offload offload, OrderEnd end, HostIdentity identity, ShelveOptions options, TimeProvider time)
    : ISnapshotEnd
{
    public SnapshotKind KindOf(SnapshotNote note) => SnapshotKind.Shelve;

    public async Task DoneAsync(VersionedObject row, SnapshotNote note, RpcContext context, CancellationToken cancelled)
    {
        var leaves = options.OffloadAfter == TimeSpan.Zero || StandsStill(row);
        await images.ClearChildAsync(note.ImageId, cancelled);
        var changes = new JsonObject
        {
            ["vm_state"] = VmStates.Shelved,
            ["task_state"] = leaves ? TaskStates.ShelvingOffloading : null,
            ["power_state"] = StandsStill(row) ? row.Number("power_state") : (int)PowerState.Shutdown,
        };
        string?[] expected = [TaskStates.Shelving, TaskStates.ShelvingImageUploading];
        if (!leaves)
        {
            await end.DoneAsync(row, Events.Shelve, metadata => Mark(metadata, note, keeps: false), changes, expected, context.Elevated(), cancelled);
            return;
        }

        var uuid = row.Text("uuid")!;
        await instances.SaveSystemMetadataAsync(context.Elevated(), uuid, metadata => Mark(metadata, note, keeps: true), changes, expected, cancelled);
        if (await instances.GetAsync(context.Elevated(), uuid, cancelled) is not { } shelved)
        {
            return;
        }

        try
        {
            await offload.GoOnAsync(shelved, Events.Shelve, context, cancelled);
        }
        catch (RpcFault fault) when (!fault.IsGoing())
        {
            // It is shelved, and its image whole; only that it leaves the child has failed.
            await offload.FailAsync(shelved, Events.Shelve, fault, context, cancelled);
        }
    }

    /// <summary>There must be something to unshelve from: a failure, unlike a snapshot's.</summary>
    public async Task UnwantedAsync(VersionedObject row, SnapshotNote note, RpcContext context, CancellationToken cancelled)
    {
        await images.ClearChildAsync(note.ImageId, cancelled);
        var missing = NovaFaults.Nova("ImageNotFound", $"Image {note.ImageId} could not be found.", 404, new() { ["image_id"] = note.ImageId });
        await FailedAsync(row, note, missing, context, cancelled);
    }

    public Task FailedAsync(VersionedObject row, SnapshotNote note, Exception why, RpcContext context, CancellationToken cancelled) =>
        end.FailedAsync(row, Events.Shelve, why, SnapshotNote.Remove, [], context.Elevated(), cancelled);

    /// <summary>A guest that the child does not stop: the only way on is out, whatever the operator waits for.</summary>
    static bool StandsStill(VersionedObject row) => row.Text("vm_state") is VmStates.Paused or VmStates.Suspended;

    /// <param name="keeps">The note stays for what follows, which closes the event.</param>
    void Mark(JsonObject metadata, SnapshotNote note, bool keeps)
    {
        // datetime.isoformat, which nova reads back with a fraction only (oslo_utils/timeutils.py: parse_strtime).
        metadata[ShelvedKeys.At] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        metadata[ShelvedKeys.ImageId] = note.ImageId;
        metadata[ShelvedKeys.Host] = identity.Host;
        if (!keeps)
        {
            SnapshotNote.Remove(metadata);
        }
    }
}
