using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cascade.Agent;

/// <summary>A record as oslo_log/formatters.py JSONFormatter writes it: the same members, null where .NET has nothing to say.</summary>
sealed class OsloJson(string dateFormat, Redaction redaction) : ILogFormat
{
    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    readonly string _date = Strftime.ToDotNet(dateFormat);

    public string Write(in LogRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("message", redaction.Clean(record.Message));
            json.WriteString("asctime", record.At.ToString(_date) + "," + record.At.Millisecond.ToString("000", CultureInfo.InvariantCulture));
            json.WriteString("name", record.Name);
            json.WriteString("msg", record.Template ?? "");
            json.WriteString("levelname", record.LevelName);
            json.WriteNumber("levelno", record.LevelName switch { "DEBUG" => 10, "INFO" => 20, "WARNING" => 30, "ERROR" => 40, _ => 50 });
            json.WriteNumber("created", record.At.ToUnixTimeMilliseconds() / 1000.0);
            json.WriteNumber("msecs", record.At.Millisecond);
            json.WriteNumber("process", Environment.ProcessId);
            json.WriteString("process_name", Environment.GetCommandLineArgs() is [var first, ..] ? Path.GetFileNameWithoutExtension(first) : "");
            json.WriteNumber("thread", Environment.CurrentManagedThreadId);
            json.WriteString("hostname", Machine.HostName);
            json.WriteString("traceback", record.Traced is null ? null : redaction.Clean(record.Traced.ToString()));
            json.WriteString("error_summary", redaction.Clean(record.ErrorSummary));
            json.WriteStartObject("context");
            foreach (var (key, value) in record.Scope)
                json.WriteString(key, value);
            json.WriteEndObject();
            json.WriteStartObject("extra");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }
}
