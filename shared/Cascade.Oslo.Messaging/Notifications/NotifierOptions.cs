namespace Cascade.Oslo.Messaging.Notifications;

/// <summary><c>[oslo_messaging_notifications] driver</c>.</summary>
public enum NotificationDriver
{
    /// <summary>The default: nothing is sent.</summary>
    Noop,

    /// <summary><c>messaging</c>: without an envelope.</summary>
    Messaging,

    /// <summary><c>messagingv2</c>.</summary>
    MessagingV2,
}

/// <summary>What <c>[oslo_messaging_notifications]</c> says.</summary>
/// <param name="PublisherId">For instance <c>compute.host1</c>.</param>
public sealed record NotifierOptions(string PublisherId)
{
    public NotificationDriver Driver { get; init; }

    public IReadOnlyList<string> Topics { get; init; } = ["notifications"];

    /// <summary><c>retry</c>: null tries for ever (-1).</summary>
    public TimeSpan? GiveUpAfter { get; init; }
}
