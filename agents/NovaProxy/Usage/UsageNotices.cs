using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Notifications;
using Cascade.Oslo.Messaging.Rabbit;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Usage;

/// <summary>
/// Notifications of a nova-compute on the parent's bus, or the one that [oslo_messaging_notifications] transport_url names.
/// </summary>
internal sealed class UsageNotices : IUsageNotices, IAsyncDisposable
{
    readonly RabbitTransport? own;
    readonly Notifier notifier;
    readonly NotificationDriver driver;

    public UsageNotices(NotificationSection section, RabbitOptions parent, RabbitTransport bus, HostIdentity identity, ILoggerFactory loggers, TimeProvider time)
    {
        driver = section.Driver;
        own = section.TransportUrl is { } url && IsHeard ? new(parent.On(url), loggers, time) : null;
        // nova/rpc.py: get_notifier: the service and its host.
        notifier = (own ?? bus).CreateNotifier(section.Of($"compute.{identity.Host}"));
    }

    public bool IsHeard => driver is not NotificationDriver.Noop;

    public Task ExistsAsync(JsonObject usage, CancellationToken cancelled) =>
        notifier.NotifyAsync("info", "compute.instance.exists", usage, RequestIds.Admin(), cancelled: cancelled);

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
