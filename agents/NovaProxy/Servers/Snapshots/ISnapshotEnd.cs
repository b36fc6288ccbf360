using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>What follows when the bytes are in the parent, or cannot come. Within the instance's turn; each may be called again.</summary>
internal interface ISnapshotEnd
{
    SnapshotKind KindOf(SnapshotNote note);

    /// <summary>The parent's image is active.</summary>
    Task DoneAsync(VersionedObject row, SnapshotNote note, RpcContext context, CancellationToken cancelled);

    /// <summary>The tenant deleted the parent's image.</summary>
    Task UnwantedAsync(VersionedObject row, SnapshotNote note, RpcContext context, CancellationToken cancelled);

    Task FailedAsync(VersionedObject row, SnapshotNote note, Exception why, RpcContext context, CancellationToken cancelled);
}
