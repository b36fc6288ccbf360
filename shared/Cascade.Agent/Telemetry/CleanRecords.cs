using OpenTelemetry;
using Sent = OpenTelemetry.Logs.LogRecord;

namespace Cascade.Agent;

/// <summary>
/// Takes secrets out of what goes to a collector, as <see cref="ILogFormat"/> does for the log. An exception goes as text, under the names of the semantic conventions, for the
/// exporter would write its message and its trace as they are.
/// </summary>
sealed class CleanRecords(Redaction redaction) : BaseProcessor<Sent>
{
    public override void OnEnd(Sent data)
    {
        data.FormattedMessage = data.FormattedMessage is { } line ? redaction.Clean(line) : null;
        data.Body = data.Body is { } body ? redaction.Clean(body) : null;
        var attributes = (data.Attributes ?? []).Select(pair => KeyValuePair.Create(pair.Key, pair.Value is null or bool or int or long or double ? pair.Value : Clean(pair.Value)));
        if (data.Exception is { } exception)
        {
            attributes = attributes.Concat(Told(exception));
            data.Exception = null;
        }

        data.Attributes = [.. attributes];
    }

    IEnumerable<KeyValuePair<string, object?>> Told(Exception exception) =>
        [new("exception.type", exception.GetType().FullName), new("exception.message", redaction.Clean(exception.Message)), new("exception.stacktrace", redaction.Clean(exception.ToString()))];

    string? Clean(object value) => value.ToString() is { } text ? redaction.Clean(text) : null;
}
