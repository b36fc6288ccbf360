using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging;

/// <summary>All that this room says: connections 10xx, topology 11xx, serving 12xx, parking and dead letters 13xx, calling 14xx, leases 15xx.</summary>
static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "Connected to RabbitMQ {Host} ({Version}) for {Purpose}")]
    public static partial void Connected(ILogger log, string host, string version, string purpose);

    [LoggerMessage(1002, LogLevel.Warning, "Connection to RabbitMQ {Host} for {Purpose} lost: {Reason}. Connecting again in {Delay}")]
    public static partial void ConnectionLost(ILogger log, string host, string purpose, string reason, TimeSpan delay);

    [LoggerMessage(1003, LogLevel.Error, "RabbitMQ {Host} cannot be reached for {Purpose}: {Reason}. Trying again in {Delay}")]
    public static partial void ConnectFailed(ILogger log, string host, string purpose, string reason, TimeSpan delay);

    [LoggerMessage(1004, LogLevel.Warning, "RabbitMQ {Host} blocks publishing for {Purpose}: {Reason}")]
    public static partial void ConnectionBlocked(ILogger log, string host, string purpose, string reason);

    [LoggerMessage(1005, LogLevel.Information, "RabbitMQ {Host} accepts publishing for {Purpose} again")]
    public static partial void ConnectionUnblocked(ILogger log, string host, string purpose);

    [LoggerMessage(1006, LogLevel.Error, "RabbitMQ {Host} refuses what {Purpose} needs: {Reason}. Trying again in {Delay}")]
    public static partial void SessionFailed(ILogger log, string host, string purpose, string reason, TimeSpan delay);

    [LoggerMessage(1101, LogLevel.Warning, "{Kind} {Name} exists with durable={Existing}, configured is durable={Configured}: using what exists")]
    public static partial void DurableAdopted(ILogger log, string kind, string name, bool existing, bool configured);

    [LoggerMessage(1102, LogLevel.Warning, "RabbitMQ answered 541 to {Kind} {Name}: {Reason}. RabbitMQ 4.3 and newer refuse queues that are neither durable nor exclusive: set amqp_durable_queues or rabbit_quorum_queue, and rabbit_transient_quorum_queue")]
    public static partial void InternalError(ILogger log, string kind, string name, string reason);

    [LoggerMessage(1103, LogLevel.Warning, "Queue {Name} lives on a node that is down: deleting and declaring it again")]
    public static partial void QueueOnDownNode(ILogger log, string name);

    [LoggerMessage(1104, LogLevel.Warning, "Queue {Name} exists with other arguments than we would choose: using it as it is ({Reason})")]
    public static partial void QueueAsItIs(ILogger log, string name, string reason);

    [LoggerMessage(1105, LogLevel.Warning, "Queue {Name} exists with other arguments than it needs, nothing is lost with it: deleting and declaring it again ({Reason})")]
    public static partial void QueueMadeAnew(ILogger log, string name, string reason);

    [LoggerMessage(1201, LogLevel.Information, "Serving {Queues}")]
    public static partial void Serving(ILogger log, string queues);

    [LoggerMessage(1202, LogLevel.Error, "Message of {Size} bytes from {Queue} is malformed: {Reason}. It went to {DeadQueue}")]
    public static partial void Malformed(ILogger log, int size, string queue, string reason, string deadQueue);

    [LoggerMessage(1203, LogLevel.Information, "{Method} [{RequestId}] was served already: a duplicate is ignored")]
    public static partial void Duplicate(ILogger log, string method, string requestId);

    [LoggerMessage(1204, LogLevel.Information, "{Method} [{RequestId}] is answered with {Fault}")]
    public static partial void Answered(ILogger log, string method, string requestId, string fault);

    [LoggerMessage(1205, LogLevel.Error, "{Method} [{RequestId}] failed in our own code, attempt {Attempt} of {Attempts}")]
    public static partial void Failed(ILogger log, Exception why, string method, string requestId, int attempt, int attempts);

    [LoggerMessage(1206, LogLevel.Warning, "Nobody waits in {ReplyQueue} for the answer to {MessageId}: given up after {Waited}")]
    public static partial void ReplyAbandoned(ILogger log, string replyQueue, string messageId, TimeSpan waited);

    [LoggerMessage(1207, LogLevel.Warning, "{Method} [{RequestId}] asks for a sign of life every {Timeout}: too short, none is sent")]
    public static partial void HeartbeatTooShort(ILogger log, string method, string requestId, TimeSpan timeout);

    [LoggerMessage(1208, LogLevel.Error, "The answer to {Method} [{RequestId}] could not be sent: {Reason}")]
    public static partial void ReplyFailed(ILogger log, string method, string requestId, string reason);

    [LoggerMessage(1209, LogLevel.Debug, "An acknowledgement was lost with its channel ({Reason}): the message comes again and is known")]
    public static partial void AckLost(ILogger log, string reason);

    [LoggerMessage(1211, LogLevel.Warning, "It could not be noted that {Method} [{RequestId}], which was with a life that died, begins again: {Reason}")]
    public static partial void NoteFailed(ILogger log, string method, string requestId, string reason);

    [LoggerMessage(1212, LogLevel.Error, "{Method} [{RequestId}] has ended and could not be settled: {Reason}. Unless it was acknowledged on delivery, it comes again")]
    public static partial void Unsettled(ILogger log, string method, string requestId, string reason);

    [LoggerMessage(1210, LogLevel.Error, "Serving {Queues} has ended: {Reason}")]
    public static partial void Interrupted(ILogger log, string queues, string reason);

    [LoggerMessage(1301, LogLevel.Warning, "Casts to {Queue} are parked: {Reason}")]
    public static partial void Parked(ILogger log, string queue, string reason);

    [LoggerMessage(1302, LogLevel.Information, "Casts parked for {Queue} are served now")]
    public static partial void Draining(ILogger log, string queue);

    [LoggerMessage(1303, LogLevel.Information, "Nothing is parked for {Queue} any more: serving as usual")]
    public static partial void Live(ILogger log, string queue);

    [LoggerMessage(1304, LogLevel.Error, "{Method} [{RequestId}] went to {DeadQueue}: {Reason}")]
    public static partial void DeadLettered(ILogger log, string method, string requestId, string deadQueue, string reason);

    [LoggerMessage(1305, LogLevel.Warning, "{Method} [{RequestId}] was delivered before and not finished, delivery {Attempt} of {Attempts}")]
    public static partial void Redelivered(ILogger log, string method, string requestId, int attempt, int attempts);

    [LoggerMessage(1306, LogLevel.Error, "Parking for {Queue} failed: {Reason}. Trying again when the connection is back")]
    public static partial void ParkingFailed(ILogger log, string queue, string reason);

    [LoggerMessage(1401, LogLevel.Debug, "An answer to {MessageId} came, nobody waits for it any more")]
    public static partial void LateReply(ILogger log, string messageId);

    [LoggerMessage(1402, LogLevel.Error, "A reply of {Size} bytes is malformed: {Reason}")]
    public static partial void MalformedReply(ILogger log, int size, string reason);

    [LoggerMessage(1403, LogLevel.Error, "The notification {EventType} could not be sent: {Reason}")]
    public static partial void NotifyFailed(ILogger log, string eventType, string reason);

    [LoggerMessage(1404, LogLevel.Information, "Hearing {Topics} of exchange {Exchange}")]
    public static partial void Listening(ILogger log, string topics, string exchange);

    [LoggerMessage(1405, LogLevel.Warning, "A notification of {Size} bytes to {RoutingKey} is malformed and skipped: {Reason}")]
    public static partial void NotificationMalformed(ILogger log, int size, string routingKey, string reason);

    [LoggerMessage(1501, LogLevel.Information, "This copy of {Name} is the active one")]
    public static partial void LeaseHeld(ILogger log, string name);

    [LoggerMessage(1502, LogLevel.Information, "Another copy of {Name} is active: standing by")]
    public static partial void LeaseRefused(ILogger log, string name);

    [LoggerMessage(1503, LogLevel.Warning, "This copy of {Name} is no longer the active one: {Reason}")]
    public static partial void LeaseLost(ILogger log, string name, string reason);
}
