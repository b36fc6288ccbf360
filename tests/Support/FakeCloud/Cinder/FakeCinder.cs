using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>
/// Cinder with the states of volumes and attachments as cinder/volume/api.py keeps them. Its volumes stand on a stock backend, or, with
/// <see cref="CascadesTo"/>, behind a Cinder-Proxy: each is then a volume of that other cloud, and connections are answered as the proxy answers them.
/// Verbs that a test may hold: <c>create</c>, <c>delete</c>.
/// </summary>
public sealed partial class FakeCinder
{
    private readonly FakeCloud cloud;
    private readonly Dictionary<string, FakeVolume> volumes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FakeAttachment> attachments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FakeSnapshot> snapshots = new(StringComparer.Ordinal);
    private readonly HashSet<string> held = new(StringComparer.Ordinal);

    internal FakeCinder(FakeCloud cloud) => this.cloud = cloud;

    /// <summary>The child whose volumes these are; null for a stock backend.</summary>
    public FakeCloud? CascadesTo { get; set; }

    /// <summary>How many volumes a project may have; -1 is none.</summary>
    public int MaxVolumes { get; set; } = -1;

    /// <summary>Types whose volumes several servers may have (extra spec <c>multiattach</c>).</summary>
    public ISet<string> MultiattachTypes { get; } = new HashSet<string>(StringComparer.Ordinal);

    public IReadOnlyList<FakeVolume> Volumes => Read(() => volumes.Values.OrderBy(volume => volume.Created).Select(volume => volume with { Metadata = new(volume.Metadata) }).ToList());

    public IReadOnlyList<FakeAttachment> Attachments => Read(() => attachments.Values.Select(attachment => attachment with { }).ToList());

    public FakeVolume? Find(string id) => Volumes.FirstOrDefault(volume => volume.Id == id);

    /// <summary>From now on these wait for the test.</summary>
    public void Hold(params IReadOnlyList<string> verbs) => cloud.Locked(() => held.UnionWith(verbs));

    /// <summary>From now on these go by themselves again; what waits goes on.</summary>
    public void Release(params IReadOnlyList<string> verbs) => cloud.Locked(() => held.ExceptWith(verbs));

    /// <summary>A volume that is there, made by a tenant.</summary>
    public FakeVolume Make(string projectId, int size = 1, string? type = null, Action<FakeVolume>? edit = null) => cloud.Locked(() =>
    {
        var volume = Add(projectId, size, type, edit);
        volume.Status = "available";
        if (volume.ProviderId is { } childId && CascadesTo is { } child)
        {
            child.Cinder.Change(childId, one => one.Status = "available");
        }

        return volume with { };
    });

    public FakeSnapshot MakeSnapshot(string volumeId) => cloud.Locked(() =>
    {
        var snapshot = new FakeSnapshot(Guid.NewGuid().ToString(), volumes[volumeId].ProjectId, volumeId, volumes[volumeId].Size);
        snapshots.Add(snapshot.Id, snapshot);
        return snapshot;
    });

    /// <summary>Sets anything by hand, as an operator or a backend would.</summary>
    public void Change(string id, Action<FakeVolume> change) => cloud.Locked(() => change(volumes[id]));

    /// <summary>Gone without a trace.</summary>
    public void Vanish(string id) => cloud.Locked(() => volumes.Remove(id));

    /// <summary>What nova-api asks before it casts: the volume is reserved for the instance.</summary>
    public string Reserve(string volumeId, string instance) => cloud.Locked(() => ReserveFor(volumes[volumeId], instance).Id);

    /// <summary>What nova-api asks before it casts a detach (cinder/volume/api.py: begin_detaching).</summary>
    public void BeginDetaching(string volumeId) => cloud.Locked(() =>
    {
        var volume = volumes[volumeId];
        if (volume.Status is not "in-use" || volume.MigrationStatus is not null)
        {
            throw new FakeRefusal(
                400, "Invalid volume: Unable to detach volume. Volume status must be 'in-use' and attach_status must be 'attached' to detach.");
        }

        volume.Status = "detaching";
    });

    /// <summary>An operator of the cloud takes it from its server.</summary>
    public void DetachByHand(string volumeId) => cloud.Locked(() =>
    {
        foreach (var attachment in attachments.Values.Where(one => one.VolumeId == volumeId).ToList())
        {
            Disconnect(attachment.Id);
        }
    });

    /// <summary>Does what is due. Called under the lock before anything looks.</summary>
    internal void Advance()
    {
        foreach (var volume in volumes.Values.ToList())
        {
            var behind = volume.ProviderId is { } childId ? CascadesTo?.Cinder.Find(childId) : null;
            switch (volume.Status)
            {
                case "creating" when !held.Contains("create"):
                    volume.Status = CascadesTo is null ? "available" : behind?.Status is null or "error" ? "error" : behind.Status is "creating" ? "creating" : "available";
                    break;
                case "deleting" when !held.Contains("delete"):
                    if (behind is not null)
                    {
                        CascadesTo!.Cinder.Change(behind.Id, one => one.Status = "deleting");
                    }

                    volumes.Remove(volume.Id);
                    break;
            }
        }
    }

    internal FakeAnswer Handle(FakeCall call)
    {
        if (call.Segments.Length is 0)
        {
            return Versions();
        }

        call.Version = Negotiate(call);
        return (call.Method, call.Segments) switch
        {
            ("POST", ["volumes"]) => Create(call),
            ("GET", ["volumes", "detail"]) => List(call),
            ("GET", ["volumes", var id]) => FakeAnswer.Json(200, new JsonObject { ["volume"] = View(call, Own(call, id)) }),
            ("DELETE", ["volumes", var id]) => Delete(Own(call, id)),
            ("POST", ["volumes", var id, "action"]) => Act(call, Own(call, id)),
            ("DELETE", ["volumes", var id, "metadata", var key]) => Own(call, id).Metadata.Remove(key)
                ? FakeAnswer.Empty(200)
                : throw new FakeRefusal(404, $"Volume {id} has no metadata with key {key}."),
            ("GET", ["snapshots", var id]) => ShowSnapshot(call, id),
            (_, ["attachments", .. var rest]) when call.Knows(3, 27) => HandleAttachments(call, rest),
            _ => throw new FakeRefusal(404, "The resource could not be found."),
        };
    }

    // cinder/api/versions.py: VersionsController.
    private FakeAnswer Versions() => FakeAnswer.Json(200, new JsonObject
    {
        ["versions"] = new JsonArray(new JsonObject
        {
            ["id"] = "v3.0", ["status"] = "CURRENT", ["version"] = cloud.Options.Release.BlockStorageMax, ["min_version"] = "3.0",
        }),
    });

    private Version Negotiate(FakeCall call)
    {
        var max = Version.Parse(cloud.Options.Release.BlockStorageMax);
        if (call.Request.Headers.GetValueOrDefault("openstack-api-version") is not { } text || !text.StartsWith("volume ", StringComparison.Ordinal))
        {
            return new Version(3, 0);
        }

        var asked = Version.Parse(text["volume ".Length..]);
        return asked <= max && asked >= new Version(3, 0)
            ? asked
            : throw new FakeRefusal(406, $"Version {asked} is not supported by the API. Minimum is 3.0 and maximum is {max}.");
    }

    private FakeVolume Own(FakeCall call, string id) =>
        volumes.TryGetValue(id, out var volume) && (call.IsAdmin || volume.ProjectId == call.ProjectId)
            ? volume
            : throw new FakeRefusal(404, $"Volume {id} could not be found.");

    private T Read<T>(Func<T> read)
    {
        lock (cloud.Gate)
        {
            Advance();
            return read();
        }
    }
}
