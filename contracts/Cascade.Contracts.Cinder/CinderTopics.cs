namespace Cascade.Contracts.Cinder;

/// <summary>
/// Where messages go, from the name of a backend, <c>hostname@backend</c> or <c>hostname@backend#pool</c>. The exchange is nobody's own: cinder never sets one
/// (cinder/common/constants.py; cinder/service.py: Service.start; cinder/volume/rpcapi.py: VolumeAPI._get_cctxt).
/// </summary>
public static class CinderTopics
{
    /// <summary>oslo.messaging's default of <c>[DEFAULT] control_exchange</c>.</summary>
    public const string ControlExchange = "openstack";

    public const string Volume = "cinder-volume";

    /// <summary>Asked by cast to any one scheduler, or by fanout to all of them.</summary>
    public const string Scheduler = "cinder-scheduler";

    public const string Backup = "cinder-backup";

    /// <summary>What precedes <c>@</c>, the whole name when there is none (cinder/volume/volume_utils.py: extract_host, level host).</summary>
    public static string Hostname(string host) => Backend(host).Split('@')[0];

    /// <summary>The name without its pool (extract_host, level backend): the <c>host</c> of a service.</summary>
    public static string Backend(string host) => host.Split('#')[0];

    /// <summary>What follows <c>#</c>, null when there is no pool or more than one (extract_host, level pool).</summary>
    public static string? Pool(string host) => host.Split('#') is [_, var pool] ? pool : null;

    /// <summary>The servers that a native cinder-volume opens, outside a cluster.</summary>
    public static IReadOnlyList<CinderServer> Servers(string host) => [new(Volume, Backend(host)), Directed(host)];

    /// <summary>The server whose queue has every message that means this backend: <c>cinder-volume.host@backend.host</c>, the host twice.</summary>
    public static CinderServer Directed(string host) => new($"{Volume}.{Backend(host)}", Hostname(host));

    /// <summary>The queue of older senders, below 3.6: <c>cinder-volume.host@backend</c>.</summary>
    public static string Older(string host) => $"{Volume}.{Backend(host)}";

    /// <summary>The server of a backup service, which has no backend in its name.</summary>
    public static CinderServer BackupServer(string host) => new(Backup, host);
}

/// <param name="Topic">
/// The queue that all servers of the topic share. That of <see cref="CinderTopics.Volume"/> is every cinder-volume's: nobody means us by it.
/// </param>
/// <param name="Server">Of oslo.messaging's target.</param>
public sealed record CinderServer(string Topic, string Server)
{
    /// <summary>The server's own queue.</summary>
    public string Queue => $"{Topic}.{Server}";

    /// <summary>The exchange of the topic's fanout.</summary>
    public string FanoutExchange => $"{Topic}_fanout";
}
