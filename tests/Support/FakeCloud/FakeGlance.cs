using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Glance v2 with bytes in memory.</summary>
public sealed class FakeGlance
{
    private readonly FakeCloud cloud;
    private readonly Dictionary<string, FakeImage> images = new(StringComparer.Ordinal);
    private readonly HashSet<string> buried = new(StringComparer.Ordinal);
    private readonly HashSet<(string Image, string Project)> shared = [];

    internal FakeGlance(FakeCloud cloud) => this.cloud = cloud;

    /// <summary>Copies.</summary>
    public IReadOnlyList<FakeImage> Images => cloud.Locked(() => images.Values.Select(image => image with { }).ToList());

    public FakeImage? Find(string id) => cloud.Locked(() => images.GetValueOrDefault(id) is { } found ? found with { } : null);

    /// <summary>Puts an active image there.</summary>
    public FakeImage Add(string name, byte[] bytes, string? id = null, string visibility = "public", string owner = "") => cloud.Locked(() =>
    {
        var image = new FakeImage
        {
            Id = id ?? Guid.NewGuid().ToString(), Owner = owner, CreatedAt = cloud.Now,
            Members = new JsonObject { ["name"] = name, ["visibility"] = visibility, ["disk_format"] = "qcow2", ["container_format"] = "bare" },
        };
        Fill(image, bytes);
        images.Add(image.Id, image);
        return image;
    });

    /// <summary>Puts a record there that waits for its bytes, as nova-api makes it for a snapshot (nova/compute/utils.py: create_image).</summary>
    public FakeImage Queue(string name, string owner, IReadOnlyDictionary<string, string>? properties = null) => cloud.Locked(() =>
    {
        var image = new FakeImage
        {
            Id = Guid.NewGuid().ToString(), Owner = owner, CreatedAt = cloud.Now, Members = new JsonObject { ["name"] = name, ["visibility"] = "private" },
        };
        foreach (var (property, value) in properties ?? new Dictionary<string, string>())
        {
            image.Members[property] = value;
        }

        images.Add(image.Id, image);
        return image;
    });

    /// <summary>Somebody writes what is said of it.</summary>
    public void Edit(string id, Action<JsonObject> edit) => cloud.Locked(() => edit(images[id].Members));

    /// <summary>Somebody deletes it.</summary>
    public void Remove(string id) => cloud.Locked(() =>
    {
        images.Remove(id);
        buried.Add(id);
    });

    /// <summary>Nova writes the bytes of an image that it made.</summary>
    internal void Fill(string id, byte[] bytes)
    {
        if (images.TryGetValue(id, out var image))
        {
            image.Members.TryAdd("disk_format", "qcow2");
            image.Members.TryAdd("container_format", "bare");
            Fill(image, bytes);
        }
    }

    /// <summary>Nova makes an image of a server (nova/compute/utils.py: create_image, initialize_instance_snapshot_metadata).</summary>
    internal FakeImage Snapshot(FakeCall call, FakeServer server, string name, JsonObject properties)
    {
        var inherited = server.ImageId is { } from && images.TryGetValue(from, out var source) ? source.Members : [];
        var members = new JsonObject { ["name"] = name, ["visibility"] = call.ProjectId == server.ProjectId ? "private" : "shared" };
        foreach (var (property, value) in inherited.Where(one => !NotInherited.Contains(one.Key)).Concat(properties))
        {
            members[property] = value?.DeepClone();
        }

        (members["image_type"], members["instance_uuid"], members["user_id"]) = ("snapshot", server.Id, call.Token!.UserId);
        if (call.ProjectId != server.ProjectId)
        {
            members["instance_owner"] = server.ProjectId;
        }

        var image = new FakeImage { Id = Guid.NewGuid().ToString(), Owner = call.ProjectId, Members = members, CreatedAt = cloud.Now };
        images.Add(image.Id, image);
        if (call.ProjectId != server.ProjectId)
        {
            shared.Add((image.Id, server.ProjectId));
        }

        return image;
    }

    internal void Discard(string id) => images.Remove(id);

    /// <summary>The server went away while it was made (nova/compute/manager.py: _snapshot_instance).</summary>
    internal void DiscardUnfinished(string? id)
    {
        if (id is not null && images.TryGetValue(id, out var image) && image.Status is not "active")
        {
            images.Remove(id);
        }
    }

    private static readonly HashSet<string> NotInherited = ["name", "visibility", "disk_format", "container_format", "tags", "id", "protected", "os_hidden"];

    /// <summary>What a list is filtered by; anything else is a property (glance/api/v2/images.py: _get_filters).</summary>
    private static readonly HashSet<string> BuiltIn = ["name", "status", "owner", "visibility", "os_hash_value", "tag", "limit", "marker", "sort", "sort_key", "sort_dir"];

    /// <summary>Whether the project is a member of the image.</summary>
    public bool IsShared(string id, string projectId) => cloud.Locked(() => shared.Contains((id, projectId)));

    public void SetStatus(string id, string status) => cloud.Locked(() => images[id].Status = status);

    internal FakeImage? Visible(FakeCall call, string id) =>
        images.TryGetValue(id, out var image)
        && (call.IsAdmin || image.Owner == call.ProjectId || (string?)image.Members["visibility"] is "public" or "community"
            || ((string?)image.Members["visibility"] is "shared" && shared.Contains((id, call.ProjectId))))
            ? image
            : null;

    /// <summary>glance/api/v2/image_data.py: upload sets <c>saving</c> before the first byte is read.</summary>
    internal void BodyBegins(FakeCall call)
    {
        if (Target(call) is { Status: "queued" } image)
        {
            image.Status = "saving";
        }
    }

    /// <summary>glance/api/v2/image_data.py: upload, _restore: back to <c>queued</c>.</summary>
    internal void BodyBroke(FakeCall call)
    {
        if (Target(call) is { Status: "saving" } image)
        {
            image.Status = "queued";
        }
    }

    internal FakeAnswer Handle(FakeCall call) => (call.Method, call.Segments) switch
    {
        ("GET", ["images"]) => List(call),
        ("POST", ["images"]) => Create(call),
        ("GET", ["images", var id]) => FakeAnswer.Json(200, View(Need(call, id))),
        ("PATCH", ["images", var id]) => Patch(call, Need(call, id)),
        ("DELETE", ["images", var id]) => Delete(Need(call, id)),
        ("POST", ["images", var id, "members"]) => Share(call, Need(call, id)),
        ("PUT", ["images", var id, "file"]) => Upload(call, Need(call, id)),
        ("GET", ["images", var id, "file"]) => Download(Need(call, id)),
        _ => throw new FakeRefusal(404, "The resource could not be found."),
    };

    private FakeImage? Target(FakeCall call) =>
        call.Request is { Service: "image", Method: "PUT" } && call.Segments is ["images", var id, "file"] ? images.GetValueOrDefault(id) : null;

    private FakeImage Need(FakeCall call, string id) => Visible(call, id) ?? throw new FakeRefusal(404, $"No image found with ID {id}");

    private FakeAnswer List(FakeCall call)
    {
        bool Is(string name, string? value) => call.Asked(name) is not { } asked || asked == value;
        var found = images.Values.Where(image => Visible(call, image.Id) is not null
            && Is("name", (string?)image.Members["name"]) && Is("status", image.Status) && Is("owner", image.Owner)
            && (call.Asked("visibility") is null or "all" || Is("visibility", (string?)image.Members["visibility"]))
            && Is("os_hash_value", image.HashValue)
            && call.Query.Keys.Where(key => !BuiltIn.Contains(key)).All(key => Is(key, (string?)image.Members[key]))
            && (call.Asked("tag") is not { } tag || image.Members["tags"]?.AsArray().Any(one => (string?)one == tag) is true))
            .OrderByDescending(image => image.CreatedAt).ThenBy(image => image.Id, StringComparer.Ordinal).ToList();
        if (call.Asked("marker") is { } marker)
        {
            found = found.SkipWhile(image => image.Id != marker).Skip(1).ToList();
        }

        var limit = Math.Min(call.Asked("limit") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 25, cloud.Options.MaxLimit);
        var page = found.Take(limit).ToList();
        var body = new JsonObject { ["images"] = new JsonArray([.. page.Select(View)]), ["first"] = "/v2/images", ["schema"] = "/v2/schemas/images" };
        if (page.Count == limit && limit > 0)
        {
            var others = call.Request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith("marker=", StringComparison.Ordinal));
            body["next"] = "/v2/images?" + string.Join('&', others.Append($"marker={page[^1].Id}"));
        }

        return FakeAnswer.Json(200, body);
    }

    private FakeAnswer Create(FakeCall call)
    {
        var asked = call.Body();
        var id = (string?)asked["id"] ?? Guid.NewGuid().ToString();
        if (images.ContainsKey(id) || buried.Contains(id))
        {
            throw new FakeRefusal(409, $"Image ID {id} already exists!");
        }

        if (!call.IsAdmin && (string?)asked["visibility"] is "public")
        {
            throw new FakeRefusal(403, "You are not authorized to complete publicize_image action.");
        }

        var owner = (string?)asked["owner"] is { } wanted && call.IsAdmin ? wanted : call.ProjectId;
        var members = (JsonObject)asked.DeepClone();
        members.Remove("id");
        members.Remove("owner");
        members.TryAdd("visibility", "shared");
        var image = new FakeImage { Id = id, Owner = owner, Members = members, CreatedAt = cloud.Now };
        images.Add(id, image);
        return FakeAnswer.Json(201, View(image));
    }

    private static FakeAnswer Patch(FakeCall call, FakeImage image)
    {
        foreach (var step in JsonNode.Parse(call.Bytes)!.AsArray())
        {
            var name = ((string)step!["path"]!).TrimStart('/').Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if ((string)step["op"]! is "remove")
            {
                image.Members.Remove(name);
            }
            else
            {
                image.Members[name] = step["value"]?.DeepClone();
            }
        }

        return FakeAnswer.Json(200, View(image));
    }

    private FakeAnswer Delete(FakeImage image)
    {
        if ((bool?)image.Members["protected"] is true)
        {
            throw new FakeRefusal(403, $"Image {image.Id} is protected and cannot be deleted.");
        }

        images.Remove(image.Id);
        buried.Add(image.Id);
        return FakeAnswer.Empty(204);
    }

    private static FakeAnswer Upload(FakeCall call, FakeImage image)
    {
        if (image.Status is not "saving" || image.Bytes is not null)
        {
            throw new FakeRefusal(409, $"Image status transition from {image.Status} to saving is not allowed");
        }

        if (image.Members["disk_format"] is null || image.Members["container_format"] is null)
        {
            // glance/domain/__init__.py: Image.status.
            image.Status = "queued";
            throw new FakeRefusal(400, "Properties disk_format, container_format must be set prior to saving data.");
        }

        Fill(image, call.Bytes);
        return FakeAnswer.Empty(204);
    }

    private FakeAnswer Share(FakeCall call, FakeImage image)
    {
        if ((string?)image.Members["visibility"] is not "shared")
        {
            // glance/api/v2/image_members.py: create.
            throw new FakeRefusal(403, "Only shared images have members.");
        }

        var member = (string)call.Body()["member"]!;
        return shared.Add((image.Id, member))
            ? FakeAnswer.Json(200, new JsonObject { ["image_id"] = image.Id, ["member_id"] = member, ["status"] = "pending" })
            : throw new FakeRefusal(409, $"Member {member} is duplicated for image {image.Id}");
    }

    private static FakeAnswer Download(FakeImage image) =>
        image.Bytes is null ? FakeAnswer.Empty(204) : new FakeAnswer(200, image.Bytes, "application/octet-stream");

    private static void Fill(FakeImage image, byte[] bytes)
    {
        image.Bytes = bytes;
        image.Status = "active";
        image.Uploads++;
    }

    private static JsonObject View(FakeImage image)
    {
        var view = (JsonObject)image.Members.DeepClone();
        view["id"] = image.Id;
        view["owner"] = image.Owner;
        view["status"] = image.Status;
        view["size"] = image.Bytes?.Length;
        view["virtual_size"] = null;
#pragma warning disable CA5351 // What Glance calls the checksum is MD5.
        view["checksum"] = image.Bytes is { } bytes ? Convert.ToHexStringLower(MD5.HashData(bytes)) : null;
#pragma warning restore CA5351
        view["os_hash_algo"] = image.Bytes is null ? null : "sha512";
        view["os_hash_value"] = image.HashValue;
        view["os_hidden"] = (bool?)image.Members["os_hidden"] ?? false;
        view["protected"] = (bool?)image.Members["protected"] ?? false;
        view["min_disk"] = (int?)image.Members["min_disk"] ?? 0;
        view["min_ram"] = (int?)image.Members["min_ram"] ?? 0;
        view.TryAdd("tags", new JsonArray());
        view["created_at"] = image.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        view["updated_at"] = image.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        view["self"] = $"/v2/images/{image.Id}";
        view["file"] = $"/v2/images/{image.Id}/file";
        view["schema"] = "/v2/schemas/image";
        return view;
    }
}

/// <summary>An image of the fake.</summary>
public sealed record FakeImage
{
    public required string Id { get; init; }

    public required string Owner { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What was said of it: name, visibility, formats, properties.</summary>
    public required JsonObject Members { get; init; }

    public string Status { get; set; } = "queued";

    public byte[]? Bytes { get; set; }

    /// <summary>How often bytes came.</summary>
    public int Uploads { get; set; }

    /// <summary>SHA-512 in hex.</summary>
    public string? HashValue => Bytes is null ? null : Convert.ToHexStringLower(SHA512.HashData(Bytes));
}
