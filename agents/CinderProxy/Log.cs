using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy;

/// <summary>What the agent says of itself and the parent: ids 8000 to 8099.</summary>
internal static partial class Log
{
    [LoggerMessage(8000, LogLevel.Warning, "{Warning}")]
    public static partial void SchemaUnknown(ILogger log, string warning);

    [LoggerMessage(8001, LogLevel.Information, "Service {Host} is registered in the parent: RPC {Version}, availability zone {Zone}")]
    public static partial void Registered(ILogger log, string host, string version, string zone);

    [LoggerMessage(8002, LogLevel.Warning, "Service {Host} was removed from the parent's database: it is made again")]
    public static partial void ServiceDeleted(ILogger log, string host);

    [LoggerMessage(8003, LogLevel.Warning, "The child does not answer ({Reason}): service {Host} beats no more, and the parent calls it down after {Seconds} s")]
    public static partial void HeartbeatStops(ILogger log, string host, string reason, double seconds);

    [LoggerMessage(8004, LogLevel.Information, "The child answers again: service {Host} beats")]
    public static partial void HeartbeatGoesOn(ILogger log, string host);

    [LoggerMessage(8005, LogLevel.Warning, "The heartbeat of {Host} could not be written: {Reason}")]
    public static partial void HeartbeatUnheard(ILogger log, Exception fault, string host, string reason);

    [LoggerMessage(8006, LogLevel.Warning, "The schedulers could not be told what the child can hold: {Reason}")]
    public static partial void CapabilitiesUnread(ILogger log, Exception fault, string reason);

    [LoggerMessage(8007, LogLevel.Information, "The child does not show its pools to our account ({Reason}): what is told of its capacity is the quota of our project")]
    public static partial void PoolsHidden(ILogger log, Exception fault, string reason);

    [LoggerMessage(8008, LogLevel.Warning, "The parent's nova could not be told of {Event} for volume {Volume}: {Reason}")]
    public static partial void NovaUntold(ILogger log, Exception fault, string @event, string volume, string reason);

    [LoggerMessage(8010, LogLevel.Information, "Taking up {Id}, which an earlier life left {Status}")]
    public static partial void Resuming(ILogger log, string id, string status);

    [LoggerMessage(8011, LogLevel.Warning, "{Id} could not be finished now, trying again: {Reason}")]
    public static partial void ResumeFailed(ILogger log, Exception fault, string id, string reason);
}
