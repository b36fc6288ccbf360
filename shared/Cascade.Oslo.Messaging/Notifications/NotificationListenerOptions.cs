namespace Cascade.Oslo.Messaging.Notifications;

/// <summary>What to hear on a bus.</summary>
/// <param name="Name">Of the listener; it stands in the name of its queue, for the operator of that bus.</param>
/// <param name="Exchange">The sender's control exchange, for instance <c>nova</c>.</param>
/// <param name="Topics">For instance <c>versioned_notifications</c>.</param>
public sealed record NotificationListenerOptions(string Name, string Exchange, IReadOnlyList<string> Topics)
{
    /// <summary>In lower case; nova sends what failed as <c>error</c>, everything else as <c>info</c>.</summary>
    public IReadOnlyList<string> Priorities { get; init; } = ["info", "error"];

    /// <summary>How many may wait to be heard; the oldest go first.</summary>
    public int Room { get; init; } = 1000;
}
