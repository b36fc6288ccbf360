using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Delete;

/// <summary>What an operation that a delete overtook may have left, and nobody but the delete hears of any more.</summary>
internal interface ILeftover
{
    /// <summary>Within the instance's turn, when its server is gone and before its row is; may be called again. Never fails.</summary>
    Task ClearAsync(VersionedObject row, CancellationToken cancelled);
}
