using Cascade.Oslo.Config;
using Cascade.Oslo.Messaging.Notifications;
using Cascade.Oslo.Messaging.Rabbit;

namespace Cascade.Agent.Child;

/// <summary>[child_notifications]: where the child tells by itself what happens in it, if its operator lets us listen.</summary>
/// <param name="Bus">The child's bus; null when we do not listen.</param>
/// <param name="Listening">What to hear on it.</param>
public sealed record ChildNoticesOptions(RabbitOptions? Bus, NotificationListenerOptions Listening)
{
    /// <param name="parent">For the manners of a connection; nothing of it says where.</param>
    /// <param name="exchange">The control exchange of the service that this agent mirrors.</param>
    /// <param name="topics">What that service notifies on by default.</param>
    /// <param name="host">For the name of our queue there.</param>
    public static ChildNoticesOptions Read(OptionReader reader, RabbitOptions parent, string exchange, IReadOnlyList<string> topics, string host)
    {
        var group = reader.Group(
            "child_notifications",
            "The child's own notifications, if its operator lets us listen: what happens there is then seen at once instead of at the next look. A user that may read the exchange and make queues named cascade.heard.* is enough.",
            own: true);
        var url = group.Transport("transport_url", "The child's bus. Without it nothing is lost, it is only seen later.", new() { Sample = "rabbit://USER:PASSWORD@CHILD:5672/" });
        var listening = new NotificationListenerOptions(
            host,
            group.Text("exchange", exchange, "The control_exchange of the child's service.")!,
            group.List("topics", topics, "Topics on which the child's service notifies."));
        var tls = RabbitSection.Tls(reader, group);
        return new(url is null ? null : parent.On(url) with { Tls = tls }, listening);
    }
}
