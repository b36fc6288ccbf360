using System.Text;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>What a new volume is made from, and that it comes to hold what its source holds.</summary>
public sealed partial class FakeCinder
{
    private const long GiB = 1L << 30;

    /// <summary>What the create takes along.</summary>
    private sealed record Source(int Size, string Content = "")
    {
        public string? ImageId { get; init; }

        public string? SnapshotId { get; init; }

        public string? SourceVolid { get; init; }

        public FakeBackup? Backup { get; init; }

        public string? Type { get; init; }

        public string? Zone { get; init; }

        public bool Bootable { get; init; }

        public IReadOnlyDictionary<string, string> ImageMetadata { get; init; } = new Dictionary<string, string>();
    }

    // cinder/volume/flows/api/create_volume.py: ExtractVolumeRequestTask.
    private Source SourceOf(FakeCall call, JsonObject asked)
    {
        var size = (int?)asked["size"];
        if ((string?)asked["snapshot_id"] is { } snapshotId)
        {
            var snapshot = SnapshotOf(call, snapshotId);
            DemandStatus(snapshot.Status, "snapshot", "Invalid snapshot", "available");
            if (size < snapshot.Size)
            {
                throw Input($"Volume size '{size}'GB cannot be smaller than the snapshot size {snapshot.Size}GB. They must be >= original snapshot size.");
            }

            var origin = volumes.GetValueOrDefault(snapshot.VolumeId);
            return new(size ?? snapshot.Size, snapshot.Content)
            {
                SnapshotId = snapshotId, Type = origin?.Type, Zone = origin?.Zone, Bootable = snapshot.Bootable, ImageMetadata = snapshot.ImageMetadata,
            };
        }

        if ((string?)asked["source_volid"] is { } volumeId)
        {
            var volume = Own(call, volumeId);
            DemandStatus(volume.Status, "source volume", "Invalid volume", "available", "in-use");
            if (size < volume.Size)
            {
                throw Input($"Volume size '{size}'GB cannot be smaller than original volume size  {volume.Size}GB. They must be >= original volume size.");
            }

            return new(size ?? volume.Size, volume.Content)
            {
                SourceVolid = volumeId, Type = volume.Type, Zone = volume.Zone, Bootable = volume.Bootable, ImageMetadata = volume.ImageMetadata,
            };
        }

        if ((string?)asked["backup_id"] is { } backupId && call.Knows(3, 47))
        {
            var backup = OwnBackup(call, backupId);
            DemandStatus(backup.Status, "backup", "Invalid backup", "available");
            return size < backup.Size
                ? throw Input($"Volume size {size}GB cannot be smaller than the backup size {backup.Size}GB. It must be >= backup size.")
                : new(size ?? backup.Size, backup.Content) { Backup = backup };
        }

        var wanted = size is > 0 ? size.Value : throw Input($"Volume size '{size ?? 0}' must be an integer and greater than 0");
        return (string?)asked["imageRef"] is { } imageId ? FromImage(call, imageId, wanted) : new(wanted);
    }

    // cinder/volume/volume_utils.py: check_image_metadata, get_volume_image_metadata.
    private Source FromImage(FakeCall call, string imageId, int size)
    {
        if (cloud.Glance.Visible(call, imageId) is not { } image)
        {
            // Behind a Cinder-Proxy the tests of the compute name images that are nowhere.
            return CascadesTo is not null
                ? new(size) { ImageId = imageId, Bootable = true }
                : throw new FakeRefusal(400, "Invalid image identifier or unable to access requested image.");
        }

        if (image.Status is not "active")
        {
            throw Input($"Image {imageId} is not active.");
        }

        var needed = ((image.Bytes?.LongLength ?? 0) + GiB - 1) / GiB;
        if (needed > size)
        {
            throw Input($"Size of specified image {needed}GB is larger than volume size {size}GB.");
        }

        if ((int?)image.Members["min_disk"] is { } least && least > size)
        {
            throw Input($"Volume size {size}GB cannot be smaller than the image minDisk size {least}GB.");
        }

        return new(size, Encoding.UTF8.GetString(image.Bytes ?? [])) { ImageId = imageId, Bootable = true, ImageMetadata = MetadataOf(image) };
    }

    private static Dictionary<string, string> MetadataOf(FakeImage image)
    {
        var noted = new Dictionary<string, string>
        {
            ["image_id"] = image.Id, ["min_disk"] = "0", ["min_ram"] = "0", ["size"] = $"{image.Bytes?.Length ?? 0}", ["checksum"] = image.HashValue ?? "",
        };
        foreach (var (name, value) in image.Members)
        {
            if (name is not ("visibility" or "tags" or "protected" or "os_hidden") && value is JsonValue)
            {
                noted[name is "name" ? "image_name" : name] = value.ToString();
            }
        }

        return noted;
    }

    private void Build(FakeVolume volume) => Build(volume, new(volume.Size, volume.Content), $"req-{Guid.NewGuid()}");

    // cinder/volume/flows/manager/create_volume.py: CreateVolumeFromSpecTask.execute.
    private void Build(FakeVolume volume, Source source, string requestId)
    {
        if (CascadesTo is not null)
        {
            return;
        }

        Later(
            "create",
            volume,
            () =>
            {
                if (source.ImageId is null)
                {
                    Fill(volume, source);
                    source.Backup?.HandDown(volume);
                    return;
                }

                volume.Status = "downloading";
                Later("download", volume, () => Fill(volume, source), () => Break(volume, "005", "007", "copy image to volume:Image used for creating volume exceeds available space."));
            },
            () => Break(volume, "008", "012", "create volume from backend storage:Driver failed to create the volume."));

        void Break(FakeVolume one, string action, string detail, string text)
        {
            one.Status = "error";
            Say(one.ProjectId, "VOLUME", one.Id, action, detail, text, requestId);
        }
    }

    private static void Fill(FakeVolume volume, Source source)
    {
        (volume.Content, volume.Bootable, volume.Status) = (source.Content, source.Bootable, "available");
        foreach (var (key, value) in source.ImageMetadata)
        {
            volume.ImageMetadata[key] = value;
        }
    }

    private static void DemandStatus(string status, string what, string refusal, params string[] allowed)
    {
        if (!allowed.Contains(status))
        {
            throw new FakeRefusal(400, $"{refusal}: Originating {what} status must be one of '{string.Join(", ", allowed)}' values");
        }
    }

    private static FakeRefusal Input(string reason) => new(400, $"Invalid input received: {reason}");
}
