using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cascade.Support;

/// <summary>Volumes: created, listed, deleted, acted on.</summary>
public sealed partial class FakeCinder
{
    private FakeAnswer Create(FakeCall call)
    {
        var asked = call.Body()["volume"]!.AsObject();
        var (snapshotId, image) = ((string?)asked["snapshot_id"], (string?)asked["imageRef"]);
        var snapshot = snapshotId is null ? null : SnapshotOf(call, snapshotId);
        var size = (int?)asked["size"] ?? snapshot?.Size ?? throw new FakeRefusal(400, "Invalid input received: Volume size '0' must be an integer and greater than 0");
        if (snapshot is not null && size < snapshot.Size)
        {
            throw new FakeRefusal(400, $"Invalid input received: Volume size '{size}'GB cannot be smaller than the snapshot size {snapshot.Size}GB. They must be >= original snapshot size.");
        }

        // cinder/exception.py: VolumeLimitExceeded, HTTP 413.
        if (MaxVolumes >= 0 && volumes.Values.Count(volume => volume.ProjectId == call.ProjectId) >= MaxVolumes)
        {
            throw new FakeRefusal(413, $"VolumeLimitExceeded: Maximum number of volumes allowed ({MaxVolumes}) exceeded for quota 'volumes'.");
        }

        var made = Add(call.ProjectId, size, (string?)asked["volume_type"], volume =>
        {
            volume.Name = (string?)asked["name"] ?? "";
            volume.Zone = (string?)asked["availability_zone"] ?? "nova";
            (volume.ImageId, volume.SnapshotId, volume.Bootable) = (image, snapshotId, image is not null);
            foreach (var (key, value) in asked["metadata"] as JsonObject ?? [])
            {
                volume.Metadata[key] = (string)value!;
            }
        });
        return FakeAnswer.Json(202, new JsonObject { ["volume"] = View(call, made) });
    }

    /// <summary>Cinder-Proxy makes the child's volume with the same call and keeps its id.</summary>
    private FakeVolume Add(string projectId, int size, string? type, Action<FakeVolume>? edit)
    {
        var volume = new FakeVolume
        {
            Id = Guid.NewGuid().ToString(), ProjectId = projectId, Size = size, Type = type, Created = cloud.Now, Multiattach = type is not null && MultiattachTypes.Contains(type),
        };
        edit?.Invoke(volume);
        if (CascadesTo is { } child)
        {
            volume.ProviderId = child.Cinder.Take(projectId, size, volume.Multiattach);
        }

        volumes.Add(volume.Id, volume);
        return volume;
    }

    private string Take(string projectId, int size, bool multiattach) => cloud.Locked(() => Add(projectId, size, null, one => one.Multiattach = multiattach).Id);

    private FakeAnswer List(FakeCall call)
    {
        var everybody = call.IsAdmin && call.Asked("all_tenants") is not null;
        var wanted = call.Asked("metadata") is { } python ? Pair().Match(python) : null;
        var found = volumes.Values.Where(volume =>
            (everybody || volume.ProjectId == call.ProjectId)
            && (wanted is null || (wanted.Success && volume.Metadata.GetValueOrDefault(wanted.Groups["key"].Value) == wanted.Groups["value"].Value)));
        return FakeAnswer.Json(200, new JsonObject { ["volumes"] = new JsonArray([.. found.Select(volume => View(call, volume))]) });
    }

    // cinder/volume/api.py: delete.
    private FakeAnswer Delete(FakeVolume volume)
    {
        if (volume.Status is not ("available" or "error" or "error_restoring" or "error_extending" or "error_managing")
            || attachments.Values.Any(one => one.VolumeId == volume.Id && one.Status is "attached")
            || snapshots.Values.Any(one => one.VolumeId == volume.Id))
        {
            throw new FakeRefusal(
                400,
                "Invalid volume: Volume status must be available or error or error_restoring or error_extending or error_managing and must not be migrating, "
                + "attached, belong to a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.");
        }

        volume.Status = "deleting";
        return FakeAnswer.Empty(202);
    }

    private FakeAnswer Act(FakeCall call, FakeVolume volume)
    {
        var (word, argument) = call.Body().Single();
        switch (word)
        {
            case "os-roll_detaching":
                volume.Status = volume.Status is "detaching" ? "in-use" : volume.Status;
                return FakeAnswer.Empty(202);
            case "os-unreserve":
                volume.Status = volume.Status is not "attaching" ? volume.Status
                    : attachments.Values.Any(one => one.VolumeId == volume.Id) ? "in-use" : "available";
                return FakeAnswer.Empty(202);
            case "os-migrate_volume_completion" when call.IsAdmin:
                var failed = (bool?)argument!["error"] ?? false;
                volume.MigrationStatus = failed ? "error" : "success";
                return FakeAnswer.Json(200, new JsonObject { ["save_volume_id"] = volume.Id });
            default:
                throw new FakeRefusal(400, $"There is no such action: {word}");
        }
    }

    private FakeAnswer ShowSnapshot(FakeCall call, string id)
    {
        var snapshot = SnapshotOf(call, id);
        return FakeAnswer.Json(200, new JsonObject
        {
            ["snapshot"] = new JsonObject { ["id"] = snapshot.Id, ["status"] = "available", ["size"] = snapshot.Size, ["volume_id"] = snapshot.VolumeId },
        });
    }

    private FakeSnapshot SnapshotOf(FakeCall call, string id) => snapshots.GetValueOrDefault(id) is { } found && (call.IsAdmin || found.ProjectId == call.ProjectId)
        ? found
        : throw new FakeRefusal(404, $"Snapshot {id} could not be found.");

    // cinder/api/v2/views/volumes.py: ViewBuilder.detail, _get_attachments (only those that are attached); v3/views/volumes.py.
    private JsonObject View(FakeCall call, FakeVolume volume)
    {
        var attached = attachments.Values.Where(one => one.VolumeId == volume.Id && one.Status is "attached");
        var view = new JsonObject
        {
            ["id"] = volume.Id,
            ["status"] = volume.Status,
            ["size"] = volume.Size,
            ["name"] = volume.Name,
            ["description"] = null,
            ["availability_zone"] = volume.Zone,
            ["created_at"] = volume.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            ["attachments"] = new JsonArray([.. attached.Select(one => new JsonObject
            {
                ["id"] = volume.Id, ["attachment_id"] = one.Id, ["volume_id"] = volume.Id, ["server_id"] = one.Instance,
                ["host_name"] = (string?)one.Connector?["host"], ["device"] = (string?)one.Connector?["mountpoint"], ["attached_at"] = null,
            })]),
            ["volume_type"] = volume.Type ?? "__DEFAULT__",
            ["snapshot_id"] = volume.SnapshotId,
            ["source_volid"] = null,
            ["metadata"] = new JsonObject(volume.Metadata.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value))),
            ["bootable"] = volume.Bootable ? "true" : "false",
            ["encrypted"] = false,
            ["multiattach"] = volume.Multiattach,
        };
        if (call.Knows(3, 63))
        {
            view["volume_type_id"] = $"id-of-{volume.Type ?? "__DEFAULT__"}";
        }

        if (call.IsAdmin)
        {
            view["migration_status"] = volume.MigrationStatus;
            view["os-vol-host-attr:host"] = CascadesTo is null ? "lvm@lvm#lvm" : "proxy@child#pool";
            view["os-vol-tenant-attr:tenant_id"] = volume.ProjectId;
            if (call.Knows(3, 21))
            {
                view["provider_id"] = volume.ProviderId;
            }
        }

        return view;
    }

    [GeneratedRegex(@"^\{'(?<key>[^']+)': '(?<value>[^']*)'\}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();
}
