using System.Globalization;
using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Cascade.Oslo.Messaging.Parking;

/// <summary>The operator's verbs for messages that were given up: list, put back, drop.</summary>
public sealed class DeadLetters : IAsyncDisposable
{
    readonly RabbitLink link;
    readonly Publisher publisher;

    internal DeadLetters(RabbitLinks links, Publisher publisher, ILogger log)
    {
        this.publisher = publisher;
        link = links.New("dead letters", log);
    }

    /// <param name="queue">The server's queue, for instance <c>compute.host1</c>.</param>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(string queue, CancellationToken cancelled)
    {
        List<DeadLetter> seen = [];
        await VisitAsync(
            queue,
            (letter, _) =>
            {
                seen.Add(letter);
                return Task.FromResult(false);
            },
            cancelled);
        return seen;
    }

    /// <summary>Puts those that <paramref name="which"/> chooses back to the end of the server's queue, as new messages.</summary>
    /// <returns>How many.</returns>
    public Task<int> RequeueAsync(string queue, Func<DeadLetter, bool> which, CancellationToken cancelled) => VisitAsync(
        queue,
        async (letter, message) =>
        {
            if (!which(letter))
            {
                return false;
            }

            var headers = new Dictionary<string, object?>(message.BasicProperties.Headers ?? new Dictionary<string, object?>());
            headers.Remove(Headers.Reason);
            headers.Remove(Headers.At);
            headers.Remove(Headers.Queue);
            await publisher.PublishAsync(new("", queue, message.Body.ToArray()) { Mandatory = true, MayCompress = false, Headers = headers }, cancelled);
            return true;
        },
        cancelled);

    /// <summary>Drops those that <paramref name="which"/> chooses, for good.</summary>
    /// <returns>How many.</returns>
    public Task<int> DropAsync(string queue, Func<DeadLetter, bool> which, CancellationToken cancelled) =>
        VisitAsync(queue, (letter, _) => Task.FromResult(which(letter)), cancelled);

    public ValueTask DisposeAsync() => link.DisposeAsync();

    async Task<int> VisitAsync(string queue, Func<DeadLetter, BasicGetResult, Task<bool>> isDone, CancellationToken cancelled)
    {
        var session = await link.SessionAsync(cancelled);
        // Whatever is not acknowledged on this channel goes back to its place when the channel closes.
        await using var channel = await session.Connection.CreateChannelAsync(cancellationToken: cancelled);
        var dead = DeadLetterBox.NameOf(queue);
        var done = 0;
        try
        {
            for (var place = 1; await channel.BasicGetAsync(dead, autoAck: false, cancelled) is { } message; place++)
            {
                if (await isDone(Describe(message, place), message))
                {
                    await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancelled);
                    done++;
                }
            }
        }
        catch (OperationInterruptedException none) when (none.ShutdownReason?.ReplyCode == 404)
        {
            // Nothing was ever given up.
        }

        return done;
    }

    static DeadLetter Describe(BasicGetResult message, int place)
    {
        RpcRequest? request = null;
        try
        {
            request = RpcRequest.Read(BodyCompression.Unpack(message.BasicProperties, message.Body).Span);
        }
        catch (MalformedMessageException)
        {
            // That is what most of them are here for.
        }

        var properties = message.BasicProperties;
        var at = DateTimeOffset.TryParse(Headers.Text(properties, Headers.At), CultureInfo.InvariantCulture, DateTimeStyles.None, out var when) ? when : (DateTimeOffset?)null;
        return new(
            request?.UniqueId ?? $"#{place}", request?.Method, request?.Context.RequestId, Headers.Text(properties, Headers.Reason) ?? "", at, message.Body.Length);
    }
}
