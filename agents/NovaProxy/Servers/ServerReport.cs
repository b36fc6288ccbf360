using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Power;
using Cascade.OpenStack.Compute;

namespace Cascade.NovaProxy.Servers;

/// <summary>From what is seen in the child to what the parent should believe. A fresh intent of the parent (a task state) is only ever completed, never overwritten.</summary>
internal static class ServerReport
{
    /// <param name="seen">Null when the child confirmed that it is not there.</param>
    /// <param name="answers">True when this sight is younger than the order that the task state stands for, so that what it shows is the order's outcome.</param>
    /// <param name="operation">What the row says is under way.</param>
    public static Verdict Of(Believed row, Server? seen, bool answers, IServerOperation? operation)
    {
        if (seen is null || seen.Status == "DELETED")
        {
            return operation is null ? Gone(row) : operation.JudgeGone(row);
        }

        return row.TaskState switch
        {
            _ when operation is not null => operation.Judge(row, seen, answers),
            TaskStates.Deleting or TaskStates.SoftDeleting => Going(seen, answers),
            _ when row.VmState == VmStates.Building => Building(row, seen),
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

    public static bool HasConfigDrive(Server seen) => seen.ConfigDrive is { Length: > 0 } drive && !drive.Equals("false", StringComparison.OrdinalIgnoreCase);

    public static string FaultOf(Server seen) => seen.Fault?.Message is { Length: > 0 } message
        ? $"{message} (child server {seen.Id})"
        : $"the child's server {seen.Id} is in error and says no reason";

    /// <summary>The child took an order and shows no trace of it.</summary>
    /// <param name="order">The verb, for the reader of the fault.</param>
    /// <param name="vmState">What the instance becomes, null where native leaves it as it is.</param>
    public static Verdict.OrderFailed Failed(Server seen, string order, string? vmState = null) => new(
        seen.Status == "ERROR" ? FaultOf(seen) : $"the child took the order to {order} server {seen.Id} and it is {seen.Status} as before",
        PowerOf(seen),
        vmState);

    static Verdict Gone(Believed row) => row switch
    {
        { TaskState: TaskStates.Deleting or TaskStates.SoftDeleting } or { VmState: VmStates.Deleted } => Verdict.Deleted.Instance,
        { VmState: VmStates.Building } => new Verdict.BuildFailed("the server was deleted in the child while it was built"),
        // Its tenant deleted it: it stays so, and a restore says that there is no server.
        { VmState: VmStates.SoftDeleted, TaskState: null } => Verdict.Nothing.Instance,
        { VmState: VmStates.Error or VmStates.Shelved, PowerState: (int)PowerState.NoState, TaskState: null } => Verdict.Nothing.Instance,
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
        : new Verdict.Built(PowerOf(seen), HasConfigDrive(seen));

    /// <summary>An error of the child is shown where the tenant expects the server to be well; not of what he deleted, and not where it would shut the way to confirm or unshelve.</summary>
    static bool MayFail(string? vmState) =>
        vmState is VmStates.Active or VmStates.Stopped or VmStates.Paused or VmStates.Suspended or VmStates.Rescued;

    /// <summary>What a server that is well again is by its own word; null for what the parent must have brought about itself.</summary>
    static string? StateOf(Server seen) => seen.Status switch
    {
        "ACTIVE" => VmStates.Active,
        "SHUTOFF" => VmStates.Stopped,
        "PAUSED" => VmStates.Paused,
        "SUSPENDED" => VmStates.Suspended,
        _ => null,
    };

    static Verdict Idle(Believed row, Server seen)
    {
        if (seen.TaskState is not null || seen.Status is "BUILD" or "UNKNOWN" || row.VmState is VmStates.Deleted)
        {
            return Verdict.Nothing.Instance;
        }

        if (row.VmState == VmStates.Resized && seen.Status != "VERIFY_RESIZE")
        {
            return Verdict.ResizeOver.Instance;
        }

        var power = PowerOf(seen);
        if (seen.Status == "ERROR" && row.BeforeError is null && MayFail(row.VmState))
        {
            return new Verdict.Errored(FaultOf(seen), power);
        }

        if (seen.Status != "ERROR" && row.BeforeError is { } before)
        {
            return new Verdict.Recovered(row.VmState == VmStates.Error ? StateOf(seen) ?? before : null, power);
        }

        if (row.VmState == VmStates.Stopped && PowerGoal.Off.IsReached(seen))
        {
            // Some hypervisors call a suspended guest so, and it does not run (nova/objects/fields.py: InstancePowerState).
            power = PowerState.Shutdown;
        }

        var sync = PowerSync.Of(row.VmState, row.PowerState, power);
        return sync is { Save: false, Stop: false } ? Verdict.Nothing.Instance : new Verdict.PowerChanged(power, sync.Stop);
    }
}
