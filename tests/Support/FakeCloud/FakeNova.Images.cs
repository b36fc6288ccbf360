using System.Text;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Actions that make an image of a server, or put one under it.</summary>
public sealed partial class FakeNova
{
    // nova/api/openstack/compute/schemas/servers.py: rebuild, with the microversion that brought each.
    private static readonly Dictionary<string, Version> Rebuildable = new(StringComparer.Ordinal)
    {
        ["imageRef"] = new(2, 1), ["name"] = new(2, 1), ["adminPass"] = new(2, 1), ["metadata"] = new(2, 1), ["preserve_ephemeral"] = new(2, 1),
        ["OS-DCF:diskConfig"] = new(2, 1), ["description"] = new(2, 19), ["key_name"] = new(2, 54), ["user_data"] = new(2, 57),
        ["trusted_image_certificates"] = new(2, 63), ["hostname"] = new(2, 90),
    };

    /// <summary>The snapshot that the server waits for goes wrong: nova-compute removes the image and the server goes on (nova/compute/manager.py: delete_image_on_error).</summary>
    public void FailSnapshot(string id) => cloud.Locked(() =>
    {
        var server = servers[id];
        server.Steps.Clear();
        cloud.Glance.Discard(server.SnapshotId!);
        server.TaskState = null;
        Save(server);
    });

    /// <summary>Null when the word is none of these.</summary>
    private FakeAnswer? ActOnImages(FakeCall call, FakeServer server, string word, JsonNode? argument) => word switch
    {
        "createImage" => CreateImage(call, server, argument!.AsObject()),
        "rebuild" => Rebuild(call, server, argument!.AsObject()),
        "rescue" => Rescue(call, server, argument as JsonObject ?? []),
        "unrescue" => Unrescue(server),
        _ => null,
    };

    // nova/api/openstack/compute/servers.py: _action_create_image; nova/compute/api.py: snapshot.
    private FakeAnswer CreateImage(FakeCall call, FakeServer server, JsonObject asked)
    {
        Demand(server, "createImage", "active", "stopped", "paused", "suspended");
        var image = cloud.Glance.Snapshot(call, server, (string)asked["name"]!, asked["metadata"]?.AsObject() ?? []);
        server.SnapshotId = image.Id;
        Begin(server, "image_snapshot", "snapshot", one => cloud.Glance.Fill(image.Id, one.Disk.Length > 0 ? one.Disk : Encoding.UTF8.GetBytes($"disk of {one.Id}")));
        return call.Knows(2, 45) ? FakeAnswer.Json(202, new JsonObject { ["image_id"] = image.Id }) : FakeAnswer.Empty(202);
    }

    // nova/api/openstack/compute/servers.py: _action_rebuild; nova/compute/manager.py: _do_rebuild_instance.
    private FakeAnswer Rebuild(FakeCall call, FakeServer server, JsonObject asked)
    {
        if (asked.Select(member => member.Key).FirstOrDefault(name => !Rebuildable.TryGetValue(name, out var since) || call.Version < since) is { } odd)
        {
            throw new FakeRefusal(400, $"Additional properties are not allowed ('{odd}' was unexpected)");
        }

        Demand(server, "rebuild", "active", "stopped", "error");
        var image = (string)asked["imageRef"]!;
        if (cloud.Glance.Visible(call, image) is not { Status: "active" })
        {
            throw new FakeRefusal(400, "Cannot find image for rebuild");
        }

        if ((string?)asked["key_name"] is { } key && !keypairs.ContainsKey((call.Token!.UserId, key)))
        {
            throw new FakeRefusal(400, "Invalid key_name provided.");
        }

        var wasStopped = server.VmState is "stopped";
        var written = RootOf(server) is { } root ? Reimaging(call, root, image) : null;
        server.ImageId = RootOf(server) is null ? image : server.ImageId;
        server.Name = (string?)asked["name"] ?? server.Name;
        server.Hostname = (string?)asked["hostname"] ?? server.Hostname;
        server.Description = (string?)asked["description"] ?? server.Description;
        server.AdminPass = (string?)asked["adminPass"] ?? "generated-4714";
        server.KeyName = asked.ContainsKey("key_name") ? (string?)asked["key_name"] : server.KeyName;
        server.UserData = asked.ContainsKey("user_data") ? (string?)asked["user_data"] : server.UserData;
        if (asked["metadata"] is JsonObject metadata)
        {
            server.Metadata.Clear();
            foreach (var (name, value) in metadata)
            {
                server.Metadata[name] = (string)value!;
            }
        }

        server.TaskState = "rebuilding";
        Save(server);
        Later(server, "rebuild", one =>
        {
            (one.VmState, one.PowerState, one.TaskState) = ("active", 1, wasStopped ? "powering-off" : null);
            one.LaunchedAt = cloud.Now;
            written?.Invoke();
            Save(one);
        });
        if (wasStopped)
        {
            Later(server, "stop", one =>
            {
                (one.VmState, one.PowerState, one.TaskState) = ("stopped", 4, null);
                Save(one);
            });
        }

        return FakeAnswer.Json(202, new JsonObject { ["server"] = View(call, server) });
    }

    /// <summary>What it boots from; null when that is no volume.</summary>
    private static string? RootOf(FakeServer server) => server.Volumes.Find(one => one.BootIndex is 0)?.VolumeId;

    // nova/compute/api.py: rebuild: before 2.93 only the image that is in the volume, which then stays as it is.
    private Action? Reimaging(FakeCall call, string volume, string image) =>
        call.Knows(2, 93) ? cloud.Cinder.Overwriting(call, volume, image)
        : cloud.Cinder.Find(volume)!.ImageMetadata.GetValueOrDefault("image_id") == image ? null
        : throw new FakeRefusal(400, $"Image {image} is unacceptable: Unable to rebuild with a different image for a volume-backed server.");

    // nova/compute/api.py: rescue, allow_bfv_rescue.
    private void CheckRescue(FakeCall call, FakeServer server, string? image)
    {
        if (RootOf(server) is not { } root)
        {
            return;
        }

        var words = image is null ? cloud.Cinder.Find(root)!.ImageMetadata.Keys : cloud.Glance.Visible(call, image)!.Members.Select(member => member.Key);
        if (!call.Knows(2, 87) || !words.Contains("hw_rescue_bus") || !words.Contains("hw_rescue_device"))
        {
            throw new FakeRefusal(400, $"Instance {server.Id} cannot be rescued: Cannot rescue a volume-backed instance");
        }
    }

    // nova/api/openstack/compute/rescue.py: _rescue; nova/compute/api.py: rescue.
    private FakeAnswer Rescue(FakeCall call, FakeServer server, JsonObject asked)
    {
        Demand(server, "rescue", "active", "stopped", "error");
        var image = (string?)asked["rescue_image_ref"];
        if (image is not null && cloud.Glance.Visible(call, image) is not { Status: "active" })
        {
            throw new FakeRefusal(400, $"Requested rescue image '{image}' is not valid");
        }

        CheckRescue(call, server, image);
        var password = (string?)asked["adminPass"] ?? "generated-4715";
        (server.RescueImageId, server.AdminPass) = (image ?? server.ImageId, password);
        Begin(server, "rescuing", "rescue", one =>
        {
            (one.VmState, one.PowerState) = ("rescued", 1);
            one.LaunchedAt = cloud.Now;
        });
        return FakeAnswer.Json(200, new JsonObject { ["adminPass"] = password });
    }

    private FakeAnswer Unrescue(FakeServer server)
    {
        Demand(server, "unrescue", "rescued");
        Begin(server, "unrescuing", "unrescue", one => (one.VmState, one.PowerState) = ("active", 1));
        return FakeAnswer.Empty(202);
    }
}
