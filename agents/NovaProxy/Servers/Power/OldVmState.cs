using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>What an instance was before it was suspended or resized, in its system metadata (nova/compute/manager.py: suspend_instance, resume_instance, _prep_resize).</summary>
internal static class OldVmState
{
    const string Key = "old_vm_state";

    public static string? Of(VersionedObject row) => (row.Data["system_metadata"] as JsonObject)?[Key]?.ToString();

    public static void Put(JsonObject metadata, string? vmState) => metadata[Key] = vmState;

    public static void Remove(JsonObject metadata) => metadata.Remove(Key);
}
