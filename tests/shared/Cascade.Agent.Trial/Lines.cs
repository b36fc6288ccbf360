using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Trial;

static partial class Lines
{
    [LoggerMessage(1, LogLevel.Error, "Told: {Text}")]
    public static partial void Told(ILogger log, Exception exception, string text);
}
