using Cascade.NovaProxy.Child;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.NovaProxy.Servers;

/// <summary>What a refusal of the child means for the message that caused it.</summary>
internal sealed class Refusals(ChildHealth health)
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

    /// <summary>Asks the child; what it refuses is told in its own words, and while it is away the message waits.</summary>
    /// <param name="doing">For the reader of a fault.</param>
    /// <exception cref="RpcFault">The child refuses.</exception>
    /// <exception cref="ParkException">The child is away.</exception>
    public async Task<T> AskAsync<T>(string doing, Func<Task<T>> ask, CancellationToken cancelled)
    {
        try
        {
            return await ask();
        }
        catch (CloudFault fault)
        {
            await ParkIfAwayAsync(fault, cancelled);
            throw ChildFaults.ToParent(doing, fault);
        }
    }

    /// <inheritdoc cref="AskAsync{T}(string, Func{Task{T}}, CancellationToken)"/>
    public Task AskAsync(string doing, Func<Task> ask, CancellationToken cancelled) => AskAsync<object?>(
        doing,
        async () =>
        {
            await ask();
            return null;
        },
        cancelled);

    /// <summary>
    /// A silence is looked into: when the child is away altogether the message is put aside and comes back with it; when only this request
    /// fails, it is a failure like any other.
    /// </summary>
    /// <exception cref="ParkException">The child is away.</exception>
    public async Task ParkIfAwayAsync(Exception failure, CancellationToken cancelled)
    {
        if (ChildFaults.In(failure) is not { Kind: FaultKind.Unavailable } fault)
        {
            return;
        }

        // One that is back in this moment was away when the request failed: it is asked again, not blamed.
        var wasAway = !health.Answers;
        if (!await health.CheckAsync(cancelled) || wasAway)
        {
            throw new ParkException($"the child is away: {ChildFaults.Text(fault)}", failure);
        }
    }
}
