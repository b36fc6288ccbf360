using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.retype. Cast. <c>host</c> as in migrate_volume; the policy is <c>never</c> or <c>on-demand</c>. Both lists
/// of reservations are open: they are committed or rolled back by whoever serves this.
/// </summary>
public sealed record Retype(
    VersionedObject Volume,
    string NewTypeId,
    JsonObject? Host = null,
    string? MigrationPolicy = null,
    string[]? Reservations = null,
    string[]? OldReservations = null) : IRpcCall<Retype>
{
    public static RpcName Name => new("retype", new(3, 0));

    public static JsonTypeInfo<Retype> Wire => CinderJson.Default.Retype;
}
