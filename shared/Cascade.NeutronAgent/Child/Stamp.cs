namespace Cascade.NeutronAgent.Child;

/// <summary>
/// What stands in the <c>description</c> of everything that we make in the child, from the create call on: for which thing of the parent it is. Networks,
/// subnets and groups belong to our own project, where no tenant can write one. A port belongs to its tenant, who may write anything here: what a port
/// stands for is told by its network and its MAC, never by this alone.
/// </summary>
public static class Stamp
{
    const string Prefix = "cascade:";

    public static string Of(string parentId) => Prefix + parentId;

    /// <summary>The parent's id; null when it is no stamp of ours.</summary>
    public static string? ParentOf(string? description) =>
        description is not null && description.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(description.AsSpan(Prefix.Length), "D", out _)
            ? description[Prefix.Length..]
            : null;
}
