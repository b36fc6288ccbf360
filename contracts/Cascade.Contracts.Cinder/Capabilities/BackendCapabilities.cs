using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Capabilities;

/// <summary>
/// What a backend tells the schedulers of itself (cinder/volume/manager.py: VolumeManager._report_driver_status). Replication is refused for good:
/// <c>replication_enabled</c> is false, there are no functions to filter or weigh by.
/// </summary>
public sealed record BackendCapabilities
{
    /// <summary>The <c>service_name</c> of a cinder-volume.</summary>
    public const string ServiceName = "volume";

    /// <summary>What a volume type asks for as <c>volume_backend_name</c>.</summary>
    public required string VolumeBackendName { get; init; }

    public string VendorName { get; init; } = "OpenStack";

    public string DriverVersion { get; init; } = "1.0";

    public string StorageProtocol { get; init; } = "cascade";

    public required IReadOnlyList<PoolCapabilities> Pools { get; init; }

    public JsonObject ToJson() => new()
    {
        ["volume_backend_name"] = VolumeBackendName,
        ["vendor_name"] = VendorName,
        ["driver_version"] = DriverVersion,
        ["storage_protocol"] = StorageProtocol,
        ["filter_function"] = null,
        ["goodness_function"] = null,
        ["replication_enabled"] = false,
        ["pools"] = new JsonArray([.. Pools.Select(pool => pool.ToJson())]),
    };
}
