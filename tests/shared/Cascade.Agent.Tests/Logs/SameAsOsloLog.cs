using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Tests.Logs;

/// <summary>The distribution's oslo.log writes the same record; our line must be the same to the byte.</summary>
sealed class SameAsOsloLog
{
    const string Script =
        """
        import json, logging, os, sys, time
        os.environ['TZ'] = 'UTC'; time.tzset()
        from oslo_config import cfg
        from oslo_context import context
        from oslo_log import formatters, log
        conf = cfg.ConfigOpts(); log.register_options(conf); conf([], project='none', default_config_files=[], default_config_dirs=[])
        line = formatters.ContextFormatter(config=conf, datefmt=conf.log_date_format)
        def one(level, scope, instance):
            made = context.RequestContext(overwrite=False, **scope) if scope is not None else None
            record = logging.LogRecord('cascade.nova_proxy.servers', level, 'f.py', 1, 'Child server %s is active', ('1b',), None)
            record.created, record.msecs, record.process = 1795363200.123, 123.0, int(sys.argv[1])
            if made: record.context = made
            if instance: record.instance_uuid = instance
            return line.format(record)
        full = dict(user_id='3c', project_id='9a', user_domain_id='default', project_domain_id='default', request_id='req-5f', global_request_id='req-g')
        print(json.dumps([one(20, None, None), one(30, full, '7e'), one(40, dict(request_id='req-5f'), None), one(50, dict(request_id='req-5f', system_scope='all', domain_id='d'), '7e')]))
        """;

    [Test]
    public async Task A_line_is_the_same_to_the_byte()
    {
        var oslo = await AskAsync();
        var full = new LogContext { User = "3c", Project = "9a", UserDomain = "default", ProjectDomain = "default", RequestId = "req-5f", GlobalRequestId = "req-g", Instance = "7e" };

        using var each = Assert.EnterMultipleScope();
        Assert.That(Ours(LogLevel.Information, null), Is.EqualTo(oslo[0]));
        Assert.That(Ours(LogLevel.Warning, full), Is.EqualTo(oslo[1]));
        Assert.That(Ours(LogLevel.Error, new() { RequestId = "req-5f" }), Is.EqualTo(oslo[2]));
        Assert.That(Ours(LogLevel.Critical, new() { RequestId = "req-5f", SystemScope = "all", Domain = "d", Instance = "7e" }), Is.EqualTo(oslo[3]));
    }

    static string Ours(LogLevel level, LogContext? context)
    {
        var scopes = new LoggerExternalScopeProvider();
        using var scope = context is null ? null : scopes.Push(context);
        return new OsloLine("%Y-%m-%d %H:%M:%S", new Redaction(), journal: false).Write(new(
            DateTimeOffset.FromUnixTimeMilliseconds(1795363200123), level, "cascade.nova_proxy.servers", "Child server 1b is active", null, null, LogScopes.Collect(scopes))).TrimEnd('\n');
    }

    static async Task<string[]> AskAsync()
    {
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", Script, Environment.ProcessId.ToString()]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        Process? python = null;
        try
        {
            python = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
        }

        var error = "no python3";
        if (python is not null)
        {
            var answer = await python.StandardOutput.ReadToEndAsync();
            error = await python.StandardError.ReadToEndAsync();
            await python.WaitForExitAsync();
            if (python.ExitCode == 0)
                return [.. JsonDocument.Parse(answer).RootElement.EnumerateArray().Select(l => l.GetString()!)];
        }

        Assert.That(error == "no python3" || error.Contains("No module named", StringComparison.Ordinal), error);
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"python3-oslo.log is needed: {error}");
        Assert.Ignore($"python3-oslo.log is needed: {error}");
        return [];
    }
}
