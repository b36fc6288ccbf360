namespace Cascade.CinderProxy.Parent;

/// <summary>What of one noun an earlier life may have left half done, and how it is finished.</summary>
internal interface IUnfinished
{
    /// <summary>As cinder's objects call it, which a cleanup is asked for by.</summary>
    string ResourceType { get; }

    /// <summary>Before any message: who stands for whom must be known, for nothing may be adopted that another row links to.</summary>
    Task ReadLinksAsync(CancellationToken cancelled);

    /// <summary>Rows of ours that are on their way, by what the parent says.</summary>
    Task<IReadOnlyList<Unfinished>> ReadAsync(CancellationToken cancelled);

    /// <summary>Whether this life works on it, or has asked the child and watches for the end.</summary>
    bool IsInHand(string id);

    /// <summary>How long it is left to a message that may still come.</summary>
    TimeSpan PatienceWith(Unfinished row);

    /// <summary>Goes on with it, in its turn, if it still is what it was.</summary>
    Task FinishAsync(Unfinished row, CancellationToken cancelled);
}

/// <param name="Status">Of the row.</param>
/// <param name="ChildId">Null when it was never linked.</param>
internal sealed record Unfinished(string Id, string Status, string? ChildId)
{
    public bool IsBeingMade => Status is "creating" or "downloading";
}
