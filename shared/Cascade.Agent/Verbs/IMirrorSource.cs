namespace Cascade.Agent.Verbs;

/// <summary>One noun of <c>mirror list</c>: register as many as the agent mirrors.</summary>
public interface IMirrorSource
{
    /// <summary>In the plural: <c>servers</c>, <c>ports</c>.</summary>
    string Noun { get; }

    /// <summary>The parent's objects of this host beside the child's, and then the child's that are ours and that the parent does not know.</summary>
    Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled);
}

/// <param name="Uuid">in the parent.</param>
/// <param name="State">the parent's status.</param>
/// <param name="ChildId">a dash for none.</param>
/// <param name="ChildStatus">a dash for none.</param>
/// <param name="Note">linked, not linked, missing in the child, orphan with the reason.</param>
public sealed record MirrorRow(string Uuid, string? Name, string State, string ChildId, string ChildStatus, string Note);
