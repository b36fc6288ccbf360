using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy;

/// <summary>What is said of the usage audit: ids 4800 to 4819.</summary>
internal static partial class Log
{
    [LoggerMessage(4800, LogLevel.Information, "Running instance usage audit for host {Host} from {Begin} to {End}. {Count} instances.")]
    public static partial void UsageBegins(ILogger log, string host, DateTimeOffset begin, DateTimeOffset end, int count);

    [LoggerMessage(4801, LogLevel.Warning, "The usage of {Uuid} cannot be told: {Reason}")]
    public static partial void UsageOdd(ILogger log, Exception fault, string uuid, string reason);

    [LoggerMessage(4802, LogLevel.Warning, "Usage cannot be told now, trying again: {Reason}")]
    public static partial void UsageFailed(ILogger log, Exception fault, string reason);

    [LoggerMessage(4803, LogLevel.Warning, "[DEFAULT] instance_usage_audit is on and [oslo_messaging_notifications] driver names no bus: nobody would hear of usage, so none is told")]
    public static partial void UsageUnheard(ILogger log);
}
