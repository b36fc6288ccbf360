using Cascade.OpenStack;
using Cascade.OpenStack.Compute;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>
/// Where a server in the child is to get to. The way there depends on where it is: the child's own operator may have paused what the parent wants stopped, and
/// nova-api would refuse the plain order (nova/compute/api.py: the check_instance_state of each).
/// </summary>
internal abstract record PowerGoal
{
    public static PowerGoal Running { get; } = new RunningGoal();

    public static PowerGoal Off { get; } = new OffGoal();

    public static PowerGoal Paused { get; } = new PausedGoal();

    public static PowerGoal Suspended { get; } = new SuspendedGoal();

    /// <summary>It is where it should be.</summary>
    public abstract bool IsReached(Server seen);

    /// <summary>The child is at it.</summary>
    public abstract bool IsNearing(Server seen);

    /// <summary>The one order that gets it there.</summary>
    /// <param name="scope">The tenant's.</param>
    public abstract Task GiveAsync(OpenStack.Compute.Servers servers, Scope scope, Server seen, CancellationToken cancelled);

    sealed record RunningGoal : PowerGoal
    {
        public override bool IsReached(Server seen) => seen.Status == "ACTIVE";

        public override bool IsNearing(Server seen) => seen.TaskState is "powering-on" or "unpausing" or "resuming";

        public override Task GiveAsync(OpenStack.Compute.Servers servers, Scope scope, Server seen, CancellationToken cancelled) => seen.Status switch
        {
            "PAUSED" => servers.UnpauseAsync(scope, seen.Id, cancelled),
            "SUSPENDED" => servers.ResumeAsync(scope, seen.Id, cancelled),
            _ => servers.StartAsync(scope, seen.Id, cancelled),
        };
    }

    sealed record OffGoal : PowerGoal
    {
        /// <summary>The guest of a suspended server does not run, and nova-api would not stop it.</summary>
        public override bool IsReached(Server seen) => seen.Status is "SHUTOFF" or "SUSPENDED";

        public override bool IsNearing(Server seen) => seen.TaskState == "powering-off";

        public override async Task GiveAsync(OpenStack.Compute.Servers servers, Scope scope, Server seen, CancellationToken cancelled)
        {
            if (seen.Status is "PAUSED" or "RESCUE")
            {
                // Native stops a guest in any state (nova/compute/api.py: force_stop); the API does so only from active or error.
                await servers.ResetToActiveAsync(Scope.Own, seen.Id, cancelled);
            }

            await servers.StopAsync(scope, seen.Id, cancelled);
        }
    }

    sealed record PausedGoal : PowerGoal
    {
        public override bool IsReached(Server seen) => seen.Status == "PAUSED";

        public override bool IsNearing(Server seen) => seen.TaskState == "pausing";

        public override Task GiveAsync(OpenStack.Compute.Servers servers, Scope scope, Server seen, CancellationToken cancelled) =>
            servers.PauseAsync(scope, seen.Id, cancelled);
    }

    sealed record SuspendedGoal : PowerGoal
    {
        public override bool IsReached(Server seen) => seen.Status == "SUSPENDED";

        public override bool IsNearing(Server seen) => seen.TaskState == "suspending";

        public override Task GiveAsync(OpenStack.Compute.Servers servers, Scope scope, Server seen, CancellationToken cancelled) =>
            servers.SuspendAsync(scope, seen.Id, cancelled);
    }
}
