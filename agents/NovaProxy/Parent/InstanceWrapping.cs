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

    /// <summary>Success is not ours to tell: the order was given, and whoever sees its outcome finishes the event.</summary>
    LeaveOpen = 4,

    /// <summary>What nearly every method has.</summary>
    Native = Fault | RevertTaskState,
}
