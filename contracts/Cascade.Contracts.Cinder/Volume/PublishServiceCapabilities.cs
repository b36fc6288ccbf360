using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/manager.py: SchedulerDependentManager.publish_service_capabilities. Fanout, of a scheduler that starts.</summary>
public sealed record PublishServiceCapabilities() : IRpcCall<PublishServiceCapabilities>
{
    public static RpcName Name => new("publish_service_capabilities", new(3, 0));

    public static JsonTypeInfo<PublishServiceCapabilities> Wire => CinderJson.Default.PublishServiceCapabilities;
}
