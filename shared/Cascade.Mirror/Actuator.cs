namespace Cascade.Mirror;

/// <summary>
/// The verbs of one kind of thing in the child. Each may be called twice with the same outcome, and none waits for the thing to become ready:
/// what comes after is the <c>Watch</c>'s.
/// </summary>
/// <typeparam name="TWanted">What the parent asks for, in the child's words.</typeparam>
/// <typeparam name="TSeen">What the child shows.</typeparam>
public abstract class Actuator<TWanted, TSeen>
    where TSeen : class
{
    /// <summary>The child's id of what is seen.</summary>
    public abstract string IdOf(TSeen seen);

    /// <summary>Reads by the child's id. MUST return null only when the child says that it is not there.</summary>
    public abstract Task<TSeen?> FindAsync(string childId, CancellationToken cancelled);

    /// <summary>
    /// Looks for what an earlier life made for this parent id. MUST return only what we made ourselves, what carries the stamp, what is not on its
    /// way out, and what stands for no other parent thing; of several the oldest, so that two lives choose the same.
    /// </summary>
    public abstract Task<TSeen?> AdoptAsync(string parentId, CancellationToken cancelled);

    /// <summary>Makes it, stamped from the very create call. MUST NOT do anything that can fail after the child has it.</summary>
    /// <exception cref="OutcomeUnknownException">The child may have made it although no answer says so.</exception>
    public abstract Task<TSeen> CreateAsync(string parentId, TWanted wanted, CancellationToken cancelled);

    /// <summary>Brings what is there to what is wanted, where that can be done in place.</summary>
    public abstract Task UpdateAsync(TSeen seen, TWanted wanted, CancellationToken cancelled);

    /// <summary>Asks the child to delete it. Not being there is success.</summary>
    public abstract Task DeleteAsync(TSeen seen, CancellationToken cancelled);
}
