using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;

namespace Cascade.Agent.Child;

/// <summary>What a refusal of the child means for the message that caused it.</summary>
public class Refusals(ChildHealth health)
{
    /// <summary>Before anything is said to either cloud: while the child is away the message waits.</summary>
    /// <exception cref="ParkException">The child is away.</exception>
    public void RequireChild()
    {
        if (!health.Answers)
        {
            throw new ParkException($"the child is away: {health.Reason}");
        }
    }

    /// <summary>
    /// A silence is looked into: when the child is away altogether the message is put aside and comes back with it; when only this request
    /// fails, it is a failure like any other. So is a Keystone that takes our account no more (its password was changed): where only one project is closed to us, the look succeeds.
    /// </summary>
    /// <exception cref="ParkException">The child is away.</exception>
    public async Task ParkIfAwayAsync(Exception failure, CancellationToken cancelled)
    {
        if (ChildWords.In(failure) is not { } fault || fault is not ({ Kind: FaultKind.Unavailable } or { Kind: FaultKind.Forbidden, Service: "identity" }))
        {
            return;
        }

        // One that is back in this moment was away when the request failed: it is asked again, not blamed.
        var wasAway = !health.Answers;
        if (!await health.CheckAsync(cancelled) || wasAway)
        {
            throw new ParkException($"the child is away: {ChildWords.Text(fault)}", failure);
        }
    }
}
