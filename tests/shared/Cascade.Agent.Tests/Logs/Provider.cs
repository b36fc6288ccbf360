using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.Agent.Tests.Logs;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class Provider
{
    static readonly LogOptions Options = new(Debug: false, null, "%Y-%m-%d %H:%M:%S", UseJson: false, ["quiet=WARNING", "quiet.loud=DEBUG"]);

    readonly MemoryStream _stream = new();
    readonly Current<LogOptions> _current = new(Options);
    readonly Redaction _redaction = new();

    ILogger Logger(string name, ILogFormat? format = null) =>
        LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new OsloLoggerProvider(
            format ?? new OsloLine(Options.LogDateFormat, _redaction, journal: false), new LogSink(_stream), new LogLevels(_current), new FakeTimeProvider()))).CreateLogger(name);

    string Written => Encoding.UTF8.GetString(_stream.ToArray());

    [TestCase("other", LogLevel.Debug, false), TestCase("other", LogLevel.Information, true)]
    [TestCase("quiet", LogLevel.Information, false), TestCase("quiet", LogLevel.Warning, true)]
    [TestCase("Quiet.Inner", LogLevel.Information, false), TestCase("quieter", LogLevel.Information, true)]
    [TestCase("quiet.loud.x", LogLevel.Debug, true)]
    public void A_logger_has_the_level_of_its_longest_name(string name, LogLevel level, bool enabled) =>
        Assert.That(Logger(name).IsEnabled(level), Is.EqualTo(enabled));

    [Test]
    public void Debug_may_be_switched_on_while_running()
    {
        var logger = Logger("other");

        _current.Set(Options with { Debug = true });

        Assert.That(logger.IsEnabled(LogLevel.Debug));
    }

    [Test]
    public void The_inner_scope_wins_and_a_plain_dictionary_is_a_scope_too()
    {
        var logger = Logger("x");
        using (logger.BeginScope(new LogContext { RequestId = "req-outer", User = "u" }))
        using (logger.BeginScope(new Dictionary<string, object?> { ["request_id"] = "req-inner", ["instance"] = "7e" }))
            Said.Hello(logger);

        Assert.That(Written, Does.Contain("[None req-inner u - - - - -] [instance: 7e] hello"));
    }

    [Test]
    public void Json_has_the_members_of_oslo_and_no_secret()
    {
        _redaction.Know(["hunter2hunter2"]);
        var logger = Logger("Cascade.X", new OsloJson(Options.LogDateFormat, _redaction));
        using (logger.BeginScope(new LogContext { RequestId = "req-1" }))
            Said.Failed(logger, new InvalidOperationException("pw hunter2hunter2"), "me");

        Assert.That(Written, Does.Not.Contain("hunter2"));
        var line = JsonDocument.Parse(Written).RootElement;
        Assert.That(line.GetProperty("message").GetString(), Is.EqualTo("Failed for me"));
        Assert.That(line.GetProperty("msg").GetString(), Is.EqualTo("Failed for {Who}"));
        Assert.That(line.GetProperty("levelname").GetString(), Is.EqualTo("ERROR"));
        Assert.That(line.GetProperty("levelno").GetInt32(), Is.EqualTo(40));
        Assert.That(line.GetProperty("name").GetString(), Is.EqualTo("cascade.x"));
        Assert.That(line.GetProperty("context").GetProperty("request_id").GetString(), Is.EqualTo("req-1"));
        Assert.That(line.GetProperty("error_summary").GetString(), Is.EqualTo("InvalidOperationException: pw ***"));
        Assert.That(line.GetProperty("traceback").GetString(), Does.StartWith("System.InvalidOperationException"));
    }

    [Test]
    public void A_file_is_appended_to_and_opened_again_after_it_was_moved_away()
    {
        var directory = Directory.CreateTempSubdirectory("cascade-log-").FullName;
        try
        {
            var file = Path.Combine(directory, "a.log");
            File.WriteAllText(file, "before\n");
            using var sink = new LogSink(file);
            sink.Write("one\n");
            File.Move(file, file + ".1");
            sink.Write("two\n");
            sink.Reopen();
            sink.Write("three\n");

            Assert.That(File.ReadAllText(file + ".1"), Is.EqualTo("before\none\ntwo\n"));
            Assert.That(File.ReadAllText(file), Is.EqualTo("three\n"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Test]
    public void A_closed_stream_does_not_end_the_agent()
    {
        _stream.Dispose();

        Assert.That(() => Said.Hello(Logger("x")), Throws.Nothing);
    }
}
