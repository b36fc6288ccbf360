using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

/// <summary>Everything the host says. Event ids 9000 to 9099.</summary>
static partial class Log
{
    [LoggerMessage(9000, LogLevel.Information, "{Agent} {Version} starts as {Host}, reading {Files}")]
    public static partial void Starting(ILogger log, string agent, string version, string host, string files);

    [LoggerMessage(9001, LogLevel.Warning, "Configuration: {Warning}")]
    public static partial void ConfigurationWarning(ILogger log, string warning);

    [LoggerMessage(9002, LogLevel.Information, "Registered: the agent takes work")]
    public static partial void Registered(ILogger log);

    [LoggerMessage(9003, LogLevel.Information, "{Component} is {State}: {Detail}")]
    public static partial void ComponentIs(ILogger log, string component, HealthState state, string detail);

    [LoggerMessage(9004, LogLevel.Error, "{Component} is down: {Detail}")]
    public static partial void ComponentDown(ILogger log, string component, string detail);

    [LoggerMessage(9005, LogLevel.Information, "Health, metrics and status on {Address}")]
    public static partial void OpsListening(ILogger log, string address);

    [LoggerMessage(9006, LogLevel.Information, "SIGHUP: {Options} taken over")]
    public static partial void Reloaded(ILogger log, string options);

    [LoggerMessage(9007, LogLevel.Warning, "SIGHUP: ignoring change to immutable option {Option}, restart to take it over")]
    public static partial void ReloadIgnored(ILogger log, string option);

    [LoggerMessage(9008, LogLevel.Error, "SIGHUP: nothing taken over: {Fault}")]
    public static partial void ReloadFault(ILogger log, string fault);

    [LoggerMessage(9009, LogLevel.Information, "Stopping")]
    public static partial void Stopping(ILogger log);

    [LoggerMessage(9010, LogLevel.Debug, "Watchdog of systemd is fed every {Interval}")]
    public static partial void Watchdog(ILogger log, TimeSpan interval);

    [LoggerMessage(9011, LogLevel.Critical, "{Agent} ends: {Reason}")]
    public static partial void Failed(ILogger log, Exception exception, string agent, string reason);

    [LoggerMessage(9013, LogLevel.Critical, "{Agent} ends: {Reason}")]
    public static partial void Refused(ILogger log, string agent, string reason);

    [LoggerMessage(9014, LogLevel.Warning, "No health, metrics and status: {Address} is taken; give this agent a port of its own in [cascade] ops_listen")]
    public static partial void OpsPortTaken(ILogger log, string address);

    [LoggerMessage(9012, LogLevel.Debug, "Option {Line}")]
    public static partial void Option(ILogger log, string line);

    [LoggerMessage(9020, LogLevel.Information, "{Service} is serving")]
    public static partial void Serving(ILogger log, string service);

    [LoggerMessage(9021, LogLevel.Information, "{Service} has stopped serving")]
    public static partial void Stopped(ILogger log, string service);

    [LoggerMessage(9022, LogLevel.Warning, "Waiting for {What}: next try in {Seconds} s")]
    public static partial void Waiting(ILogger log, Exception fault, string what, double seconds);

    [LoggerMessage(9023, LogLevel.Error, "{Worker} failed and begins again in {Seconds} s")]
    public static partial void WorkerFailed(ILogger log, Exception fault, string worker, double seconds);

    [LoggerMessage(9030, LogLevel.Error, "Child {Child} is away: {Reason}")]
    public static partial void ChildAway(ILogger log, string child, string reason);

    [LoggerMessage(9031, LogLevel.Information, "Child {Child} is back")]
    public static partial void ChildBack(ILogger log, string child);

    [LoggerMessage(9032, LogLevel.Warning, "The queues could not be {Verb}, trying again: {Reason}")]
    public static partial void GateStuck(ILogger log, Exception fault, string verb, string reason);

    [LoggerMessage(9033, LogLevel.Debug, "The depths of the queues are not known: {Reason}")]
    public static partial void QueuesUnseen(ILogger log, string reason);

    [LoggerMessage(9040, LogLevel.Warning, "Events cannot be told to the other agents, they find out by themselves: {Reason}")]
    public static partial void EventsLost(ILogger log, string reason);

    [LoggerMessage(9041, LogLevel.Information, "Events are told to the other agents again")]
    public static partial void EventsBack(ILogger log);

    [LoggerMessage(9042, LogLevel.Warning, "What {Event} set off failed; it is only a hint")]
    public static partial void EventFailed(ILogger log, Exception fault, string @event);
}
