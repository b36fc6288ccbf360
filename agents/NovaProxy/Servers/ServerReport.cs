using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Operations;
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
        : new Verdict.Built(PowerOf(seen), HasConfigDrive(seen));

    static Verdict Idle(Believed row, Server seen)
    {
        if (seen.TaskState is not null || seen.Status is "BUILD" or "UNKNOWN" || row.VmState is VmStates.SoftDeleted or VmStates.Deleted)
        {
            return Verdict.Nothing.Instance;
        }

        if (row.VmState == VmStates.Resized && seen.Status != "VERIFY_RESIZE")
        {
            return Verdict.ResizeOver.Instance;
        }

        var power = PowerOf(seen);
        var sync = PowerSync.Of(row.VmState, row.PowerState, power);
        return sync is { Save: false, Stop: false } ? Verdict.Nothing.Instance : new Verdict.PowerChanged(power, sync.Stop);
    }
}
