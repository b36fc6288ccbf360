using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers;

/// <summary>What the parent knows of an instance, as far as a look at the child can change it.</summary>
internal sealed record Believed(string? VmState, string? TaskState, int PowerState)
{
    public static Believed Of(VersionedObject instance) =>
        new(instance.Text("vm_state"), instance.Text("task_state"), (int)(instance.Number("power_state") ?? 0));
}
