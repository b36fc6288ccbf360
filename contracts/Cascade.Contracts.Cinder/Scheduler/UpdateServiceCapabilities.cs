using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Cinder.Capabilities;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Scheduler;

/// <summary>
/// cinder/scheduler/manager.py: SchedulerManager.update_service_capabilities. Fanout to every scheduler; 3.3 knows <c>cluster_name</c> and
/// <c>timestamp</c>. What is older than the last one of the host is ignored (host_manager.py: HostManager.update_service_capabilities).
/// </summary>
/// <param name="ServiceName"><c>volume</c> or <c>backup</c>.</param>
/// <param name="Host">The backend, without a pool.</param>
/// <param name="Capabilities">From <see cref="BackendCapabilities.ToJson"/> or <see cref="BackupCapabilities.ToJson"/>; it must not have another parent.</param>
/// <param name="ClusterName">Null outside a cluster.</param>
/// <param name="Timestamp">From <see cref="CapabilityTime"/>.</param>
public sealed record UpdateServiceCapabilities(string ServiceName, string Host, JsonObject Capabilities, string? ClusterName, string Timestamp)
    : IRpcCall<UpdateServiceCapabilities>
{
    public static RpcName Name => new("update_service_capabilities", new(3, 3));

    public static JsonTypeInfo<UpdateServiceCapabilities> Wire => CinderJson.Default.UpdateServiceCapabilities;

    /// <param name="host">The backend, without a pool.</param>
    /// <param name="capabilities">What it offers.</param>
    /// <param name="now">Ours; it must not go back.</param>
    public static UpdateServiceCapabilities Of(string host, BackendCapabilities capabilities, DateTimeOffset now) =>
        new(BackendCapabilities.ServiceName, host, capabilities.ToJson(), null, CapabilityTime.Write(now));

    /// <inheritdoc cref="Of(string, BackendCapabilities, DateTimeOffset)"/>
    public static UpdateServiceCapabilities Of(string host, BackupCapabilities capabilities, DateTimeOffset now) =>
        new(BackupCapabilities.ServiceName, host, capabilities.ToJson(), null, CapabilityTime.Write(now));
}
