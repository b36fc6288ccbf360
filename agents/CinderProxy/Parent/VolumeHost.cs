using Cascade.Contracts.Cinder;

namespace Cascade.CinderProxy.Parent;

/// <summary>
/// The names under which the parent knows us: a cinder-volume is <c>host@backend</c>, and what it holds is on one of its pools, <c>host@backend#pool</c>
/// (cinder/volume/volume_utils.py: extract_host).
/// </summary>
/// <param name="Server">[DEFAULT] host.</param>
/// <param name="Backend">[DEFAULT] enabled_backends.</param>
internal sealed record VolumeHost(string Server, string Backend)
{
    /// <summary>The service: <c>cproxy@child1</c>.</summary>
    public string Service => $"{Server}@{Backend}";

    public string OfPool(string pool) => $"{Service}#{pool}";

    /// <summary>Whether something of the parent that is on <paramref name="host"/> is ours.</summary>
    public bool Has(string? host) => host is not null && CinderTopics.Backend(host) == Service;

    /// <summary>Null when the host names none.</summary>
    public static string? PoolOf(string? host) => host is null ? null : CinderTopics.Pool(host);
}
