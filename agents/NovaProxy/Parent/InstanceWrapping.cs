namespace Cascade.NovaProxy.Parent;

/// <summary>The native decorators of a method beside its event.</summary>
[Flags]
internal enum InstanceWrapping
{
    None = 0,

    /// <summary>wrap_instance_fault.</summary>
    Fault = 1,

    /// <summary>reverts_task_state.</summary>
    RevertTaskState = 2,

    /// <summary>What nearly every method has.</summary>
    Native = Fault | RevertTaskState,
}
