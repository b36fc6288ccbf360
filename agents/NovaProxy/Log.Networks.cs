using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy;

/// <summary>What is said of networks: ids 4200 to 4299.</summary>
internal static partial class Log
{
    [LoggerMessage(4200, LogLevel.Information, "Port {Port} of {Uuid} was made by an earlier life and is adopted")]
    public static partial void PortAdopted(ILogger log, string port, string uuid);

    [LoggerMessage(4201, LogLevel.Warning, "Ports of {Uuid} could not be taken back after a failure ({Why}); they go with the instance")]
    public static partial void PortsLeft(ILogger log, Exception fault, string uuid, string why);

    [LoggerMessage(4202, LogLevel.Information, "{Uuid} has {Count} ports in the parent: {Ports}")]
    public static partial void PortsBound(ILogger log, string uuid, int count, string ports);

    [LoggerMessage(4210, LogLevel.Warning, "The child's ports could not be looked at, trying on: {Reason}")]
    public static partial void ChildPortsUnseen(ILogger log, Exception fault, string reason);

    [LoggerMessage(4211, LogLevel.Information, "The ports of {Uuid} are in the child: {Ports}")]
    public static partial void ChildPortsThere(ILogger log, string uuid, string ports);

    [LoggerMessage(4220, LogLevel.Information, "{Uuid} runs in the child and waits for {Ports} to be plugged in the parent")]
    public static partial void WaitsForPlug(ILogger log, string uuid, string ports);

    [LoggerMessage(4221, LogLevel.Warning, "Ports of {Uuid} were not plugged within {Seconds} s: {Ports}")]
    public static partial void NotPlugged(ILogger log, string uuid, double seconds, string ports);

    [LoggerMessage(4222, LogLevel.Warning, "Whether the ports of {Uuid} are plugged could not be found out, trying on: {Reason}")]
    public static partial void PlugUnseen(ILogger log, Exception fault, string uuid, string reason);

    [LoggerMessage(4230, LogLevel.Information, "Event {Name} {Tag} of {Uuid} could not be followed: {Reason}")]
    public static partial void EventNotFollowed(ILogger log, Exception fault, string name, string tag, string uuid, string reason);

    [LoggerMessage(4231, LogLevel.Information, "Neutron deleted port {Port} of {Uuid}: it is taken from the instance and its network info")]
    public static partial void PortDeleted(ILogger log, string port, string uuid);

    [LoggerMessage(4240, LogLevel.Information, "Port {Port} is attached to {Uuid} as child port {ChildPort}")]
    public static partial void InterfaceAttached(ILogger log, string port, string uuid, string childPort);

    [LoggerMessage(4241, LogLevel.Information, "Port {Port} is detached from {Uuid}")]
    public static partial void InterfaceDetached(ILogger log, string port, string uuid);

    [LoggerMessage(4250, LogLevel.Warning, "The network info of {Uuid} could not be read anew: {Reason}")]
    public static partial void HealFailed(ILogger log, Exception fault, string uuid, string reason);
}
