using System.Text;
using Cascade.Oslo.Wire.Envelope;
using RabbitMQ.Client;

namespace Cascade.Oslo.Messaging.Tests.Support;

/// <summary>A plain AMQP client: for what no decent peer would send.</summary>
sealed class Raw : IAsyncDisposable
{
    readonly IConnection connection;

    Raw(IConnection connection, IChannel channel)
    {
        this.connection = connection;
        Channel = channel;
    }

    public IChannel Channel { get; }

    public static async Task<Raw> OpenAsync(Lane lane)
    {
        var factory = new ConnectionFactory { HostName = "127.0.0.1", Port = lane.Broker.Port, VirtualHost = lane.Vhost };
        var open = await factory.CreateConnectionAsync();
        var channel = await open.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        return new(open, channel);
    }

    /// <summary>A message in its envelope, straight into a queue.</summary>
    public ValueTask SendAsync(string queue, string message) => SendBodyAsync(queue, OsloEnvelope.Wrap(Encoding.UTF8.GetBytes(message)));

    public ValueTask SendBodyAsync(string queue, byte[] body, string? contentType = "application/json", Dictionary<string, object?>? headers = null)
    {
        var properties = new BasicProperties { ContentType = contentType, ContentEncoding = "utf-8", DeliveryMode = DeliveryModes.Persistent, Headers = headers };
        return Channel.BasicPublishAsync("", queue, mandatory: true, properties, body);
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
