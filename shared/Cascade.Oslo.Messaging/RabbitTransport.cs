using Cascade.Oslo.Messaging.Calling;
using Cascade.Oslo.Messaging.Leases;
using Cascade.Oslo.Messaging.Notifications;
using Cascade.Oslo.Messaging.Parking;
using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Serving;
using Cascade.Oslo.Messaging.Topology;
using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging;

/// <summary>
/// One cloud's message bus (oslo_messaging/transport.py: Transport): the door to everything in this room. Nothing connects before it is used; there is one connection
/// to send, one for replies, one for each server and lease.
/// </summary>
public sealed class RabbitTransport : IAsyncDisposable
{
    readonly RabbitOptions options;
    readonly ILoggerFactory loggers;
    readonly TimeProvider clock;
    readonly RabbitLinks links;
    readonly Publisher publisher;
    readonly ReplyInbox inbox;
    readonly QueueNames names;

    /// <exception cref="RabbitConfigurationException">The options contradict each other.</exception>
    public RabbitTransport(RabbitOptions options, ILoggerFactory loggers, TimeProvider clock)
    {
        RabbitOptionsRules.Require(options);
        this.options = options;
        this.loggers = loggers;
        this.clock = clock;
        names = new(options);
        links = new(options, clock);
        publisher = new(options, links, loggers.CreateLogger<RabbitTransport>());
        inbox = new(options, links, names, loggers.CreateLogger<RabbitTransport>());
        DeadLetters = new(links, publisher, loggers.CreateLogger<DeadLetters>());
        Depths = new(links, loggers.CreateLogger<QueueDepths>(), clock);
        Caller = new RpcCaller(options, publisher, inbox, clock);
    }

    public RabbitOptions Options => options;

    /// <summary>How its connections are; none before anything was used.</summary>
    public IReadOnlyList<LinkState> Links => links.States;

    /// <summary>One of <see cref="Links"/> is another than it was. Handlers return at once; they may be called by several at a time.</summary>
    public event EventHandler? LinksChanged
    {
        add => links.Changed += value;
        remove => links.Changed -= value;
    }

    public IRpcCaller Caller { get; }

    /// <summary>What was given up on this bus.</summary>
    public DeadLetters DeadLetters { get; }

    /// <summary>How deep queues of this bus are.</summary>
    public QueueDepths Depths { get; }

    /// <summary>A server that is not started yet.</summary>
    public RpcServer CreateServer(RpcServerOptions serving, IRpcEndpoint endpoint) =>
        new(options, links, serving, endpoint, publisher, names, loggers.CreateLogger<RpcServer>(), clock);

    /// <param name="name">The same for all copies of one agent, for instance <c>nova-proxy.host1</c>.</param>
    public ActiveLease CreateLease(string name) => new(options, links, name, loggers.CreateLogger<ActiveLease>(), clock);

    public Notifier CreateNotifier(NotifierOptions notifying) => new(options, notifying, publisher, loggers.CreateLogger<Notifier>(), clock);

    public NotificationListener CreateNotificationListener(NotificationListenerOptions listening) =>
        new(options, links, listening, loggers.CreateLogger<NotificationListener>());

    /// <summary>Stop the servers first.</summary>
    public async ValueTask DisposeAsync()
    {
        await Depths.DisposeAsync();
        await DeadLetters.DisposeAsync();
        await inbox.DisposeAsync();
        await publisher.DisposeAsync();
    }
}
