using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Topology;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Calling;

/// <summary>oslo_messaging/rpc/client.py: a call has an expiration, so that a server that comes late finds nothing of it.</summary>
sealed class RpcCaller(RabbitOptions options, Publisher publisher, ReplyInbox inbox, TimeProvider clock) : IRpcCaller
{
    readonly OsloTopology topology = new(options);

    public async Task<JsonElement> CallAsync(
        RpcTarget target,
        string method,
        JsonObject arguments,
        RpcContext context,
        TimeSpan? timeout = null,
        TimeSpan? callMonitorTimeout = null,
        CancellationToken cancelled = default)
    {
        if (target.Fanout)
        {
            throw new ArgumentException("a call cannot go to every server of a topic", nameof(target));
        }

        var allowed = timeout ?? options.RpcResponseTimeout;
        using var activity = Telemetry.Activities.StartActivity(method, ActivityKind.Client);
        using var waiter = new ReplyWaiter(OsloId.New(), method, callMonitorTimeout, clock);
        using var deadline = new CancellationTokenSource(allowed, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancelled);
        inbox.Expect(waiter);
        var outcome = "failed";
        try
        {
            await inbox.ReadyAsync(either.Token);
            var request = Request(target, method, context) with
            {
                MessageId = waiter.MessageId,
                ReplyQueue = inbox.Queue,
                CallMonitorTimeout = callMonitorTimeout,
            };
            await publisher.PublishAsync(Message(target, request.Write(arguments)) with { Expires = allowed }, either.Token);
            var result = await waiter.Done.WaitAsync(either.Token);
            outcome = "done";
            return result;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancelled.IsCancellationRequested)
        {
            outcome = "timeout";
            throw new RpcTimeoutException($"{method} to {Key(target)}: no answer within {allowed.TotalSeconds} s (message {waiter.MessageId})");
        }
        catch (RpcTimeoutException)
        {
            outcome = "timeout";
            throw;
        }
        catch (RpcFault fault)
        {
            outcome = "fault";
            activity?.SetStatus(ActivityStatusCode.Error, fault.Class);
            throw;
        }
        finally
        {
            inbox.Forget(waiter);
            Telemetry.Called.Add(1, new("method", method), new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    public async Task CastAsync(RpcTarget target, string method, JsonObject arguments, RpcContext context, CancellationToken cancelled = default)
    {
        using var activity = Telemetry.Activities.StartActivity(method, ActivityKind.Producer);
        await publisher.PublishAsync(Message(target, Request(target, method, context).Write(arguments)), cancelled);
    }

    Outgoing Message(RpcTarget target, byte[] body)
    {
        var exchange = target.Fanout ? topology.FanoutExchange(target.Topic) : topology.TopicExchange(target.Exchange);
        return new(exchange.Name, target.Fanout ? "" : Key(target), body) { First = (declarer, cancelled) => declarer.ExchangeAsync(exchange, cancelled) };
    }

    static RpcRequest Request(RpcTarget target, string method, RpcContext context) =>
        new(method, default, target.Namespace, target.Version, context, OsloId.New());

    static string Key(RpcTarget target) => target.Server is null ? target.Topic : $"{target.Topic}.{target.Server}";
}
