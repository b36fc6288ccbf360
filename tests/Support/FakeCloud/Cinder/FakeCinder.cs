using System.Globalization;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>
/// Cinder with the states of volumes, snapshots and attachments as cinder/volume/api.py and manager.py keep them. Its volumes stand on stock backends, or, with
/// <see cref="CascadesTo"/>, behind a Cinder-Proxy: each is then a volume of that other cloud, and connections are answered as the proxy answers them.
/// </summary>
public sealed partial class FakeCinder
{
    private readonly FakeCloud cloud;
    private readonly Dictionary<string, FakeVolume> volumes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FakeAttachment> attachments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FakeSnapshot> snapshots = new(StringComparer.Ordinal);
    private readonly FakeIndex<string, FakeAttachment> attachmentsOf = new();
    private readonly FakeIndex<string, FakeSnapshot> snapshotsOf = new();
    private readonly FakeIndex<string, FakeVolume> volumesOf = new();

    internal FakeCinder(FakeCloud cloud) => this.cloud = cloud;

    /// <summary>The child whose volumes these are; null for a stock backend.</summary>
    public FakeCloud? CascadesTo { get; set; }

    public IReadOnlyList<FakeVolume> Volumes => Read(() => volumes.Values.OrderBy(volume => volume.Created).Select(volume => volume.Copy()).ToList());

    public IReadOnlyList<FakeAttachment> Attachments => Read(() => attachments.Values.Select(attachment => attachment with { }).ToList());

    public IReadOnlyList<FakeSnapshot> Snapshots => Read(() => snapshots.Values.OrderBy(snapshot => snapshot.Created).Select(snapshot => snapshot.Copy()).ToList());

    public FakeVolume? Find(string id) => Read(() => volumes.GetValueOrDefault(id)?.Copy());

    public FakeSnapshot? FindSnapshot(string id) => Read(() => snapshots.GetValueOrDefault(id)?.Copy());

    /// <summary>Volumes that carry this metadata item.</summary>
    public IReadOnlyList<FakeVolume> Carrying(string key, string value) =>
        Read(() => volumesOf[Key(new(key, value))].Select(volume => volume.Copy()).ToList());

    internal FakeAnswer Handle(FakeCall call)
    {
        if (call.Segments.Length is 0)
        {
            return Versions();
        }

        call.Version = Negotiate(call);
        return (call.Method, call.Segments) switch
        {
            (_, ["volumes", .. var rest]) => HandleVolumes(call, rest),
            (_, ["snapshots", .. var rest]) => HandleSnapshots(call, rest),
            (_, ["attachments", .. var rest]) when call.Knows(3, 27) => HandleAttachments(call, rest),
            (_, ["volume-transfers", .. var rest]) => HandleTransfers(call, rest),
            (_, ["backups", .. var rest]) => HandleBackups(call, rest),
            (_, ["groups", .. var rest]) when call.Knows(3, 13) => HandleGroups(call, rest),
            (_, ["group_snapshots", .. var rest]) when call.Knows(3, 14) => HandleGroupSnapshots(call, rest),
            ("GET", ["group_types"]) when call.Knows(3, 11) => ListGroupTypes(call),
            ("GET", ["types"]) => ListTypes(call),
            ("GET", ["types", var id]) => ShowType(call, id),
            ("GET", ["messages"]) when call.Knows(3, 3) => ListMessages(call),
            ("GET", ["limits"]) => ShowLimits(call),
            (_, ["os-quota-sets", var project]) => HandleQuotaSet(call, project),
            ("GET", ["scheduler-stats", "get_pools"]) => ListPools(call),
            ("GET", ["os-availability-zone"]) => ListZones(),
            ("GET", ["os-services"]) => ListServices(call),
            ("GET", ["manageable_volumes", "detail"]) when call.Knows(3, 8) => ListManageable(call),
            ("GET", ["manageable_snapshots", "detail"]) when call.Knows(3, 8) => ListManageableSnapshots(call),
            _ => throw NoRoute(),
        };
    }

    private static FakeRefusal NoRoute() => new(404, "The resource could not be found.");

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

    private static void Demand(FakeCall call, string action)
    {
        if (!call.IsAdmin)
        {
            throw new FakeRefusal(403, $"Policy doesn't allow {action} to be performed.");
        }
    }

    private FakeVolume Own(FakeCall call, string id) =>
        volumes.TryGetValue(id, out var volume) && (call.IsAdmin || volume.ProjectId == call.ProjectId)
            ? volume
            : throw new FakeRefusal(404, $"Volume {id} could not be found.");

    private FakeSnapshot SnapshotOf(FakeCall call, string id) => snapshots.GetValueOrDefault(id) is { } found && (call.IsAdmin || found.ProjectId == call.ProjectId)
        ? found
        : throw new FakeRefusal(404, $"Snapshot {id} could not be found.");

    private T Read<T>(Func<T> read)
    {
        lock (cloud.Gate)
        {
            Advance();
            return read();
        }
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>The database keeps whole seconds of what it updates (cinder/db/sqlalchemy/models.py: DateTime on MySQL).</summary>
    private DateTimeOffset Second() => new(cloud.Now.Ticks - (cloud.Now.Ticks % TimeSpan.TicksPerSecond), cloud.Now.Offset);

    private static JsonObject Json(IEnumerable<KeyValuePair<string, string>> items) => new(items.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value)));

    private static IEnumerable<KeyValuePair<string, string>> Items(JsonNode? items) =>
        (items as JsonObject ?? []).Select(item => KeyValuePair.Create(item.Key, (string)item.Value!));
}
