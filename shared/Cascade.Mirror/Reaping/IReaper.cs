namespace Cascade.Mirror.Reaping;

/// <summary>A <see cref="Reaper{TSeen}"/> whatever it reaps, for an operator who wants to know, or does not want to wait.</summary>
public interface IReaper
{
    /// <summary>What nobody wants at this moment, with what is to become of it. Nothing is done.</summary>
    Task<IReadOnlyList<OrphanSeen>> ListAsync(CancellationToken cancelled);

    /// <summary>One pass now, by the rules of every pass.</summary>
    /// <returns>The child's ids of what was asked to go.</returns>
    Task<IReadOnlyList<string>> PassAsync(CancellationToken cancelled);
}

/// <summary>One orphan as an operator sees it.</summary>
/// <param name="Kind">What it is, in the plural.</param>
/// <param name="ChildId">In the child.</param>
/// <param name="ParentId">What its stamp says.</param>
/// <param name="Reason">Why nobody wants it.</param>
/// <param name="AgeSeconds">Since it was made.</param>
/// <param name="GoesInSeconds">Until it may be reaped; zero: with the next pass.</param>
public sealed record OrphanSeen(string Kind, string ChildId, string ParentId, string Reason, long AgeSeconds, long GoesInSeconds);
