using Cascade.Contracts.Nova.Faults;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.NovaProxy.Volumes;

/// <summary>A refusal of the parent's Cinder in nova's own classes (nova/volume/cinder.py: translate_cinder_exception, translate_volume_exception, translate_create_exception).</summary>
internal static class CinderWords
{
    /// <param name="missing">What a 404 means.</param>
    public static RpcFault Of(CloudFault fault, RpcFault? missing = null) => fault switch
    {
        { Kind: FaultKind.NotFound } when missing is not null => missing,
        { Kind: FaultKind.Unavailable, Status: null } => VolumeFaults.CinderConnectionFailed(Text(fault), fault),
        { Kind: FaultKind.OverQuota } => VolumeFaults.OverQuota(Text(fault), fault),
        { Kind: FaultKind.Forbidden } => VolumeFaults.Forbidden(Text(fault), fault),
        { Kind: FaultKind.Invalid } => VolumeFaults.InvalidInput(Text(fault), fault),
        _ => NovaFaults.Failed(Text(fault), fault),
    };

    /// <summary>As cinderclient puts it: text, status, request.</summary>
    static string Text(CloudFault fault) =>
        fault.Message + (fault.Status is { } status ? $" (HTTP {status})" : "") + (fault.RequestId is { } id ? $" (Request-ID: {id})" : "");
}
