using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy;

/// <summary>What the parent-facing half says: ids 2000 to 2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Error, "{Name} of instance {Uuid} failed")]
    public static partial void InstanceMethodFailed(ILogger log, Exception failure, string name, string uuid);

    [LoggerMessage(2001, LogLevel.Warning, "The parent does not take the failure of instance {Uuid}")]
    public static partial void FailureUntold(ILogger log, Exception failure, string uuid);
}
