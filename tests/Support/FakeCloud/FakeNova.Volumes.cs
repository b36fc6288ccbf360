using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>
/// Volumes of servers: <c>os-volume_attachments</c> (nova/api/openstack/compute/volumes.py over compute/api.py: attach_volume, detach_volume), and those that
/// come with a create.
/// </summary>
public sealed partial class FakeNova
{
    private readonly HashSet<string> refused = new(StringComparer.Ordinal);

    /// <summary>From now on these go wrong in the background, after they were accepted: <c>attach-volume</c>, <c>detach-volume</c>.</summary>
    public void Refuse(params IReadOnlyList<string> verbs) => cloud.Locked(() => refused.UnionWith(verbs));

    /// <summary>Somebody has given the server a volume of this cloud, and it has it.</summary>
    public void AttachByHand(string serverId, string volumeId) => cloud.Locked(() =>
    {
        var made = new FakeServerVolume(volumeId, cloud.Cinder.Reserve(volumeId, serverId));
        servers[serverId].Volumes.Add(made);
        cloud.Cinder.Connect(made.AttachmentId);
    });

    private FakeAnswer Volumes(FakeCall call, FakeServer server, string[] rest)
    {
        switch (call.Method, rest)
        {
            case ("GET", []):
                return FakeAnswer.Json(200, new JsonObject { ["volumeAttachments"] = new JsonArray([.. server.Volumes.Select(volume => VolumeView(call, server, volume))]) });
            case ("GET", [var id]):
                return FakeAnswer.Json(200, new JsonObject { ["volumeAttachment"] = VolumeView(call, server, VolumeOf(server, id)) });
            case ("POST", []):
                return AttachVolume(call, server);
            case ("DELETE", [var id]):
                return DetachVolume(call, server, id);
            default:
                throw new FakeRefusal(405, "Method not allowed");
        }
    }

    private FakeAnswer AttachVolume(FakeCall call, FakeServer server)
    {
        var asked = call.Body()["volumeAttachment"]!.AsObject();
        var odd = asked.ContainsKey("tag") && !call.Knows(2, 49) ? "tag" : asked.ContainsKey("delete_on_termination") && !call.Knows(2, 79) ? "delete_on_termination" : null;
        if (odd is not null)
        {
            throw new FakeRefusal(400, $"Invalid input for field/attribute volumeAttachment. Additional properties are not allowed ('{odd}' was unexpected)");
        }

        Demand(server, "attach_volume", "active", "paused", "stopped");
        var id = (string)asked["volumeId"]!;
        var volume = cloud.Cinder.See(call, id);
        if (server.Volumes.Exists(one => one.VolumeId == id))
        {
            // compute/api.py: _check_volume_already_attached.
            throw new FakeRefusal(400, $"Invalid volume: volume {id} already attached");
        }

        if (volume.Multiattach && !call.Knows(2, 60))
        {
            throw new FakeRefusal(400, "Multiattach volumes are only supported starting with compute API version 2.60.");
        }

        var made = new FakeServerVolume(id, Reserve(call, id, server.Id))
        {
            Tag = (string?)asked["tag"], DeleteOnTermination = (bool?)asked["delete_on_termination"] ?? false, Device = $"/dev/vd{(char)('b' + server.Volumes.Count)}",
        };
        server.Volumes.Add(made);
        Later(server, "attach-volume", one =>
        {
            // compute/manager.py: attach_volume destroys the mapping of what it could not attach.
            if (refused.Contains("attach-volume"))
            {
                cloud.Cinder.Disconnect(made.AttachmentId);
                one.Volumes.Remove(made);
                return;
            }

            cloud.Cinder.Connect(made.AttachmentId);
        });
        return FakeAnswer.Json(200, new JsonObject { ["volumeAttachment"] = VolumeView(call, server, made) });
    }

    private FakeAnswer DetachVolume(FakeCall call, FakeServer server, string id)
    {
        Demand(server, "detach_volume", "active", "paused", "stopped");
        var found = VolumeOf(server, id);
        if (found.BootIndex is 0)
        {
            throw new FakeRefusal(400, "Cannot detach a root device volume");
        }

        cloud.Cinder.BeginDetaching(id);
        Later(server, "detach-volume", one =>
        {
            if (refused.Contains("detach-volume"))
            {
                // virt/block_device.py: driver_detach, roll_detaching.
                cloud.Cinder.Change(id, volume => volume.Status = "in-use");
                return;
            }

            cloud.Cinder.Disconnect(found.AttachmentId);
            one.Volumes.Remove(found);
        });
        return FakeAnswer.Empty(202);
    }

    /// <summary>compute/api.py: _validate_bdm, _check_and_transform_bdm; block_device.py: BlockDeviceDict.from_api.</summary>
    private static void CheckDevices(JsonObject asked, FakeFlavor flavor)
    {
        var devices = (asked["block_device_mapping_v2"] as JsonArray ?? []).Select(one => one!.AsObject()).ToList();
        if (devices.Count is 0)
        {
            // Laxer than nova, which wants an image then: the tests of the client's manners leave it out.
            return;
        }

        var local = devices.Where(one => (string?)one["source_type"] is "image" && (string?)one["destination_type"] is "local").ToList();
        if (local.Exists(one => (string?)one["uuid"] != (string?)asked["imageRef"] || Index(one) is not 0))
        {
            throw new FakeRefusal(400, "Block Device Mapping is Invalid: Mapping image to local is not supported.");
        }

        var boot = devices.Select(Index).Where(index => index >= 0).Order().ToList();
        if (boot.Count is 0 || boot.Where((index, at) => index != at).Any())
        {
            throw new FakeRefusal(400, "Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid.");
        }

        var blank = devices.Where(one => (string?)one["source_type"] is "blank" && (string?)one["destination_type"] is "local").ToList();
        if (blank.Where(one => (string?)one["guest_format"] is not "swap").Sum(one => (int?)one["volume_size"] ?? flavor.Ephemeral) > flavor.Ephemeral)
        {
            throw new FakeRefusal(400, "Ephemeral disks requested are larger than the instance type allows. If no size is given in one block device mapping, flavor ephemeral size will be used.");
        }

        if (blank.Where(one => (string?)one["guest_format"] is "swap").Sum(one => (int?)one["volume_size"] ?? 0) > flavor.Swap)
        {
            throw new FakeRefusal(400, "Swap drive requested is larger than instance type allows.");
        }

        static int Index(JsonObject one) => (int?)one["boot_index"] ?? -1;
    }

    private void ReserveVolumes(FakeCall call, FakeServer server, JsonObject asked)
    {
        foreach (var one in (asked["block_device_mapping_v2"] as JsonArray ?? []).Select(one => one!.AsObject()))
        {
            if ((string?)one["destination_type"] is not "volume")
            {
                continue;
            }

            var id = (string?)one["source_type"] is "volume"
                ? (string)one["uuid"]!
                : throw new FakeRefusal(400, "the fake makes no volumes for a server");
            cloud.Cinder.See(call, id);
            if ((int?)one["boot_index"] is 0 && !cloud.Cinder.Find(id)!.Bootable)
            {
                // block_device.py: get_bdm_image_metadata.
                throw new FakeRefusal(400, $"Block Device {id} is not bootable.");
            }

            server.Volumes.Add(new(id, Reserve(call, id, server.Id))
            {
                Tag = (string?)one["tag"], DeleteOnTermination = (bool?)one["delete_on_termination"] ?? false, BootIndex = (int?)one["boot_index"],
            });
        }
    }

    /// <summary>compute/manager.py: _shutdown_instance, _cleanup_volumes.</summary>
    private void ReleaseVolumes(FakeServer server)
    {
        foreach (var volume in server.Volumes)
        {
            cloud.Cinder.Disconnect(volume.AttachmentId);
        }

        server.Volumes.Clear();
    }

    /// <summary>What Cinder refuses is InvalidInput at Nova (volume/cinder.py: translate_cinder_exception).</summary>
    private string Reserve(FakeCall call, string volume, string server)
    {
        try
        {
            return cloud.Cinder.ReserveAs(call, volume, server);
        }
        catch (FakeRefusal refusal) when (refusal.Status is 400)
        {
            throw new FakeRefusal(400, $"Invalid input received: {refusal.Message} (HTTP 400) (Request-ID: {call.Request.RequestId})");
        }
    }

    private static FakeServerVolume VolumeOf(FakeServer server, string id) => server.Volumes.Find(one => one.VolumeId == id)
        ?? throw new FakeRefusal(404, $"Instance {server.Id} is not attached to volume {id}");

    private static JsonObject VolumeView(FakeCall call, FakeServer server, FakeServerVolume volume)
    {
        var view = new JsonObject { ["serverId"] = server.Id, ["volumeId"] = volume.VolumeId, ["device"] = volume.Device };
        if (!call.Knows(2, 89))
        {
            view["id"] = volume.VolumeId;
        }

        if (call.Knows(2, 70))
        {
            view["tag"] = volume.Tag;
        }

        if (call.Knows(2, 79))
        {
            view["delete_on_termination"] = volume.DeleteOnTermination;
        }

        if (call.Knows(2, 89))
        {
            view["attachment_id"] = volume.AttachmentId;
            view["bdm_uuid"] = volume.AttachmentId;
        }

        return view;
    }
}
