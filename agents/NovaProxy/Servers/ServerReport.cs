using Cascade.Contracts.Nova.States;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers;

/// <summary>What the parent knows of an instance, as far as a look at the child can change it.</summary>
internal sealed record Believed(string? VmState, string? TaskState, int PowerState)
{
    public static Believed Of(VersionedObject instance) =>
        new(instance.Text("vm_state"), instance.Text("task_state"), (int)(instance.Number("power_state") ?? 0));
}

/// <summary>From what is seen in the child to what the parent should believe. A fresh intent of the parent (a task state) is only ever completed, never overwritten.</summary>
internal static class ServerReport
{
    /// <param name="seen">Null when the child confirmed that it is not there.</param>
    /// <param name="answers">True when this sight is younger than the order that the task state stands for, so that what it shows is the order's outcome.</param>
    public static Verdict Of(Believed row, Server? seen, bool answers)
    {
        if (seen is null || seen.Status == "DELETED")
        {
            return Gone(row);
        }

        return row.TaskState switch
        {
            TaskStates.Deleting or TaskStates.SoftDeleting => Going(seen, answers),
            _ when row.VmState == VmStates.Building => Building(row, seen),
            TaskStates.PoweringOff => PoweringOff(seen, answers),
            TaskStates.PoweringOn => PoweringOn(seen, answers),
            TaskStates.RebootStarted or TaskStates.RebootStartedHard => Rebooting(seen, answers),
            null => Idle(row, seen),
            _ => Verdict.Nothing.Instance,
        };
    }

    /// <summary>nova's numbers are the same in both clouds; what a policy hides is guessed from the status.</summary>
    public static PowerState PowerOf(Server seen) => seen.PowerState is { } power
        ? (PowerState)power
        : seen.Status switch
        {
            "ACTIVE" => PowerState.Running,
            "SHUTOFF" => PowerState.Shutdown,
            "PAUSED" => PowerState.Paused,
            "SUSPENDED" => PowerState.Suspended,
            _ => PowerState.NoState,
        };

    public static string FaultOf(Server seen) => seen.Fault?.Message is { Length: > 0 } message
        ? $"{message} (child server {seen.Id})"
        : $"the child's server {seen.Id} is in error and says no reason";

    static Verdict Gone(Believed row) => row switch
    {
        { TaskState: TaskStates.Deleting or TaskStates.SoftDeleting } or { VmState: VmStates.Deleted } => Verdict.Deleted.Instance,
        { VmState: VmStates.Building } => new Verdict.BuildFailed("the server was deleted in the child while it was built"),
        { VmState: VmStates.Error, PowerState: (int)PowerState.NoState, TaskState: null } => Verdict.Nothing.Instance,
        _ => Verdict.Vanished.Instance,
    };

    static Verdict Going(Server seen, bool answers) =>
        ServerActuator.IsSoftDeleted(seen) ? Verdict.DeleteAgain.Instance
        : !answers || seen.TaskState is not null ? Verdict.Nothing.Instance
        // nova/compute/manager.py: terminate_instance sets error and takes the task state back when it fails.
        : seen.Status == "ERROR" ? new Verdict.DeleteFailed(FaultOf(seen))
        : Verdict.DeleteAgain.Instance;

    static Verdict Building(Believed row, Server seen) =>
        row.TaskState != TaskStates.Spawning ? Verdict.Nothing.Instance
        : seen.Status == "ERROR" ? new Verdict.BuildFailed(FaultOf(seen))
        : seen.Status == "BUILD" || seen.TaskState is not null ? Verdict.Nothing.Instance
        : new Verdict.Built(PowerOf(seen), seen.ConfigDrive is { Length: > 0 } drive && !drive.Equals("false", StringComparison.OrdinalIgnoreCase));

    static Verdict PoweringOff(Server seen, bool answers) =>
        seen.TaskState is not null ? Verdict.Nothing.Instance
        : seen.Status == "SHUTOFF" ? new Verdict.Stopped(PowerOf(seen))
        : answers ? Failed(seen, "stop", broken: false)
        : Verdict.Nothing.Instance;

    static Verdict PoweringOn(Server seen, bool answers) =>
        seen.TaskState is not null ? Verdict.Nothing.Instance
        : seen.Status == "ACTIVE" ? new Verdict.Started(PowerOf(seen))
        : answers ? Failed(seen, "start", broken: false)
        : Verdict.Nothing.Instance;

    static Verdict Rebooting(Server seen, bool answers) =>
        !answers || seen.TaskState is not null || seen.Status is "REBOOT" or "HARD_REBOOT" ? Verdict.Nothing.Instance
        : seen.Status == "ACTIVE" ? new Verdict.Rebooted(PowerOf(seen))
        // nova/compute/manager.py: reboot_instance: a guest that still runs keeps its vm_state, any other is in error.
        : Failed(seen, "reboot", broken: PowerOf(seen) != PowerState.Running);

    static Verdict.OrderFailed Failed(Server seen, string order, bool broken) => new(
        seen.Status == "ERROR" ? FaultOf(seen) : $"the child took the order to {order} server {seen.Id} and it is {seen.Status} as before",
        PowerOf(seen),
        broken);

    static Verdict Idle(Believed row, Server seen)
    {
        if (seen.TaskState is not null || seen.Status is "BUILD" or "UNKNOWN" || row.VmState is VmStates.SoftDeleted or VmStates.Deleted)
        {
            return Verdict.Nothing.Instance;
        }

        var power = PowerOf(seen);
        var sync = PowerSync.Of(row.VmState, row.PowerState, power);
        return sync is { Save: false, Stop: false } ? Verdict.Nothing.Instance : new Verdict.PowerChanged(power, sync.Stop);
    }
}
