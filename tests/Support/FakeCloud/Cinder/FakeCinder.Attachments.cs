using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>The attachments API (cinder/api/v3/attachments.py over cinder/volume/api.py).</summary>
public sealed partial class FakeCinder
{
    /// <summary>A server of the same cloud has the volume now: what its nova-compute asks, in one go.</summary>
    internal void Connect(string attachmentId)
    {
        if (attachments.TryGetValue(attachmentId, out var attachment))
        {
            attachment.Connector = new() { ["host"] = "node-1" };
            attachment.ConnectionInfo = Stock(attachment);
            attachment.Status = "attached";
            SetStatus(volumes[attachment.VolumeId], "in-use");
        }
    }

    /// <summary>For the Nova of the same cloud.</summary>
    internal string ReserveAs(FakeCall call, string volumeId, string server) => ReserveFor(Own(call, volumeId), server).Id;

    internal FakeVolume See(FakeCall call, string volumeId) => Own(call, volumeId);

    internal void Disconnect(string attachmentId)
    {
        if (attachments.Remove(attachmentId, out var attachment))
        {
            attachmentsOf.Remove(attachment.VolumeId, attachment);
            if (volumes.TryGetValue(attachment.VolumeId, out var volume))
            {
                Recompute(volume);
            }
        }
    }

    // cinder/volume/api.py: _attachment_reserve.
    private FakeAttachment ReserveFor(FakeVolume volume, string instance)
    {
        var may = volume.Status is "available" or "downloading" || (volume.Multiattach && volume.Status is "in-use");
        var same = volume.Status is "in-use" or "reserved" && attachmentsOf[volume.Id].Any(one => one.Instance == instance);
        if (!may && !same)
        {
            var allowed = volume.Multiattach ? "available or in-use or downloading" : "available or downloading";
            throw new FakeRefusal(400, $"Invalid volume: Volume {volume.Id} status must be {allowed} to reserve, but the current status is {volume.Status}.");
        }

        SetStatus(volume, may ? "reserved" : volume.Status);
        var attachment = new FakeAttachment { Id = Guid.NewGuid().ToString(), VolumeId = volume.Id, Instance = instance };
        attachments.Add(attachment.Id, attachment);
        attachmentsOf.Add(volume.Id, attachment);
        return attachment;
    }

    private FakeAnswer HandleAttachments(FakeCall call, string[] rest)
    {
        switch (call.Method, rest)
        {
            case ("POST", []):
                var asked = call.Body()["attachment"]!;
                return Shown(ReserveFor(Own(call, (string)asked["volume_uuid"]!), (string)asked["instance_uuid"]!));
            case ("GET", []):
                return ListAttachments(call);
            case ("GET", [var id]):
                return Shown(OwnAttachment(call, id));
            case ("PUT", [var id]):
                return Update(call, OwnAttachment(call, id));
            case ("DELETE", [var id]):
                return DeleteAttachment(call, OwnAttachment(call, id));
            case ("POST", [var id, "action"]) when call.Knows(3, 44) && call.Body().ContainsKey("os-complete"):
                var complete = OwnAttachment(call, id);
                complete.Status = "attached";
                SetStatus(volumes[complete.VolumeId], "in-use");
                return FakeAnswer.Empty(204);
            default:
                throw new FakeRefusal(404, "The resource could not be found.");
        }
    }

    private FakeAnswer ListAttachments(FakeCall call)
    {
        var everybody = call.IsAdmin && call.Asked("all_tenants") is not null;
        var found = attachments.Values.Where(one =>
            (everybody || volumes.GetValueOrDefault(one.VolumeId)?.ProjectId == call.ProjectId)
            && (call.Asked("volume_id") is not { } volume || one.VolumeId == volume)
            && (call.Asked("instance_id") is not { } instance || one.Instance == instance));
        return FakeAnswer.Json(200, new JsonObject { ["attachments"] = new JsonArray([.. found.Select(Summary)]) });
    }

    // cinder/volume/api.py: attachment_update; what the driver refuses is 500 with its text (api/v3/attachments.py: update).
    private FakeAnswer Update(FakeCall call, FakeAttachment attachment)
    {
        var volume = volumes[attachment.VolumeId];
        var connector = call.Body()["attachment"]!["connector"]!.AsObject();
        if (!connector.ContainsKey("host"))
        {
            throw new FakeRefusal(500, "Unable to update the attachment.");
        }

        if (volume.Status.Contains("error", StringComparison.Ordinal))
        {
            throw new FakeRefusal(500, $"Unable to update attachment.(Invalid volume: Volume attachments can not be updated if the volume is in an error state. The Volume {volume.Id} currently has a status of: {volume.Status} ).");
        }

        if (!volume.Multiattach && attachmentsOf[volume.Id].Any(one => one.Id != attachment.Id && one.ConnectionInfo is not null))
        {
            throw new FakeRefusal(500, $"Unable to update attachment.(Invalid volume: duplicate connectors detected on volume {volume.Id}).");
        }

        attachment.ConnectionInfo = CascadesTo is null ? Stock(attachment) : Cascaded(volume, attachment, connector);
        attachment.Connector = (JsonObject)connector.DeepClone();
        attachment.Status = "attaching";
        SetStatus(volume, "attaching");
        return Shown(attachment);
    }

    // cinder/volume/api.py: attachment_delete, attachment_deletion_allowed (bug 2004555).
    private FakeAnswer DeleteAttachment(FakeCall call, FakeAttachment attachment)
    {
        if (attachment.ConnectionInfo is not null && !cloud.Keystone.IsService(call))
        {
            throw new FakeRefusal(
                409,
                $"Detach volume from instance {attachment.Instance} using the Compute API");
        }

        if (attachment.Status is not "reserved" && attachment.Connector is not null)
        {
            Bar(volumes[attachment.VolumeId], attachment);
        }

        Disconnect(attachment.Id);
        return FakeAnswer.Json(200, new JsonObject
        {
            ["attachments"] = new JsonArray([.. attachmentsOf[attachment.VolumeId].Select(Summary)]),
        });
    }

    // cinder/db/sqlalchemy/api.py: _get_statuses_from_attachments.
    private void Recompute(FakeVolume volume)
    {
        var left = attachmentsOf[volume.Id].Select(one => one.Status).ToList();
        SetStatus(volume, left.Count is 0 ? "available" : left.Contains("attached") ? "in-use" : left.Contains("attaching") ? "attaching" : "reserved");
    }

    private FakeAttachment OwnAttachment(FakeCall call, string id) =>
        attachments.TryGetValue(id, out var attachment) && (call.IsAdmin || volumes.GetValueOrDefault(attachment.VolumeId)?.ProjectId == call.ProjectId)
            ? attachment
            : throw new FakeRefusal(404, $"Volume attachment could not be found with filter: attachment_id = {id}.");

    private static JsonObject Stock(FakeAttachment attachment) => new()
    {
        ["driver_volume_type"] = "iscsi", ["attachment_id"] = attachment.Id, ["target_portal"] = "192.0.2.9:3260", ["target_lun"] = 0, ["access_mode"] = "rw",
        ["encrypted"] = false, ["qos_specs"] = null, ["cacheable"] = false,
    };

    private static FakeAnswer Shown(FakeAttachment attachment)
    {
        var view = Summary(attachment);
        view["attached_at"] = "";
        view["detached_at"] = "";
        view["attach_mode"] = "null";
        view["connection_info"] = attachment.ConnectionInfo?.DeepClone() ?? new JsonObject();
        return FakeAnswer.Json(200, new JsonObject { ["attachment"] = view });
    }

    private static JsonObject Summary(FakeAttachment attachment) => new()
    {
        ["id"] = attachment.Id, ["status"] = attachment.Status, ["instance"] = attachment.Instance, ["volume_id"] = attachment.VolumeId,
    };
}
