using Cascade.Oslo.Config;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

/// <summary>Which level each logger writes from: debug, then the longest matching name of default_log_levels. Changes with a reload.</summary>
sealed class LogLevels
{
    volatile Table _table;

    public LogLevels(Current<LogOptions> options)
    {
        _table = new(options.Value);
        options.OnChange(changed => _table = new(changed));
    }

    public LogLevel Of(string name) => _table.Of(name);

    /// <summary>The faults of default_log_levels, for the start.</summary>
    public static void Check(OptionReader reader, LogOptions options)
    {
        foreach (var pair in options.DefaultLogLevels.Where(p => Parse(p) is null))
            reader.Fault($"[DEFAULT] default_log_levels: '{pair}' is not NAME=LEVEL with DEBUG, INFO, WARNING, ERROR or CRITICAL");
    }

    static (string Name, LogLevel Level)? Parse(string pair)
    {
        var at = pair.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0)
            return null;
        LogLevel? level = pair[(at + 1)..].Trim().ToUpperInvariant() switch
        {
            "DEBUG" or "TRACE" => LogLevel.Trace,
            "INFO" => LogLevel.Information,
            "WARN" or "WARNING" => LogLevel.Warning,
            "ERROR" => LogLevel.Error,
            "CRITICAL" or "FATAL" => LogLevel.Critical,
            _ => null,
        };
        return level is null ? null : (pair[..at].Trim(), level.Value);
    }

    sealed class Table(LogOptions options)
    {
        readonly LogLevel _root = options.Debug ? LogLevel.Debug : LogLevel.Information;
        readonly (string Name, LogLevel Level)[] _single =
            [.. options.DefaultLogLevels.Select(Parse).OfType<(string Name, LogLevel Level)>().OrderByDescending(p => p.Name.Length)];

        public LogLevel Of(string name)
        {
            foreach (var (prefix, level) in _single)
            {
                if (name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || name[prefix.Length] == '.'))
                    return level;
            }

            return _root;
        }
    }
}
