using Cascade.NovaProxy.Servers.Build;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy;

/// <summary>What is said of zones, forced hosts and custom resources: ids 4350 to 4399.</summary>
internal static partial class Log
{
    [LoggerMessage(4350, LogLevel.Warning, "[cascade] availability_zones: {Reason}. Builds that need it are refused until it is there")]
    public static partial void ZoneMissing(ILogger log, string reason);

    [LoggerMessage(4351, LogLevel.Information, "[cascade] availability_zones: the child's zone {Zone} takes servers now")]
    public static partial void ZoneThere(ILogger log, string zone);

    [LoggerMessage(4352, LogLevel.Warning, "The child's availability zones cannot be read now, trying again: {Reason}")]
    public static partial void ZonesUnread(ILogger log, Exception fault, string reason);

    [LoggerMessage(4360, LogLevel.Warning, "The build of {Uuid} asks for a host of the child ({Host}) by a scheduler hint, and who asks is no administrator of the parent: refused")]
    public static partial void HostHintRefused(ILogger log, string uuid, ForcedHost host);

    [LoggerMessage(4361, LogLevel.Information, "An administrator of the parent sends {Uuid} to {Host} of the child")]
    public static partial void HostForced(ILogger log, string uuid, ForcedHost host);
}
