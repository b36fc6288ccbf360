using Microsoft.Extensions.Logging;

namespace Cascade.NeutronAgent;

/// <summary>What every agent of Neutron says of itself and the parent: ids 7000 to 7049, of its looks: 7050 to 7059, and of what several mirror: 7060 to 7079.</summary>
internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Warning, "No neutron-server of the parent answers with a database behind it: waiting for one")]
    public static partial void ServerAwaited(ILogger log);

    [LoggerMessage(7003, LogLevel.Warning,
        "The parent did not answer {Method} within {Had} s; it is given {Next} s from now on, and asked again in {Pause} s at the earliest. If the server is not down it may be overloaded: rpc_response_timeout")]
    public static partial void ServerSilent(ILogger log, string method, double had, double next, double pause);

    [LoggerMessage(7010, LogLevel.Error, "The parent drops our reports: this machine's clock ({Now:O}) is behind the start of its neutron-server. Set the clock")]
    public static partial void ClockBehind(ILogger log, DateTimeOffset now);

    [LoggerMessage(7011, LogLevel.Warning, "Agent {Host} was deleted in the parent: it is a new one now, and everything is compared")]
    public static partial void AgentForgotten(ILogger log, string host);

    [LoggerMessage(7012, LogLevel.Warning, "The parent took agent {Host} for dead: everything is compared")]
    public static partial void Revived(ILogger log, string host);

    [LoggerMessage(7013, LogLevel.Warning, "The child does not answer ({Reason}): agent {Host} reports no more, and after its agent_down_time the parent gives it nothing new")]
    public static partial void HeartbeatStops(ILogger log, string host, string reason);

    [LoggerMessage(7014, LogLevel.Information, "The child answers again: agent {Host} reports")]
    public static partial void HeartbeatGoesOn(ILogger log, string host);

    [LoggerMessage(7015, LogLevel.Warning, "The parent does not answer the report of {Host}")]
    public static partial void HeartbeatUnanswered(ILogger log, Exception late, string host);

    [LoggerMessage(7016, LogLevel.Error, "The parent refuses the report of {Host}")]
    public static partial void HeartbeatRefused(ILogger log, Exception fault, string host);

    [LoggerMessage(7020, LogLevel.Information, "Comparing everything: {Why}")]
    public static partial void Resyncing(ILogger log, string why);

    [LoggerMessage(7021, LogLevel.Information, "Everything is compared ({Why}), {Seconds:0.0} s")]
    public static partial void Resynced(ILogger log, string why, double seconds);

    [LoggerMessage(7022, LogLevel.Warning, "{What} failed: everything is compared again in {Seconds} s")]
    public static partial void ResyncFailed(ILogger log, Exception fault, string what, double seconds);

    [LoggerMessage(7030, LogLevel.Debug, "Notice {Method} {Version} is unknown and ignored")]
    public static partial void NoticeUnknown(ILogger log, string method, string version);

    [LoggerMessage(7031, LogLevel.Warning, "Notice {Method} could not be read")]
    public static partial void NoticeUnreadable(ILogger log, Exception fault, string method);

    [LoggerMessage(7050, LogLevel.Warning, "{Agenda}: {Id} cannot be done, it is tried again when the parent changes it and slowly in between: {Reason}")]
    public static partial void Refused(ILogger log, string agenda, string id, string reason);

    [LoggerMessage(7051, LogLevel.Warning, "{Agenda}: {Id} failed, it is tried again in {Seconds} s: {Reason}")]
    public static partial void LookFailed(ILogger log, Exception fault, string agenda, string id, double seconds, string reason);

    [LoggerMessage(7052, LogLevel.Information, "{Agenda}: {Id} is done after all")]
    public static partial void LookSucceeded(ILogger log, string agenda, string id);

    [LoggerMessage(7060, LogLevel.Information, "QoS policy {ChildId} of the child: {Added} rules to add, {Changed} to change, {Removed} to take away")]
    public static partial void PolicyChanged(ILogger log, string childId, int added, int changed, int removed);

    [LoggerMessage(7061, LogLevel.Information, "QoS policy {ChildId} of the child, which stood for {Id}, is gone: nobody needs it")]
    public static partial void PolicyRemoved(ILogger log, string childId, string id);
}
