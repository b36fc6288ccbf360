using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>
/// <c>POST /volumes/{id}/action</c> (cinder/api/contrib/volume_actions.py, admin_actions.py, volume_image_metadata.py over cinder/volume/api.py).
/// </summary>
public sealed partial class FakeCinder
{
    private FakeAnswer Act(FakeCall call, FakeVolume volume)
    {
        var (word, argument) = call.Body().Single();
        switch (word)
        {
            case "os-roll_detaching":
                SetStatus(volume, volume.Status is "detaching" ? "in-use" : volume.Status);
                return Accepted;
            case "os-unreserve":
                SetStatus(volume, volume.Status is not "attaching" ? volume.Status : attachmentsOf[volume.Id].Count > 0 ? "in-use" : "available");
                return Accepted;
            case "os-migrate_volume_completion" when call.IsAdmin:
                var failed = (bool?)argument!["error"] ?? false;
                volume.MigrationStatus = failed ? "error" : "success";
                return FakeAnswer.Json(200, new JsonObject { ["save_volume_id"] = volume.Id });
            case "os-extend":
                return Extend(call, volume, (int)argument!["new_size"]!);
            case "os-retype":
                return Retype(call, volume, (string)argument!["new_type"]!);
            case "revert" when call.Knows(3, 40):
                return Revert(volume, (string?)argument!["snapshot_id"]);
            case "os-reimage" when call.Knows(3, 68):
                return Reimage(call, volume, (string)argument!["image_id"]!, (bool?)argument["reimage_reserved"] is true);
            case "os-volume_upload_image":
                return Upload(call, volume, argument!.AsObject());
            case "os-set_bootable":
                volume.Bootable = bool.Parse(argument!["bootable"]!.ToString());
                Save(volume);
                return FakeAnswer.Empty(200);
            case "os-update_readonly_flag":
                return SetReadonly(volume, bool.Parse(argument!["readonly"]!.ToString()));
            case "os-set_image_metadata":
                return Note(volume, one => one.ImageMetadata, Items(argument!["metadata"]));
            case "os-unset_image_metadata":
                return volume.ImageMetadata.Remove((string)argument!["key"]!)
                    ? FakeAnswer.Empty(200)
                    : throw new FakeRefusal(404, $"Glance metadata for volume/snapshot {volume.Id} cannot be found.");
            case "os-reset_status":
                Demand(call, "volume_extension:volume_admin_actions:reset_status");
                return Reset(volume, argument!.AsObject());
            case "os-force_detach":
                Demand(call, "volume_extension:volume_admin_actions:force_detach");
                return ForceDetach(volume, (string?)argument!["attachment_id"]);
            case "os-force_delete":
                Demand(call, "volume_extension:volume_admin_actions:force_delete");
                Delete(volume, force: true, cascade: false);
                return Accepted;
            default:
                throw new FakeRefusal(400, $"There is no such action: {word}");
        }
    }

    private void SetStatus(FakeVolume volume, string status)
    {
        volume.Status = status;
        Save(volume);
    }

    private void Begin(FakeVolume volume, string status)
    {
        volume.PreviousStatus = volume.Status;
        SetStatus(volume, status);
    }

    private static void Restore(FakeVolume volume) => (volume.Status, volume.PreviousStatus) = (volume.PreviousStatus ?? "available", null);

    // _extend.
    private FakeAnswer Extend(FakeCall call, FakeVolume volume, int size)
    {
        if (size <= volume.Size)
        {
            throw Input($"New size for extend must be greater than current size. (current: {volume.Size}, extended: {size}).");
        }

        var expected = call.Knows(3, 42) && volume.Status is "in-use" ? "in-use" : "available";
        if (volume.Status != expected)
        {
            throw new FakeRefusal(400, $"Invalid volume: Volume {volume.Id} status must be '{{'status': '{expected}'}}' to extend, currently {volume.Status}.");
        }

        CheckGigabytes(volume.ProjectId, size - volume.Size, volume.Type);
        CheckVolumeSize(volume.ProjectId, size);
        Begin(volume, "extending");
        var requestId = call.Request.RequestId;
        Later(
            "extend",
            volume,
            () =>
            {
                volume.Size = size;
                Restore(volume);
            },
            () =>
            {
                volume.Status = "error_extending";
                Say(volume.ProjectId, "VOLUME", volume.Id, "007", "010", "extend volume:Volume Driver failed to extend volume.", requestId);
            });
        return Accepted;
    }

    // retype; a failure puts everything back (cinder/volume/manager.py: _retype_error).
    private FakeAnswer Retype(FakeCall call, FakeVolume volume, string wanted)
    {
        var type = TypeOf(wanted)!;
        if (IsMultiattach(type) != volume.Multiattach && volume.Status is not "available")
        {
            throw Input(
                "Invalid volume_type passed, retypes affecting multiattach are only allowed on available volumes, the specified volume however currently has a status "
                + $"of: {volume.Status}.");
        }

        if (volume.Status is not ("available" or "in-use") || volume.MigrationStatus is "migrating" || volume.GroupId is not null || type == (volume.Type ?? "__DEFAULT__"))
        {
            throw new FakeRefusal(
                400,
                "Invalid volume: Retype needs volume to be in available or in-use state, not be part of an active migration or a consistency group, requested type has to be "
                + "different that the one from the volume, and for in-use volumes front-end qos specs cannot change.");
        }

        Begin(volume, "retyping");
        volume.Multiattach = IsMultiattach(type);
        Later(
            "retype",
            volume,
            () =>
            {
                volume.Type = type;
                Restore(volume);
            },
            () =>
            {
                volume.Multiattach = IsMultiattach(volume.Type);
                Restore(volume);
            });
        return Accepted;
    }

    // cinder/api/v3/volumes.py: revert.
    private FakeAnswer Revert(FakeVolume volume, string? id)
    {
        var latest = snapshotsOf[volume.Id].MaxBy(one => one.Created) ?? throw new FakeRefusal(400, $"Volume {volume.Id} doesn't have any snapshots.");
        if (id != latest.Id)
        {
            throw new FakeRefusal(400, $"Specified snapshot {id} is None or not the latest one of volume {volume.Id}.");
        }

        if (volume.Size != latest.Size)
        {
            throw new FakeRefusal(400, $"Can't revert volume {volume.Id} to its latest snapshot {id}. The volume size must be equal to the snapshot size.");
        }

        if (volume.Status is not "available" || latest.Status is not "available")
        {
            var (refusal, who) = volume.Status is "available" ? ("Invalid snapshot", "Snapshot") : ("Invalid volume", "Volume");
            throw new FakeRefusal(409, $"{refusal}: Can't revert volume {volume.Id} to its latest snapshot {id}. {who}'s status must be 'available'.");
        }

        SetStatus(volume, "reverting");
        latest.Status = "restoring";
        Later(
            "revert",
            volume,
            () => (volume.Content, volume.Status, latest.Status) = (latest.Content, "available", "available"),
            () => (volume.Status, latest.Status) = ("error", "available"));
        return Accepted;
    }

    private FakeAnswer SetReadonly(FakeVolume volume, bool flag)
    {
        if (volume.Status is not "available")
        {
            throw new FakeRefusal(
                400, $"Invalid volume: Volume {volume.Id} status must be available to update readonly flag, but current status is: {volume.Status}.");
        }

        volume.Readonly = flag;
        Reindex(volume);
        return Accepted;
    }

    private FakeAnswer Reset(FakeVolume volume, JsonObject asked)
    {
        var status = (string?)asked["status"];
        if (status is "deleting")
        {
            throw new FakeRefusal(400, "Cannot reset-state to deleting");
        }

        if (status is "in-use" && attachmentsOf[volume.Id].Count is 0)
        {
            throw new FakeRefusal(400, "Cannot reset-state to in-use because volume does not have any attachments.");
        }

        volume.MigrationStatus = (string?)asked["migration_status"] switch { "none" => null, null => volume.MigrationStatus, var said => said };
        SetStatus(volume, status ?? volume.Status);
        if ((string?)asked["attach_status"] is "detached")
        {
            foreach (var attachment in attachmentsOf[volume.Id].ToList())
            {
                Disconnect(attachment.Id);
            }

            SetStatus(volume, status ?? volume.Status);
        }

        return Accepted;
    }

    private FakeAnswer ForceDetach(FakeVolume volume, string? attachmentId)
    {
        var found = attachmentsOf[volume.Id].FirstOrDefault(one => attachmentId is null || one.Id == attachmentId);
        if (found is null && attachmentId is not null)
        {
            throw new FakeRefusal(
                400, $"Error force detaching volume - VolumeAttachmentNotFound: Volume attachment could not be found with filter: attachment_id = {attachmentId}.");
        }

        if (found is not null)
        {
            Disconnect(found.Id);
        }

        return Accepted;
    }
}
