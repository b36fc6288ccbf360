using Cascade.Oslo.Messaging.Rabbit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Cascade.Oslo.Messaging.Topology;

/// <summary>
/// Declares on a channel of its own, because every refusal closes the channel it came on. Exchanges are looked for first; a
/// queue or exchange that exists with the other durability is used as it is (oslo.messaging since 14.1 does the same).
/// </summary>
sealed class Declarer(RabbitSession session, ILogger log) : IAsyncDisposable
{
    const ushort NotFound = 404;
    const ushort PreconditionFailed = 406;
    const ushort InternalError = 541;

    IChannel? channel;

    public Version Broker => session.Broker;

    public async Task ExchangeAsync(ExchangeSpec spec, CancellationToken cancelled)
    {
        try
        {
            await (await ChannelAsync(cancelled)).ExchangeDeclarePassiveAsync(spec.Name, cancelled);
            return;
        }
        catch (OperationInterruptedException refused) when (Code(refused) == NotFound)
        {
        }

        try
        {
            await CreateAsync(spec, cancelled);
        }
        catch (OperationInterruptedException refused) when (IsDurable(refused))
        {
            // Somebody else was quicker, with other options.
            Log.DurableAdopted(log, "exchange", spec.Name, !spec.Durable, spec.Durable);
            await CreateAsync(spec with { Durable = !spec.Durable }, cancelled);
        }
        catch (OperationInterruptedException refused) when (Code(refused) == PreconditionFailed)
        {
            throw Refused("exchange", spec.Name, refused);
        }
    }

    /// <returns>How many messages are ready in it.</returns>
    public async Task<uint> QueueAsync(QueueSpec spec, CancellationToken cancelled)
    {
        try
        {
            return await CreateAsync(spec, cancelled);
        }
        catch (OperationInterruptedException refused) when (IsDurable(refused))
        {
            Log.DurableAdopted(log, "queue", spec.Name, !spec.Durable, spec.Durable);
            return await CreateOtherAsync(spec with { Durable = !spec.Durable }, cancelled);
        }
        catch (OperationInterruptedException refused) when (Code(refused) == PreconditionFailed)
        {
            throw Refused("queue", spec.Name, refused);
        }
        catch (OperationInterruptedException refused) when (Code(refused) == NotFound)
        {
            // impl_rabbit.py: Consumer.declare: a queue of a node that is down is deleted; any other 404 here is a race.
            if (Text(refused).Contains("down", StringComparison.OrdinalIgnoreCase))
            {
                Log.QueueOnDownNode(log, spec.Name);
                await (await ChannelAsync(cancelled)).QueueDeleteAsync(spec.Name, cancellationToken: cancelled);
            }

            return await CreateAsync(spec, cancelled);
        }
        catch (OperationInterruptedException refused) when (Code(refused) == InternalError && refused.ShutdownReason?.Initiator == ShutdownInitiator.Peer)
        {
            Log.InternalError(log, "queue", spec.Name, Text(refused));
            throw;
        }
    }

    /// <summary>For queues of our own name: one that an earlier life made with other arguments serves as well.</summary>
    /// <returns>How many messages are ready in it.</returns>
    public async Task<uint> OwnQueueAsync(QueueSpec spec, CancellationToken cancelled)
    {
        try
        {
            return await QueueAsync(spec, cancelled);
        }
        catch (RabbitConfigurationException refused)
        {
            Log.QueueAsItIs(log, spec.Name, refused.Message);
            return (await (await ChannelAsync(cancelled)).QueueDeclarePassiveAsync(spec.Name, cancelled)).MessageCount;
        }
    }

    /// <summary>For queues of our own name in which nothing is that may not be lost: one with other arguments is deleted first.</summary>
    public async Task QueueAnewAsync(QueueSpec spec, CancellationToken cancelled)
    {
        try
        {
            await QueueAsync(spec, cancelled);
        }
        catch (RabbitConfigurationException other)
        {
            Log.QueueMadeAnew(log, spec.Name, other.Message);
            await (await ChannelAsync(cancelled)).QueueDeleteAsync(spec.Name, cancellationToken: cancelled);
            await QueueAsync(spec, cancelled);
        }
    }

    public async Task BindAsync(string queue, string exchange, string routingKey, CancellationToken cancelled) =>
        await (await ChannelAsync(cancelled)).QueueBindAsync(queue, exchange, routingKey, cancellationToken: cancelled);

    public async Task PurgeAsync(string queue, CancellationToken cancelled) =>
        await (await ChannelAsync(cancelled)).QueuePurgeAsync(queue, cancelled);

    public async ValueTask DisposeAsync()
    {
        if (channel is not null)
        {
            await channel.DisposeAsync();
        }
    }

    async Task CreateAsync(ExchangeSpec spec, CancellationToken cancelled) =>
        await (await ChannelAsync(cancelled)).ExchangeDeclareAsync(spec.Name, spec.Type, spec.Durable, spec.AutoDelete, cancellationToken: cancelled);

    async Task<uint> CreateAsync(QueueSpec spec, CancellationToken cancelled)
    {
        var open = await ChannelAsync(cancelled);
        var made = await open.QueueDeclareAsync(spec.Name, spec.Durable, exclusive: false, spec.AutoDelete, spec.ArgumentTable, cancellationToken: cancelled);
        return made.MessageCount;
    }

    async Task<uint> CreateOtherAsync(QueueSpec spec, CancellationToken cancelled)
    {
        try
        {
            return await CreateAsync(spec, cancelled);
        }
        catch (OperationInterruptedException refused) when (Code(refused) == PreconditionFailed)
        {
            throw Refused("queue", spec.Name, refused);
        }
    }

    async ValueTask<IChannel> ChannelAsync(CancellationToken cancelled)
    {
        if (channel is { IsOpen: true })
        {
            return channel;
        }

        if (channel is not null)
        {
            await channel.DisposeAsync();
        }

        return channel = await session.Connection.CreateChannelAsync(cancellationToken: cancelled);
    }

    static RabbitConfigurationException Refused(string kind, string name, OperationInterruptedException refused) =>
        new($"{kind} {name} exists with other arguments than [oslo_messaging_rabbit] says: {Text(refused)}", refused);

    static bool IsDurable(OperationInterruptedException refused) =>
        Code(refused) == PreconditionFailed && Text(refused).Contains("inequivalent arg 'durable'", StringComparison.Ordinal);

    static ushort Code(OperationInterruptedException refused) => refused.ShutdownReason?.ReplyCode ?? 0;

    static string Text(OperationInterruptedException refused) => refused.ShutdownReason?.ReplyText ?? refused.Message;
}
