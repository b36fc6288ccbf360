using Cascade.NovaProxy.Servers.Power;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers;

/// <summary>What the parent knows of an instance, as far as a look at the child can change it.</summary>
internal sealed record Believed(string? VmState, string? TaskState, int PowerState)
{
    /// <summary>What the instance was before it was told that its server is in error; null when nothing was told since the server was well.</summary>
    public string? BeforeError { get; init; }

    /// <summary>A crash dump was asked for whose outcome is not known.</summary>
    public bool CrashDump { get; init; }

    public static Believed Of(VersionedObject instance) =>
        new(instance.Text("vm_state"), instance.Text("task_state"), (int)(instance.Number("power_state") ?? 0))
        {
            BeforeError = ErrorMark.Of(instance),
            CrashDump = CrashDumpMark.Of(instance) is not null,
        };
}
