namespace Cascade.Mirror;

/// <summary>Which child thing stands for one parent thing, kept in the parent's own record.</summary>
public interface ILink
{
    /// <summary>The child's id as last known; null when nothing is linked.</summary>
    string? ChildId { get; }

    /// <summary>Writes the link. When this returns it survives us.</summary>
    Task SetAsync(string childId, CancellationToken cancelled);
}
