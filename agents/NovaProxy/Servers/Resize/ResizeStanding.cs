using Cascade.OpenStack;
using Cascade.OpenStack.Compute;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>What became of the last resize or migration of a server of the child.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Why">The child's words and request id, where it failed.</param>
internal sealed record Standing(ResizeEnd End, string? Why = null);

internal enum ResizeEnd
{
    /// <summary>It runs, or waits to be confirmed; whatever state the server is in.</summary>
    Open,

    Failed,

    Confirmed,

    Reverted,
}

/// <summary>
/// Reads it from the child's instance actions. A server's status does not tell: one that was stopped while it waited for confirmation is <c>SHUTOFF</c>, and so is
/// one whose resize was confirmed, reverted, or never begun (nova/compute/api.py records each action before anything is done).
/// </summary>
internal sealed class ResizeStanding(ChildCloud child)
{
    static readonly string[] Words = ["resize", "migrate", "confirmResize", "revertResize"];

    public async Task<Standing> OfAsync(string childId, CancellationToken cancelled)
    {
        var actions = await child.Cloud.Compute.InstanceActions.ListAsync(Scope.Own, childId, cancelled);
        // A confirmation that failed ended nothing.
        var last = actions.FirstOrDefault(action => Words.Contains(action.Action) && !(action.Failed && action.Action is "confirmResize" or "revertResize"));
        return last switch
        {
            null => new(ResizeEnd.Open),
            { Action: "confirmResize" } => new(ResizeEnd.Confirmed),
            { Action: "revertResize" } => new(ResizeEnd.Reverted),
            { Failed: true } => new(ResizeEnd.Failed, await WhyAsync(childId, last, cancelled)),
            _ => new(ResizeEnd.Open),
        };
    }

    /// <summary>The events of an action say it: <c>details</c> from 2.84 on, before that the last line of the traceback.</summary>
    async Task<string> WhyAsync(string childId, InstanceAction action, CancellationToken cancelled)
    {
        var whole = await child.Cloud.Compute.InstanceActions.GetAsync(Scope.Own, childId, action.RequestId, cancelled);
        var failed = whole.Events.FirstOrDefault(one => one.Result == "Error");
        var words = failed?.Details is { Length: > 0 } details ? details
            : failed?.Traceback?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var last] ? last
            : "the child says no reason";
        return $"{words} (child request {action.RequestId})";
    }
}
