using System.Collections.Concurrent;
using Cascade.Oslo.Config;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

/// <summary>Which level each logger writes from: debug, then the longest matching name of default_log_levels. Changes with a reload.</summary>
sealed class LogLevels : ILogLevels
{
    readonly ConcurrentDictionary<string, LogLevel> _asked = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);
    volatile Table _table;

    public LogLevels(Current<LogOptions> options)
    {
        _table = new(options.Value);
        options.OnChange(changed => _table = new(changed));
    }

    public LogLevel Of(string name) => _asked.IsEmpty ? _table.Of(name) : AskedOf(name) ?? _table.Of(name);

    /// <summary>A logger that there is, for whoever asks which.</summary>
    public void Add(string name) => _names[name] = true;

    public bool TrySet(string prefix, string level)
    {
        if (Level(level) is not { } wanted)
        {
            return false;
        }

        _asked[prefix] = wanted;
        return true;
    }

    IReadOnlyDictionary<string, string> ILogLevels.Of(string prefix) => _names.Keys
        .Where(name => IsBelow(name, prefix))
        .ToDictionary(
            name => name,
            name => Of(name) switch
            {
                LogLevel.Trace or LogLevel.Debug => "DEBUG",
                LogLevel.Information => "INFO",
                LogLevel.Warning => "WARNING",
                LogLevel.Error => "ERROR",
                _ => "CRITICAL",
            },
            StringComparer.Ordinal);

    LogLevel? AskedOf(string name)
    {
        var nearest = _asked.Where(asked => IsBelow(name, asked.Key)).OrderByDescending(asked => asked.Key.Length).Take(1).ToList();
        return nearest is [var one] ? one.Value : null;
    }

    static bool IsBelow(string name, string prefix) =>
        prefix.Length == 0 || (name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || name[prefix.Length] == '.'));

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
        return Level(pair[(at + 1)..]) is { } level ? (pair[..at].Trim(), level) : null;
    }

    static LogLevel? Level(string word) => word.Trim().ToUpperInvariant() switch
    {
        "DEBUG" or "TRACE" => LogLevel.Trace,
        "INFO" => LogLevel.Information,
        "WARN" or "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" or "FATAL" => LogLevel.Critical,
        _ => null,
    };

    sealed class Table(LogOptions options)
    {
        readonly LogLevel _root = options.Debug ? LogLevel.Debug : LogLevel.Information;
        readonly (string Name, LogLevel Level)[] _single =
            [.. options.DefaultLogLevels.Select(Parse).OfType<(string Name, LogLevel Level)>().OrderByDescending(p => p.Name.Length)];

        public LogLevel Of(string name)
        {
            foreach (var (prefix, level) in _single)
            {
                if (IsBelow(name, prefix))
                    return level;
            }

            return _root;
        }
    }
}
