using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Rpc;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Cascade.Oslo.Messaging.Serving;

sealed partial class Listener
{
    const string Nowhere = "nowhere: it is dropped";

    long Next() => Interlocked.Increment(ref sequence);

    async Task DeliveredAsync(IChannel channel, string queue, BasicDeliverEventArgs delivered, CancellationToken session)
    {
        if (quitting)
        {
            // Not taken: the broker gives it to whoever serves next.
            return;
        }

        if (await ReadAsync(channel, queue, delivered.DeliveryTag, delivered.BasicProperties, delivered.Body, session) is not var (request, message))
        {
            return;
        }

        var delivery = new Delivery(channel, delivered.DeliveryTag, message, Parked: false, Acknowledged: false) { Trace = TraceHeaders.Of(delivered.BasicProperties) };
        if (EarlyAck)
        {
            // One that cannot be acknowledged is discarded: it will be given to somebody else (oslo.messaging: lp 1695746).
            if (!await settlement.AcknowledgeAsync(delivery))
            {
                return;
            }

            delivery = delivery with { Acknowledged = true };
        }

        var work = new Work(request, Next(), clock.GetTimestamp()) { Trace = delivery.Trace };
        if (!await IsNewAsync(work, delivery))
        {
            return;
        }

        if (EarlyAck)
        {
            // Acknowledged: it is ours now, whatever becomes of the connection.
            await room.WaitAsync(stopping);
        }
        else if (delivered.Redelivered && !await IsTrustedAsync(work))
        {
            return;
        }

        if (request.IsCall)
        {
            dispatcher.Serve(work);
        }
        else
        {
            Parking.Admit(work);
        }
    }

    async Task<Work?> ParkedAsync(IChannel channel, BasicGetResult got, CancellationToken session)
    {
        if (await ReadAsync(channel, Parking.Name, got.DeliveryTag, got.BasicProperties, got.Body, session) is not var (request, message))
        {
            return null;
        }

        var delivery = new Delivery(channel, got.DeliveryTag, message, Parked: true, Acknowledged: false) { Trace = TraceHeaders.Of(got.BasicProperties) };
        var work = new Work(request, Next(), clock.GetTimestamp()) { Parked = true, Trace = delivery.Trace };
        return await IsNewAsync(work, delivery) && (!got.Redelivered || await IsTrustedAsync(work)) ? work : null;
    }

    /// <returns>Null when it could not be read; then it is settled.</returns>
    async ValueTask<(RpcRequest Request, byte[] Message)?> ReadAsync(
        IChannel channel, string queue, ulong tag, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken session)
    {
        try
        {
            // kombu/message.py: Message.decode refuses what it has no decoder for.
            if (properties.ContentType != OsloEnvelope.ContentType)
            {
                throw new MalformedMessageException($"content type {properties.ContentType ?? "(none)"}, expected {OsloEnvelope.ContentType}");
            }

            var message = OsloEnvelope.Unwrap(BodyCompression.Unpack(properties, body).Span);
            return (RpcRequest.Read(TolerantJson.Parse(message)), message);
        }
        catch (MalformedMessageException malformed)
        {
            Log.Malformed(log, body.Length, queue, malformed.Message, serving.Parks ? dead.Name : Nowhere);
            Telemetry.Dead.Add(1, new KeyValuePair<string, object?>("method", "(malformed)"));
            if (serving.Parks)
            {
                var headers = properties.Headers is null ? null : new Dictionary<string, object?>(properties.Headers);
                await dead.PutAsync(body.ToArray(), malformed.Message, headers, session);
            }

            await settlement.AcknowledgeAsync(new Delivery(channel, tag, [], false, false));
            return null;
        }
    }

    async ValueTask<bool> IsNewAsync(Work work, Delivery delivery)
    {
        var seen = book.Take(work, delivery);
        if (seen == Seen.New)
        {
            return true;
        }

        Log.Duplicate(log, work.Method, work.RequestId);
        Telemetry.Duplicates.Add(1);
        if (seen == Seen.Served)
        {
            await settlement.AcknowledgeAsync(delivery);
        }
        return false;
    }

    /// <returns>False when it has killed us often enough; then it is buried.</returns>
    async Task<bool> IsTrustedAsync(Work work)
    {
        if (work.Request.UniqueId is not { } id)
        {
            return true;
        }

        work.Deaths = suspicions.Deaths(id);
        if (work.Deaths < serving.PoisonAfter)
        {
            Log.Redelivered(log, work.Method, work.RequestId, work.Deaths, serving.PoisonAfter);
            return true;
        }

        try
        {
            work.Suspect = true;
            await BuryAsync(work, $"{work.Deaths} deliveries came to no end, the process died each time");
            return false;
        }
        catch
        {
            // Nobody has it now: what the broker gives next must not be taken for a copy of something in work.
            foreach (var delivery in book.Forget(work))
            {
                await Settlement.ReturnAsync(delivery);
            }

            throw;
        }
    }
}
