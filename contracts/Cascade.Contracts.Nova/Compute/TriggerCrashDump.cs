using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.trigger_crash_dump. Cast.</summary>
public sealed record TriggerCrashDump(VersionedObject Instance) : IRpcCall<TriggerCrashDump>
{
    public static RpcName Name => new("trigger_crash_dump", new(6, 0));

    public static JsonTypeInfo<TriggerCrashDump> Wire => NovaJson.Default.TriggerCrashDump;
}
