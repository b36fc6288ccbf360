using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>How a volume is shown.</summary>
public sealed partial class FakeCinder
{
    // cinder/api/v3/views/volumes.py: ViewBuilder.detail, _get_attachments (only those that are attached).
    private JsonObject View(FakeCall call, FakeVolume volume)
    {
        var view = new JsonObject
        {
            ["id"] = volume.Id,
            // _get_volume_status.
            ["status"] = volume.Status switch { "managing" => "creating", "error_managing" => "error", "error_managing_deleting" => "deleting", var status => status },
            ["size"] = volume.Size,
            ["name"] = volume.Name,
            ["description"] = volume.Description,
            ["availability_zone"] = volume.Zone,
            ["created_at"] = Time(volume.Created),
            ["updated_at"] = Time(volume.Updated),
            ["attachments"] = new JsonArray([.. attachmentsOf[volume.Id].Where(one => one.Status is "attached").Select(one => new JsonObject
            {
                ["id"] = volume.Id, ["attachment_id"] = one.Id, ["volume_id"] = volume.Id, ["server_id"] = one.Instance,
                ["host_name"] = (string?)one.Connector?["host"], ["device"] = (string?)one.Connector?["mountpoint"], ["attached_at"] = null,
            })]),
            ["volume_type"] = volume.Type ?? "__DEFAULT__",
            ["snapshot_id"] = volume.SnapshotId,
            ["source_volid"] = volume.SourceVolid,
            ["metadata"] = Json(Shown(volume)),
            ["bootable"] = volume.Bootable ? "true" : "false",
            ["encrypted"] = volume.Encrypted,
            ["multiattach"] = volume.Multiattach,
            ["replication_status"] = null,
            ["user_id"] = volume.UserId,
        };
        if (volume.ImageMetadata.Count > 0)
        {
            view["volume_image_metadata"] = Json(volume.ImageMetadata);
        }

        if (call.Knows(3, 13))
        {
            view["group_id"] = volume.GroupId;
        }

        if (call.Knows(3, 63))
        {
            view["volume_type_id"] = TypeIdOf(volume.Type);
        }

        if (call.Knows(3, 65))
        {
            view["consumes_quota"] = true;
        }

        if (call.IsAdmin)
        {
            view["migration_status"] = volume.MigrationStatus;
            view["os-vol-host-attr:host"] = CascadesTo is null ? HostOf(volume) : "proxy@child#pool";
            view["os-vol-tenant-attr:tenant_id"] = volume.ProjectId;
            if (call.Knows(3, 21))
            {
                view["provider_id"] = volume.ProviderId;
            }
        }

        return view;
    }

    /// <summary>cinder/api/api_utils.py: add_visible_admin_metadata.</summary>
    private static Dictionary<string, string> Shown(FakeVolume volume)
    {
        if (volume.Readonly is not { } said)
        {
            return volume.Metadata;
        }

        return new(volume.Metadata) { ["readonly"] = said ? "True" : "False" };
    }
}
