using Cascade.Contracts.Nova.Compute;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Rebuild;

/// <summary>What this host cannot rebuild, said before anything is made (D9).</summary>
internal static class RebuildRules
{
    /// <returns>Why not, in words for the tenant; null when it can be rebuilt.</returns>
    public static string? Refusal(RebuildInstance call, VersionedObject row) =>
        call.InjectedFiles is { Count: > 0 } ? "files to inject (personality) are not supported by this host; use user data"
        : call.AccelUuids is { Count: > 0 } ? "accelerators (device profiles) are not supported by this host"
        : row.Object("trusted_certs") is not null || call.Instance.Object("trusted_certs") is not null ? "trusted image certificates are not supported by this host"
        : null;
}
