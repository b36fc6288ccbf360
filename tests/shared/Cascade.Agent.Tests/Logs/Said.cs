using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Tests.Logs;

static partial class Said
{
    [LoggerMessage(1, LogLevel.Information, "hello")]
    public static partial void Hello(ILogger log);

    [LoggerMessage(2, LogLevel.Error, "Failed for {Who}")]
    public static partial void Failed(ILogger log, Exception exception, string who);
}
