using System.Collections.Concurrent;
using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Cascade.Bench.Peers;

/// <summary>RabbitMQ.Client and nothing else: no JSON, no rules. Echoes to the queue that the message names.</summary>
static class RawServer
{
    public static async Task RunAsync(int port)
    {
        await using var connection = await ConnectAsync(port);
        await using var sending = await connection.CreateChannelAsync();
        await Commands.ServeAsync(async command =>
        {
            var channel = await connection.CreateChannelAsync();
            switch (command)
            {
                case ["serve", var topic]:
                    await channel.QueueDeclareAsync(topic, durable: false, exclusive: false, autoDelete: false);
                    await ConsumeAsync(channel, topic, delivered => sending.BasicPublishAsync(
                        "", delivered.BasicProperties.ReplyTo!, mandatory: false, new BasicProperties { CorrelationId = delivered.BasicProperties.CorrelationId }, delivered.Body.ToArray()));
                    return "serving";
                case ["drain", var topic, var count]:
                    var left = int.Parse(count);
                    var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    var began = Stopwatch.GetTimestamp();
                    await ConsumeAsync(channel, topic, _ =>
                    {
                        if (--left == 0)
                        {
                            drained.TrySetResult();
                        }

                        return ValueTask.CompletedTask;
                    });
                    await drained.Task;
                    var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
                    await channel.DisposeAsync();
                    return $"done {count} {took:F3} 0";
                default:
                    return "what?";
            }
        });
    }

    internal static Task<IConnection> ConnectAsync(int port) =>
        new ConnectionFactory { HostName = "127.0.0.1", Port = port, AutomaticRecoveryEnabled = false }.CreateConnectionAsync("bench-raw");

    internal static async Task ConsumeAsync(IChannel channel, string queue, Func<BasicDeliverEventArgs, ValueTask> take)
    {
        await channel.BasicQosAsync(0, 128, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivered) =>
        {
            await take(delivered);
            await channel.BasicAckAsync(delivered.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
    }
}

/// <summary>The other end of <see cref="RawServer"/>.</summary>
static class RawClient
{
    public static async Task RunAsync(int port)
    {
        await using var connection = await RawServer.ConnectAsync(port);
        await using var sending = await connection.CreateChannelAsync();
        await using var listening = await connection.CreateChannelAsync();
        var waiting = new ConcurrentDictionary<string, TaskCompletionSource>();
        var reply = (await listening.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true)).QueueName;
        await RawServer.ConsumeAsync(listening, reply, delivered =>
        {
            if (waiting.TryRemove(delivered.BasicProperties.CorrelationId!, out var one))
            {
                one.TrySetResult();
            }

            return ValueTask.CompletedTask;
        });
        var number = 0L;

        async Task CallAsync(string topic, byte[] body)
        {
            var id = Interlocked.Increment(ref number).ToString();
            var done = waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await sending.BasicPublishAsync("", topic, mandatory: false, new BasicProperties { CorrelationId = id, ReplyTo = reply }, body);
            await done.Task;
        }

        await Commands.ServeAsync(async command =>
        {
            var body = Messages.Raw(command[2]);
            switch (command)
            {
                case ["load", var topic, _, var callers, var seconds]:
                    return await Commands.LoadAsync(int.Parse(callers), double.Parse(seconds), () => CallAsync(topic, body));
                case ["calls", var topic, _, var count]:
                    var left = int.Parse(count);
                    await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
                    {
                        while (Interlocked.Decrement(ref left) >= 0)
                        {
                            await CallAsync(topic, body);
                        }
                    }));
                    return "done";
                case ["fill", var topic, _, var many]:
                    for (var at = 0; at < int.Parse(many); at++)
                    {
                        await sending.BasicPublishAsync(Messages.Exchange, $"{topic}.host", mandatory: false, new BasicProperties { DeliveryMode = DeliveryModes.Persistent }, body);
                    }

                    return "done";
                default:
                    return "what?";
            }
        });
    }
}
