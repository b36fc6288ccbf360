using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Cinder.Capabilities;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Scheduler;

/// <summary>
/// cinder/scheduler/manager.py: SchedulerManager.notify_service_capabilities. Cast to any one scheduler, which makes the notifications
/// <c>capacity.backend</c> and <c>capacity.pool</c> of it; 3.5 says <c>backend</c> where 3.1 said <c>host</c>.
/// </summary>
/// <param name="ServiceName"><c>volume</c>.</param>
/// <param name="Capabilities">From <see cref="BackendCapabilities.ToJson"/>; it must not have another parent.</param>
/// <param name="Backend">The backend, without a pool.</param>
/// <param name="Timestamp">From <see cref="CapabilityTime"/>.</param>
public sealed record NotifyServiceCapabilities(string ServiceName, JsonObject Capabilities, string Backend, string Timestamp) : IRpcCall<NotifyServiceCapabilities>
{
    public static RpcName Name => new("notify_service_capabilities", new(3, 5));

    public static JsonTypeInfo<NotifyServiceCapabilities> Wire => CinderJson.Default.NotifyServiceCapabilities;

    /// <param name="backend">The backend, without a pool.</param>
    /// <param name="capabilities">What it offers.</param>
    /// <param name="now">Ours.</param>
    public static NotifyServiceCapabilities Of(string backend, BackendCapabilities capabilities, DateTimeOffset now) =>
        new(BackendCapabilities.ServiceName, capabilities.ToJson(), backend, CapabilityTime.Write(now));
}
