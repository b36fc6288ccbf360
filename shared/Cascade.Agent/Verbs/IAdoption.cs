namespace Cascade.Agent.Verbs;

/// <summary>Links one of the parent's things to what the child has for it: <c>mirror adopt</c>. For an agent that keeps links.</summary>
public interface IAdoption
{
    /// <returns>The child's id.</returns>
    /// <exception cref="AgentException">It is not this host's, or the child has nothing for it.</exception>
    Task<string> AdoptAsync(string parentId, CancellationToken cancelled);
}
