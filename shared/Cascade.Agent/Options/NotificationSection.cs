using Cascade.Oslo.Config;
using Cascade.Oslo.Messaging.Notifications;

namespace Cascade.Agent;

/// <summary>[oslo_messaging_notifications]: whether and where notifications go. Without a driver none are sent, as in every service.</summary>
/// <param name="Drivers">messagingv2, messaging, log, noop; several may be written.</param>
/// <param name="Topics">queues begin with these names.</param>
/// <param name="TransportUrl">null for the bus of [DEFAULT].</param>
/// <param name="Retry">-1 tries for ever, 0 not again.</param>
public sealed record NotificationSection(
    IReadOnlyList<string> Drivers, IReadOnlyList<string> Topics, TransportUrl? TransportUrl, int Retry)
{
    static readonly string[] Known = ["messagingv2", "messaging", "log", "noop", "routing", "test", ""];

    /// <summary>Of several the one that reaches a bus counts.</summary>
    public NotificationDriver Driver =>
        Drivers.Contains("messagingv2", StringComparer.Ordinal) ? NotificationDriver.MessagingV2
        : Drivers.Contains("messaging", StringComparer.Ordinal) ? NotificationDriver.Messaging
        : NotificationDriver.Noop;

    /// <summary>How a notifier of this service sends.</summary>
    /// <param name="publisherId">For instance <c>compute.host1</c>.</param>
    public NotifierOptions Of(string publisherId) => new(publisherId)
    {
        Driver = Driver,
        Topics = Topics,
        GiveUpAfter = Retry < 0 ? null : TimeSpan.FromSeconds(Retry),
    };

    internal static NotificationSection Read(OptionReader reader)
    {
        var group = reader.Group("oslo_messaging_notifications", "Notifications for those who listen on the parent's bus.");
        var section = new NotificationSection(
            group.Multi("driver", [], "messagingv2, messaging, log or noop; nothing is sent without one.", new() { Deprecated = ["DEFAULT.notification_driver"] }),
            group.List("topics", ["notifications"], "Topics of the queues.", new() { Deprecated = ["DEFAULT.notification_topics"] }),
            group.Transport("transport_url", "A bus of their own; [DEFAULT] transport_url without it."),
            group.Int("retry", -1, "New tries of a failed send; -1 for ever, 0 none.", new() { Min = -1 }));
        foreach (var driver in section.Drivers.Where(d => !Known.Contains(d)))
            reader.Fault($"[{group.Name}] driver = '{driver}': write one of {string.Join(", ", Known.Where(k => k.Length > 0))}");
        return section;
    }
}
