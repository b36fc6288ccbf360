using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Scheduler;

/// <summary>
/// cinder/scheduler/manager.py: SchedulerManager.create_volume, as a cinder-volume asks it to find another backend
/// (cinder/volume/flows/manager/create_volume.py: OnFailureRescheduleTask._reschedule). Cast to any one scheduler; 3.10 knows <c>backup_id</c>. The three
/// ids are null: the scheduler reads them from the request spec.
/// </summary>
public sealed record RescheduleVolume(
    VersionedObject Volume,
    VersionedObject? RequestSpec,
    JsonObject? FilterProperties,
    string? SnapshotId = null,
    string? ImageId = null,
    string? BackupId = null) : IRpcCall<RescheduleVolume>
{
    public static RpcName Name => new("create_volume", new(3, 0));

    public static JsonTypeInfo<RescheduleVolume> Wire => CinderJson.Default.RescheduleVolume;

    /// <summary>True when it is allowed and the scheduler sent what it needs to go on: without <c>retry</c> it would begin to count again.</summary>
    public static bool CanBe(CreateVolume call) => call.AllowReschedule && call.RequestSpec is not null && call.FilterProperties?["retry"] is JsonObject;

    /// <summary>
    /// The question handed back: the volume without its host and without changes, which a scheduler would write; the cause for whoever reads the
    /// scheduler's log (scheduler/filter_scheduler.py: _log_volume_error). Nothing is shared with <paramref name="call"/>.
    /// </summary>
    /// <param name="call">As it came.</param>
    /// <param name="cause">Lines, as traceback.format_exception makes them.</param>
    public static RescheduleVolume Of(CreateVolume call, params IEnumerable<string> cause)
    {
        var properties = call.FilterProperties?.DeepClone().AsObject() ?? [];
        if (properties["retry"] is not JsonObject retry)
        {
            properties["retry"] = retry = [];
        }

        retry["exc"] = new JsonArray([.. cause.Select(line => (JsonNode)line)]);
        return new(CinderVolume.Unscheduled(call.Volume), call.RequestSpec is { } spec ? VersionedObject.Read(spec.ToJson()) : null, properties);
    }
}
