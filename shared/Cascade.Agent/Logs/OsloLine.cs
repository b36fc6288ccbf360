using System.Text;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

/// <summary>
/// A record as oslo.log's ContextFormatter writes it with its default format strings (oslo_log/_options.py
/// logging_context_format_string, logging_default_format_string, logging_exception_prefix, logging_user_identity_format).
/// </summary>
sealed class OsloLine(string dateFormat, Redaction redaction, bool journal) : ILogFormat
{
    readonly string _date = Strftime.ToDotNet(dateFormat);

    public string Write(in LogRecord record)
    {
        var stamp = $"{record.At.ToString(_date)}.{record.At.Millisecond:000} {Environment.ProcessId} ";
        var resource = Resource(record.Scope);
        var message = redaction.Clean(record.ErrorSummary is { Length: > 0 } summary ? $"{record.Message}: {summary}" : record.Message);
        var line = new StringBuilder();
        line.Append(Priority(record.Level)).Append(stamp).Append(record.LevelName).Append(' ').Append(record.Name)
            .Append(" [").Append(Context(record.Scope)).Append("] ").Append(resource).Append(OneRecord(message, record.Level)).Append('\n');
        if (record.Traced is null)
            return line.ToString();
        foreach (var traced in redaction.Clean(record.Traced.ToString()).Split('\n'))
        {
            line.Append(Priority(LogLevel.Error)).Append(stamp).Append("ERROR ").Append(record.Name).Append(' ')
                .Append(resource).Append(traced.TrimEnd('\r')).Append('\n');
        }

        return line.ToString();
    }

    static string Context(IReadOnlyDictionary<string, string> scope)
    {
        if (!scope.TryGetValue("request_id", out var request))
            return "-";
        // A missing global_request_id is Python's None; missing parts of the identity are dashes (_ReplaceFalseValue).
        return $"{scope.GetValueOrDefault("global_request_id", "None")} {request} {Or("user")} {Or("project")} {Or("domain")} "
            + $"{Or("system_scope")} {Or("user_domain")} {Or("project_domain")}";

        string Or(string key) => scope.GetValueOrDefault(key, "-");
    }

    static string Resource(IReadOnlyDictionary<string, string> scope) =>
        scope.TryGetValue("instance", out var instance) ? $"[instance: {instance}] "
        : scope.TryGetValue("resource", out var resource) ? $"[{resource}] "
        : "";

    // Further lines of a message must not look like the start of one to a reader of the journal: each needs its level.
    string OneRecord(string message, LogLevel level) =>
        journal && message.Contains('\n', StringComparison.Ordinal) ? message.Replace("\n", "\n" + Priority(level), StringComparison.Ordinal) : message;

    // sd-daemon(3): a line that begins with <N> has the syslog priority N.
    string Priority(LogLevel level) => !journal ? "" : level switch
    {
        LogLevel.Trace or LogLevel.Debug => "<7>",
        LogLevel.Information => "<6>",
        LogLevel.Warning => "<4>",
        LogLevel.Error => "<3>",
        _ => "<2>",
    };
}
