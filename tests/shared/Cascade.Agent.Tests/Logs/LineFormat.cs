using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Tests.Logs;

sealed class LineFormat
{
    static readonly DateTimeOffset At = new(2026, 11, 22, 16, 0, 0, 123, TimeSpan.Zero);
    static readonly int Pid = Environment.ProcessId;

    static readonly Dictionary<string, string> Full = new()
    {
        ["global_request_id"] = "req-g", ["request_id"] = "req-5f", ["user"] = "3c", ["project"] = "9a", ["user_domain"] = "default",
        ["project_domain"] = "default", ["instance"] = "7e",
    };

    static string Line(LogLevel level, string message, Dictionary<string, string>? scope = null, Exception? exception = null, bool journal = false) =>
        new OsloLine("%Y-%m-%d %H:%M:%S", new Redaction(), journal).Write(new(At, level, "cascade.nova_proxy.servers", message, null, exception, scope ?? []));

    [Test]
    public void With_a_request_the_bracket_says_whose_it_is() => Assert.That(
        Line(LogLevel.Information, "Child server 1b is active", Full),
        Is.EqualTo($"2026-11-22 16:00:00.123 {Pid} INFO cascade.nova_proxy.servers [req-g req-5f 3c 9a - - default default] [instance: 7e] Child server 1b is active\n"));

    [Test]
    public void Without_a_global_request_id_it_says_None() => Assert.That(
        Line(LogLevel.Information, "x", new() { ["request_id"] = "req-5f" }), Does.Contain(" [None req-5f - - - - - -] x\n"));

    [Test]
    public void Without_a_request_it_holds_a_dash() =>
        Assert.That(Line(LogLevel.Warning, "x"), Is.EqualTo($"2026-11-22 16:00:00.123 {Pid} WARNING cascade.nova_proxy.servers [-] x\n"));

    [TestCase(LogLevel.Trace, "DEBUG"), TestCase(LogLevel.Debug, "DEBUG"), TestCase(LogLevel.Information, "INFO")]
    [TestCase(LogLevel.Warning, "WARNING"), TestCase(LogLevel.Error, "ERROR"), TestCase(LogLevel.Critical, "CRITICAL")]
    public void Levels_have_their_names_in_Python(LogLevel level, string name) => Assert.That(Line(level, "x"), Does.Contain($" {name} "));

    [Test]
    public void An_exception_is_summed_up_and_then_told_line_by_line()
    {
        var lines = Line(LogLevel.Error, "Failed", Full, new InvalidOperationException("first\nsecond")).TrimEnd('\n').Split('\n');

        Assert.That(lines[0], Does.EndWith("[instance: 7e] Failed: InvalidOperationException: first second"));
        Assert.That(lines[1..], Is.All.StartsWith($"2026-11-22 16:00:00.123 {Pid} ERROR cascade.nova_proxy.servers [instance: 7e] "));
        Assert.That(lines[1], Does.EndWith("System.InvalidOperationException: first"));
        Assert.That(lines[2], Does.EndWith("second"));
    }

    [TestCase(LogLevel.Debug, "<7>"), TestCase(LogLevel.Information, "<6>"), TestCase(LogLevel.Warning, "<4>"), TestCase(LogLevel.Error, "<3>"), TestCase(LogLevel.Critical, "<2>")]
    public void Under_systemd_every_line_carries_its_priority(LogLevel level, string priority) =>
        Assert.That(Line(level, "one\ntwo", journal: true).TrimEnd('\n').Split('\n'), Is.All.StartsWith(priority));

    [TestCase("Cascade.NovaProxy.Servers", "cascade.nova_proxy.servers")]
    [TestCase("Cascade.OpenStack.Http.HTTPPolicy", "cascade.open_stack.http.http_policy")]
    [TestCase("Cascade.L2Proxy.Ports", "cascade.l2_proxy.ports")]
    [TestCase("Microsoft.Extensions.Http.Typed`1[X]", "microsoft.extensions.http.typed")]
    public void Loggers_are_named_as_Python_modules(string category, string name) => Assert.That(LoggerNames.Of(category), Is.EqualTo(name));

    [TestCase("%Y-%m-%d %H:%M:%S", "2026-11-22 16:00:00"), TestCase("%d/%b/%Y:%T", "22/Nov/2026:16:00:00"), TestCase("day %d", "day 22"), TestCase("%q%%", "%q%")]
    public void A_date_format_is_written_in_the_letters_of_strftime(string format, string expected) =>
        Assert.That(At.ToString(Strftime.ToDotNet(format)), Is.EqualTo(expected));
}
