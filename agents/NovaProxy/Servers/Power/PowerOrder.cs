using Cascade.Contracts.Nova.States;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>What the orders about power differ in.</summary>
/// <param name="Event">Of the action.</param>
/// <param name="Verb">For the reader of a fault.</param>
/// <param name="Infinitive">For the reader of a fault.</param>
/// <param name="TaskState">What nova-api wrote before it sent the order.</param>
/// <param name="VmState">What the instance is when it is done.</param>
/// <param name="Goal">What the server in the child is when it is done.</param>
internal sealed record PowerOrder(string Event, string Verb, string Infinitive, string TaskState, string VmState, PowerGoal Goal)
{
    public static PowerOrder Start { get; } = new(Events.Start, "starting", "start", TaskStates.PoweringOn, VmStates.Active, PowerGoal.Running);

    public static PowerOrder Stop { get; } = new(Events.Stop, "stopping", "stop", TaskStates.PoweringOff, VmStates.Stopped, PowerGoal.Off);

    public static PowerOrder Pause { get; } = new(Events.Pause, "pausing", "pause", TaskStates.Pausing, VmStates.Paused, PowerGoal.Paused);

    public static PowerOrder Unpause { get; } = new(Events.Unpause, "unpausing", "unpause", TaskStates.Unpausing, VmStates.Active, PowerGoal.Running);

    public static PowerOrder Suspend { get; } = new(Events.Suspend, "suspending", "suspend", TaskStates.Suspending, VmStates.Suspended, PowerGoal.Suspended);

    public static PowerOrder Resume { get; } = new(Events.Resume, "resuming", "resume", TaskStates.Resuming, VmStates.Active, PowerGoal.Running);

    /// <summary>The guest is put off and the server kept: nothing may be deleted in the child before the parent says so (nova/compute/manager.py: soft_delete_instance).</summary>
    public static PowerOrder SoftDelete { get; } =
        new(Events.SoftDelete, "stopping the deleted", "stop", TaskStates.SoftDeleting, VmStates.SoftDeleted, PowerGoal.Off);

    public static PowerOrder Restore { get; } = new(Events.Restore, "restoring", "restore", TaskStates.Restoring, VmStates.Active, PowerGoal.Running);

    public static IReadOnlyList<PowerOrder> All { get; } = [Start, Stop, Pause, Unpause, Suspend, Resume, SoftDelete, Restore];
}
