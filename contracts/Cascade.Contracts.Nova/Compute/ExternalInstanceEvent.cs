using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.external_instance_event. Cast. InstanceExternalEvent: instance_uuid, name, status, tag.</summary>
public sealed record ExternalInstanceEvent(VersionedObject[] Instances, VersionedObject[] Events) : IRpcCall<ExternalInstanceEvent>
{
    public static RpcName Name => new("external_instance_event", new(6, 0));

    public static JsonTypeInfo<ExternalInstanceEvent> Wire => NovaJson.Default.ExternalInstanceEvent;
}
