using Cascade.Mirror;
using Cascade.OpenStack;

namespace Cascade.NeutronAgent.Looking;

/// <summary>The verbs of what is in the child's Neutron, by what its answers to a create mean: none at all, or one that will be the same the next time.</summary>
/// <param name="noun">What it is to a person: <c>router</c>.</param>
public abstract class NeutronActuator<TWanted, TSeen>(string noun) : Actuator<TWanted, TSeen>
    where TSeen : class
{
    /// <exception cref="RefusedException">The child will not have it, in its words.</exception>
    public sealed override async Task<TSeen> CreateAsync(string parentId, TWanted wanted, CancellationToken cancelled)
    {
        try
        {
            return await MakeAsync(parentId, wanted, cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            throw new OutcomeUnknownException(Faults.Text(fault), fault);
        }
        catch (CloudFault fault) when (IsRefusal(fault))
        {
            throw new RefusedException($"the child does not take {noun} {parentId}: {Faults.Text(fault)}", fault);
        }
    }

    /// <inheritdoc cref="Actuator{TWanted, TSeen}.CreateAsync"/>
    protected abstract Task<TSeen> MakeAsync(string parentId, TWanted wanted, CancellationToken cancelled);

    /// <summary>Whether the child says it to what is wanted, and not to the moment. Where who asked has to know the fault itself, nothing is one.</summary>
    protected virtual bool IsRefusal(CloudFault fault) => Faults.IsFinal(fault);
}
