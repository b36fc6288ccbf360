using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

/// <summary>One thing to write, before it has a form.</summary>
readonly record struct LogRecord(
    DateTimeOffset At, LogLevel Level, string Name, string Message, string? Template, Exception? Exception, IReadOnlyDictionary<string, string> Scope)
{
    /// <summary>What to trace: a reason that is a sentence of our own (<see cref="AgentException"/>) needs no trace.</summary>
    public Exception? Traced => Exception is AgentException ? null : Exception;

    /// <summary>Python's names of levels.</summary>
    public string LevelName => Level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        _ => "CRITICAL",
    };

    // oslo_log/formatters.py _get_error_summary: only from WARNING on, the class and its message in one line.
    public string ErrorSummary => Exception is null || Level < LogLevel.Warning
        ? ""
        : $"{Exception.GetType().Name}: {Exception.Message.ReplaceLineEndings(" ")}";
}
