using System.Diagnostics.CodeAnalysis;

namespace Cascade.OpenStack;

/// <summary>A cloud refused, or did not answer. Classified once, in <c>Faults/FaultReader</c>.</summary>
/// <param name="kind">What it means.</param>
/// <param name="message">The cloud's own words where it had any.</param>
/// <param name="inner">What the transport said, if nothing came back.</param>
[SuppressMessage("Naming", "CA1710", Justification = "A fault is what both clouds call it.")]
public sealed class CloudFault(FaultKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public FaultKind Kind { get; } = kind;

    /// <summary>Service type as in the catalog: <c>compute</c>, <c>placement</c>, <c>image</c>, <c>network</c>, <c>block-storage</c>, <c>identity</c>.</summary>
    public string Service { get; init; } = "";

    /// <summary>HTTP status, or null when no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>The cloud's error code where the service has one: <c>placement.concurrent_update</c>, Neutron's <c>OverQuota</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The cloud's own request id (<c>x-openstack-request-id</c>).</summary>
    public string? RequestId { get; init; }

    /// <summary>What was asked: method and path, without query.</summary>
    public string? Request { get; init; }

    /// <summary>How long the cloud asked us to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// True when the request may have had its effect although no answer says so: a POST, PUT, PATCH or DELETE whose answer was lost,
    /// timed out, or was a gateway's 502 or 504. Look up before doing it again.
    /// </summary>
    public bool ResultUnknown { get; init; }

    /// <summary>Whether the same request may succeed later without anybody changing anything.</summary>
    public bool WorthRetrying => Kind is FaultKind.Unavailable || Code is PlacementConcurrentUpdate;

    /// <summary>Somebody else changed the provider since we read its generation: read again, then write.
    /// placement/errors.py: CONCURRENT_UPDATE.</summary>
    public const string PlacementConcurrentUpdate = "placement.concurrent_update";

    /// <summary>A class of a provider cannot go while somebody has some of it. placement/errors.py: INVENTORY_INUSE.</summary>
    public const string PlacementInventoryInUse = "placement.inventory.inuse";
}
