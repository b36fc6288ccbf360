using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>What a suspended instance was before, in its system metadata (nova/compute/manager.py: suspend_instance, resume_instance).</summary>
internal static class OldVmState
{
    const string Key = "old_vm_state";

    public static string? Of(VersionedObject row) => (row.Data["system_metadata"] as JsonObject)?[Key]?.ToString();

    public static void Put(JsonObject metadata, string? vmState) => metadata[Key] = vmState;

    public static void Remove(JsonObject metadata) => metadata.Remove(Key);
}
