using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy;

/// <summary>What the agent says of itself and the parent: ids 7000 to 7099.</summary>
internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Information, "The parent gives no MAC for distributed routers: {Reason}")]
    public static partial void NoDvrMac(ILogger log, string reason);

    [LoggerMessage(7002, LogLevel.Warning, "The parent takes no {Kind} end point {Address}: {Reason}")]
    public static partial void TunnelRefused(ILogger log, string kind, string address, string reason);
}
