using System.Text;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Images made of volumes, and written over them.</summary>
public sealed partial class FakeCinder
{
    // cinder/volume/api.py: copy_volume_to_image; manager.py: copy_volume_to_image, whose finally puts the status back.
    private FakeAnswer Upload(FakeCall call, FakeVolume volume, JsonObject asked)
    {
        var force = ForceUpload && asked["force"] is { } said && bool.Parse(said.ToString());
        if (volume.Status is not "available" && !(force && volume.Status is "in-use"))
        {
            throw new FakeRefusal(400, $"Invalid volume: Volume {volume.Id} status must be {(force ? "available or in-use" : "available")}");
        }

        Begin(volume, "uploading");
        var image = cloud.Glance.Queue((string)asked["image_name"]!, call.ProjectId, Properties(volume));
        cloud.Glance.Edit(image.Id, members =>
        {
            members["disk_format"] = (string?)asked["disk_format"] ?? "raw";
            members["container_format"] = (string?)asked["container_format"] ?? "bare";
            members["visibility"] = (string?)asked["visibility"] ?? "private";
            members["protected"] = asked["protected"] is { } locked && bool.Parse(locked.ToString());
        });
        var requestId = call.Request.RequestId;
        Later(
            "upload",
            volume,
            () =>
            {
                cloud.Glance.Fill(image.Id, Encoding.UTF8.GetBytes(volume.Content));
                Restore(volume);
            },
            () =>
            {
                cloud.Glance.Discard(image.Id);
                Restore(volume);
                Say(volume.ProjectId, "VOLUME", volume.Id, "003", "004", "copy volume to image:Failed to upload volume to image at backend.", requestId);
            });
        return FakeAnswer.Json(202, new JsonObject
        {
            ["os-volume_upload_image"] = new JsonObject
            {
                ["id"] = volume.Id, ["updated_at"] = Time(volume.Updated), ["status"] = "uploading", ["display_description"] = volume.Description, ["size"] = volume.Size,
                ["volume_type"] = null, ["image_id"] = image.Id, ["container_format"] = image.Members["container_format"]?.DeepClone(),
                ["disk_format"] = image.Members["disk_format"]?.DeepClone(), ["image_name"] = asked["image_name"]!.DeepClone(),
            },
        });
    }

    /// <summary>Option <c>enable_force_upload</c>; its default is off.</summary>
    public bool ForceUpload { get; set; }

    // _merge_volume_image_meta: what is a property of the image and none of its own members.
    private static Dictionary<string, string> Properties(FakeVolume volume) => volume.ImageMetadata
        .Where(item => item.Key is not ("image_id" or "image_name" or "checksum" or "size" or "min_disk" or "min_ram" or "disk_format" or "container_format"))
        .ToDictionary();

    /// <summary>What the Nova of the same cloud does with the volume of a server that it rebuilds.</summary>
    internal Action Overwriting(FakeCall call, string volumeId, string imageId)
    {
        var source = FromImage(call, imageId, Own(call, volumeId).Size);
        return () =>
        {
            var volume = volumes[volumeId];
            var status = volume.Status;
            volume.ImageMetadata.Clear();
            Fill(volume, source);
            SetStatus(volume, status);
        };
    }

    // cinder/volume/api.py: reimage; manager.py: reimage.
    private FakeAnswer Reimage(FakeCall call, FakeVolume volume, string imageId, bool reserved)
    {
        if (attachmentsOf[volume.Id].Count > 1)
        {
            throw new FakeRefusal(409, "Cannot re-image a volume which is attached to more than one server.");
        }

        if (volume.Status is not ("available" or "error") && !(reserved && volume.Status is "reserved"))
        {
            throw new FakeRefusal(
                400, $"Invalid volume: Volume {volume.Id} status must be {(reserved ? "available or error or reserved" : "available or error")}, but current status is {volume.Status}.");
        }

        var source = FromImage(call, imageId, volume.Size);
        Begin(volume, "downloading");
        Later(
            "reimage",
            volume,
            () =>
            {
                var before = volume.PreviousStatus;
                volume.ImageMetadata.Clear();
                Fill(volume, source);
                (volume.Status, volume.PreviousStatus) = (before ?? "available", null);
            },
            () => volume.Status = "error");
        return Accepted;
    }
}
