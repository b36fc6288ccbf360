using Cascade.NovaProxy.Child;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.NovaProxy.Servers;

/// <summary>What a refusal of the child means for the message that caused it, in nova's exceptions.</summary>
internal sealed class ServerRefusals(ChildHealth health) : Refusals(health)
{
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
}
