using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Cascade.Interop.Peers;

/// <summary>One message as it is on the wire.</summary>
public sealed record RawMessage(string RoutingKey, byte[] Body, IReadOnlyBasicProperties Properties)
{
    /// <summary>The message inside the envelope.</summary>
    public JsonElement Inner => JsonElement.Parse(JsonElement.Parse(Encoding.UTF8.GetString(Body)).GetProperty("oslo.message").GetString()!);
}

/// <summary>A peer without manners: publishes what nobody should, and sees what is really sent.</summary>
public sealed class RawBus : IAsyncDisposable
{
    readonly IConnection connection;
    readonly IChannel channel;

    RawBus(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    public static async Task<RawBus> ConnectAsync(Road road)
    {
        var factory = new ConnectionFactory { HostName = "127.0.0.1", Port = road.World.Broker.Port, AutomaticRecoveryEnabled = false, MaxInboundMessageBodySize = 1 << 28 };
        var made = await factory.CreateConnectionAsync("interop-raw");
        return new(made, await made.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)));
    }

    public IChannel Channel => channel;

    /// <summary>Takes every message of a queue, which is made when it is not there.</summary>
    public async Task<ChannelReader<RawMessage>> TakeAsync(string queue, string? exchange = null, string? key = null, bool declare = true)
    {
        if (declare)
        {
            await channel.QueueDeclareAsync(queue, durable: false, exclusive: false, autoDelete: false);
        }

        if (exchange is not null)
        {
            await channel.QueueBindAsync(queue, exchange, key ?? queue);
        }

        var taken = System.Threading.Channels.Channel.CreateUnbounded<RawMessage>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivered) =>
        {
            taken.Writer.TryWrite(new(delivered.RoutingKey, delivered.Body.ToArray(), new BasicProperties(delivered.BasicProperties)));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return taken.Reader;
    }

    /// <summary>Publishes a request with the properties of a Python peer, or others.</summary>
    public async Task PublishAsync(string exchange, string key, byte[] body, Action<BasicProperties>? change = null, bool mandatory = true)
    {
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            ContentEncoding = "utf-8",
            DeliveryMode = DeliveryModes.Persistent,
            Priority = 0,
            Headers = new Dictionary<string, object?>(),
        };
        change?.Invoke(properties);
        await channel.BasicPublishAsync(exchange, key, mandatory, properties, body);
    }

    /// <summary>The envelope around a message.</summary>
    public static byte[] Envelope(JsonNode inner, JsonNode? version = null) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["oslo.version"] = version ?? "2.0",
        ["oslo.message"] = inner.ToJsonString(),
    }.ToJsonString());

    public static async Task<RawMessage> NextAsync(ChannelReader<RawMessage> reader) => await reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
