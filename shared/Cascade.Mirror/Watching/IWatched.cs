namespace Cascade.Mirror.Watching;

/// <summary>What a <see cref="Watch{TSeen}"/> looks at, and whom it tells.</summary>
public interface IWatched<TSeen>
    where TSeen : class
{
    /// <summary>The child's id.</summary>
    string IdOf(TSeen seen);

    /// <summary>Changes when, and only when, there is something new to tell.</summary>
    string FingerprintOf(TSeen seen);

    /// <summary>The child's clock now; null before the child was ever heard.</summary>
    DateTimeOffset? ChildNow { get; }

    /// <summary>Everything of ours that changed at or after this moment of the child's clock, what was deleted too; null for everything that is there.</summary>
    Task<IReadOnlyList<TSeen>> ListAsync(DateTimeOffset? changedSince, CancellationToken cancelled);

    /// <summary>One by its id; null when the child says that it is not there.</summary>
    Task<TSeen?> FindAsync(string childId, CancellationToken cancelled);

    /// <summary>The child ids that the parent believes to be there.</summary>
    Task<IReadOnlyCollection<string>> BelievedAsync(CancellationToken cancelled);

    /// <summary>Tells the parent what is seen. May be told the same twice. An exception means: tell me again.</summary>
    Task ReportAsync(Sight<TSeen> sight, CancellationToken cancelled);

    /// <summary>Tells the parent that this id is confirmed not to be there.</summary>
    Task ReportGoneAsync(string childId, CancellationToken cancelled);
}

/// <summary>Something seen, and since when we know that it cannot be older.</summary>
/// <param name="Seen">What the child showed.</param>
/// <param name="Asked">Our clock's timestamp before the child was asked: an order given later cannot be answered by this sight.</param>
public sealed record Sight<TSeen>(TSeen Seen, long Asked);
