using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Notifications;
using Cascade.Oslo.Messaging.Rabbit;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Usage;

/// <summary>
/// Notifications of a nova-compute on the parent's bus, or the one that [oslo_messaging_notifications] transport_url names. Of several drivers the one that
/// reaches a bus counts.
/// </summary>
internal sealed class UsageNotices : IUsageNotices, IAsyncDisposable
{
    readonly RabbitTransport? own;
    readonly Notifier notifier;
    readonly NotificationDriver driver;

    public UsageNotices(NotificationSection section, RabbitOptions parent, RabbitTransport bus, HostIdentity identity, ILoggerFactory loggers, TimeProvider time)
    {
        driver = section.Drivers.Contains("messagingv2", StringComparer.Ordinal) ? NotificationDriver.MessagingV2
            : section.Drivers.Contains("messaging", StringComparer.Ordinal) ? NotificationDriver.Messaging
            : NotificationDriver.Noop;
        own = section.TransportUrl is { } url && IsHeard ? new(parent.On(url), loggers, time) : null;
        // nova/rpc.py: get_notifier: the service and its host.
        notifier = (own ?? bus).CreateNotifier(new($"compute.{identity.Host}")
        {
            Driver = driver,
            Topics = section.Topics,
            GiveUpAfter = section.Retry < 0 ? null : TimeSpan.FromSeconds(section.Retry),
        });
    }

    public bool IsHeard => driver is not NotificationDriver.Noop;

    public Task ExistsAsync(JsonObject usage, CancellationToken cancelled) =>
        notifier.NotifyAsync("info", "compute.instance.exists", usage, RequestIds.Admin(), cancelled: cancelled);

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
