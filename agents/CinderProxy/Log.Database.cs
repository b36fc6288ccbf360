using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy;

/// <summary>What is said of Cinder's database: ids 9500 to 9519. A statement is shown by its name and text, never with its values.</summary>
internal static partial class Log
{
    [LoggerMessage(9500, LogLevel.Trace, "{Name}: {Rows} rows by {Sql}")]
    public static partial void Executed(ILogger log, string name, int rows, string sql);

    [LoggerMessage(9501, LogLevel.Debug, "Cinder's database gave this transaction up for another one (try {Try}): again in {Pause} ms")]
    public static partial void Deadlocked(ILogger log, Exception fault, int @try, double pause);

    [LoggerMessage(9502, LogLevel.Warning, "A connection to Cinder's database was lost (try {Try}): again in {Pause} ms")]
    public static partial void ConnectionLost(ILogger log, Exception fault, int @try, double pause);

    [LoggerMessage(9503, LogLevel.Warning, "Cinder's database does not answer ({Reason}), try {Try}: again in {Seconds} s")]
    public static partial void DatabaseAwaited(ILogger log, string reason, int @try, double seconds);
}
