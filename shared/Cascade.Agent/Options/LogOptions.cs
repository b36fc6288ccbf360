using Cascade.Oslo.Config;

namespace Cascade.Agent;

/// <summary>[DEFAULT]: what oslo.log reads (oslo_log/_options.py), as far as it makes sense here.</summary>
public sealed record LogOptions(
    bool Debug,
    string? LogFile,
    string LogDateFormat,
    bool UseJson,
    IReadOnlyList<string> DefaultLogLevels)
{
    static readonly string[] Quiet = ["microsoft=WARNING", "system.net.http=WARNING", "polly=WARNING", "open_telemetry=WARNING", "mass_transit=ERROR"];

    internal static LogOptions Read(OptionReader reader)
    {
        var group = reader.Group("DEFAULT", "Options outside a group: the same words as in other OpenStack services.");
        var debug = group.Bool("debug", false, "Log at DEBUG instead of INFO.", new() { Mutable = true });
        var file = group.Text("log_file", null, "File to append to instead of standard error; opened again on SIGHUP.", new() { Deprecated = ["logfile"] });
        var directory = group.Text("log_dir", null, "Directory of a log_file that is not a full path.", new() { Deprecated = ["logdir"] });
        return new(
            debug,
            file is null ? null : Path.Combine(directory ?? "", file),
            group.Text("log_date_format", "%Y-%m-%d %H:%M:%S", "Date and time of a line, in the letters of strftime.")!,
            group.Bool("use_json", false, "One JSON object per line, with oslo's field names."),
            group.List("default_log_levels", Quiet, "Levels of single loggers and everything below them, as name=LEVEL.", new() { Mutable = true }));
    }
}
