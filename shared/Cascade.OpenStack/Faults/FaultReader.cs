namespace Cascade.OpenStack.Faults;

/// <summary>The one table from an HTTP answer to a <see cref="FaultKind"/>.</summary>
internal static class FaultReader
{
    /// <summary>
    /// nova 403 <c>Quota exceeded for instances: Requested 1, but already used 10 of 10 instances</c> (nova/exception.py: TooManyInstances,
    /// raised as HTTPForbidden by api/openstack/compute/servers.py create); neutron 409 of type <c>OverQuota</c>; glance 413 quota text.
    /// </summary>
    public static FaultKind Kind(int status, string? message, string? code, bool asksToWait) => status switch
    {
        401 => FaultKind.Forbidden,
        403 => SpeaksOfQuota(message, code) ? FaultKind.OverQuota : FaultKind.Forbidden,
        404 => FaultKind.NotFound,
        // 410: nova answers it for APIs that were taken out (api/openstack/wsgi.py: removed), never for a resource.
        405 or 406 or 410 or 501 => FaultKind.Unsupported,
        408 or 425 or 429 => FaultKind.Unavailable,
        409 => SpeaksOfQuota(message, code) ? FaultKind.OverQuota : FaultKind.Conflict,
        412 or 423 => FaultKind.Conflict,
        // neutron_lib/exceptions: ResourceExhausted is a ServiceUnavailable, but nothing gives the segment back by waiting.
        503 when code is NetworkError.NoNetworkAvailable => FaultKind.OverQuota,
        413 when SpeaksOfQuota(message, code) => FaultKind.OverQuota,
        413 when asksToWait => FaultKind.Unavailable,
        >= 500 => FaultKind.Unavailable,
        _ => FaultKind.Invalid,
    };

    /// <summary>Whether a request that changes something may have changed it although this is the answer: a proxy that lost the
    /// backend, or a server that fell over half way. 503 is the refusal of somebody who has not begun.</summary>
    public static bool MayHaveHappened(int status) => status is >= 500 and not 501 and not 503;

    private static bool SpeaksOfQuota(string? message, string? code) =>
        Has(code, "OverQuota") || Has(message, "quota") || Has(message, "limit exceeded") || Has(message, "Maximum number of");

    private static bool Has(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) is true;
}
