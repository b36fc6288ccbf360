using System.Text.Json.Nodes;

namespace CinderProxy.Tests.Support;

/// <summary>
/// What a parent's cinder-api and cinder-scheduler do before a cinder-volume hears of it: rows, quota, reservations and workers (cinder/volume/api.py, cinder/scheduler/manager.py),
/// and the message that follows, after a native one. And what the API does when its call is answered.
/// </summary>
sealed partial class FakeCinderApi
{
    public const string Gold = "7060d74d-e2a3-4080-bfc8-12baa2bbe59b";
    public const string Silver = "7060d74d-e2a3-4080-bfc8-12baa2bbe59c";

    /// <summary>The parent's own encryption, of which a child knows nothing.</summary>
    public const string Vault = "7060d74d-e2a3-4080-bfc8-12baa2bbe59d";

    /// <summary>In the child the same as <see cref="Silver"/>.</summary>
    public const string Bronze = "7060d74d-e2a3-4080-bfc8-12baa2bbe59e";

    /// <summary>Says nothing of the child's type.</summary>
    public const string Plain = "7060d74d-e2a3-4080-bfc8-12baa2bbe59f";

    static readonly Dictionary<string, string> TypeNames = new(StringComparer.Ordinal)
    {
        [Gold] = "Gold", [Silver] = "Silver", [Vault] = "Vault", [Bronze] = "Bronze", [Plain] = "Plain",
    };

    readonly ParentRows rows;
    int numbered;

    public FakeCinderApi(ParentRows rows, string host)
    {
        (this.rows, Host) = (rows, host);
        Quota = new(rows, Project);
        foreach (var (id, name) in TypeNames)
        {
            rows.Insert("volume_types", ("id", id), ("name", name), ("is_public", 1));
        }

        foreach (var (type, childType) in new[] { (Gold, "gold"), (Silver, "silver"), (Bronze, "silver") })
        {
            rows.Insert("volume_type_extra_specs", ("id", ++numbered), ("volume_type_id", type), ("key", "cascade:child_type"), ("value", childType));
        }

        rows.Insert("encryption", ("encryption_id", Vault), ("volume_type_id", Vault), ("provider", "luks"), ("cipher", "aes"), ("control_location", "front-end"));
    }

    /// <summary>The service whose volumes these are.</summary>
    public string Host { get; }

    /// <summary>The pool that the scheduler chooses.</summary>
    public string Pool { get; set; } = "nova";

    public string Project { get; init; } = "22222222222242228222222222222222";

    public string User { get; init; } = "11111111111141118111111111111111";

    public Quota Quota { get; }

    public int SizeOf(string volumeId) => (int)(long)rows.Row("volumes", volumeId)["size"]!;

    string? TypeOf(string volumeId) => (string?)rows.Row("volumes", volumeId)["volume_type_id"] is { } type ? TypeNames.GetValueOrDefault(type) : null;

    static string NewId() => Guid.NewGuid().ToString("D");

    void Worker(string type, string id, string status) => rows.Insert(
        "workers", ("id", rows.Number("SELECT COALESCE(MAX(id), 0) + 1 FROM workers")), ("resource_type", type), ("resource_id", id), ("status", status), ("race_preventer", 0));

    /// <summary>The status that it has becomes the one that it had.</summary>
    void Begin(string volumeId, string status) => rows.Run("UPDATE volumes SET previous_status=status, status=@p0 WHERE id=@p1", status, volumeId);

    Order About(string sample, string id, Action<JsonObject> fill) => RpcSample.Order(sample, id, Project, User, fill);

    /// <summary>A message whose volume is this one as its row is now.</summary>
    Order AboutVolume(string sample, string volumeId, Action<JsonObject>? fill = null, string member = "volume") => About(sample, volumeId, args =>
    {
        RpcSample.Fill(args[member], rows.Row("volumes", volumeId));
        fill?.Invoke(args);
    });
}
