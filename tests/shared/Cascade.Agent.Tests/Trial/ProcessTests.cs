using System.Net;
using System.Net.Sockets;

namespace Cascade.Agent.Tests.Trial;

/// <summary>What only a process of its own can show: signals, systemd, exit codes, and that no secret leaves it.</summary>
sealed class ProcessTests
{
    const int Hup = 1;
    const int Usr2 = 12;
    const int Term = 15;
    const string Secret = "hunter2hunter2";
    const string ToFile = ConfigFile.Minimal + "[trial]\npassword = " + Secret + "\ninterval = 5\n[DEFAULT]\nlog_file = ROOT/a.log\n";

    [Test]
    public async Task Systemd_hears_ready_only_when_the_agent_has_registered_and_then_of_its_end()
    {
        await using var agent = await TrialAgent.StartAsync(ConfigFile.Minimal);

        Assert.That(await agent.HearAsync("WATCHDOG=1"), Is.All.EqualTo("WATCHDOG=1"), "it is alive, and not yet ready");
        await agent.TellAsync("register");
        Assert.That((await agent.HearAsync("READY=1")).Take(..^1), Is.All.EqualTo("WATCHDOG=1"));
        agent.Signal(Term);
        await agent.HearAsync("STOPPING=1");
        var (code, said) = await agent.EndAsync();

        Assert.That(code, Is.Zero);
        Assert.That(said, Does.Contain("Registered").And.Contain("Stopping"));
        Assert.That(said.TrimEnd('\n').Split('\n'), Is.All.Match("^<[2-7]>"), "the journal reads the level of every line");
    }

    [Test]
    public async Task A_hangup_takes_over_what_is_mutable_and_opens_the_log_again()
    {
        await using var agent = await TrialAgent.StartAsync(ToFile);
        await agent.ReadAsync("a.log", "starts as az-east");
        File.Move(Path.Combine(agent.Root, "a.log"), Path.Combine(agent.Root, "a.log.1"));

        agent.Configure(ToFile.Replace("interval = 5", "interval = 6", StringComparison.Ordinal).Replace("host = az-east", "host = az-west", StringComparison.Ordinal));
        agent.Signal(Hup);
        var log = await agent.ReadAsync("a.log", "taken over");

        Assert.That(log, Does.Contain("ignoring change to immutable option [DEFAULT] host").And.Contain("[trial] interval taken over"));
        Assert.That(await agent.TellAsync("interval"), Is.EqualTo("5 6"));
    }

    [Test]
    public async Task A_hangup_with_a_bad_file_changes_nothing_and_says_why()
    {
        await using var agent = await TrialAgent.StartAsync(ToFile);

        agent.Configure(ToFile.Replace("interval = 5", "interval = none", StringComparison.Ordinal));
        agent.Signal(Hup);

        Assert.That(await agent.ReadAsync("a.log", "nothing taken over"), Does.Contain("[trial] interval = 'none'"));
        Assert.That(await agent.TellAsync("interval"), Is.EqualTo("5 5"));
    }

    [Test]
    public async Task No_secret_leaves_in_a_line_a_trace_or_a_report()
    {
        await using var agent = await TrialAgent.StartAsync(ToFile, "--debug");
        await agent.TellAsync($"log the password is {Secret} and the bus has s3cr3ts3cr3t, token gAAAAABnbnbnbnbnbnbnbnbnbnbnbnbnbnb");
        await agent.TellAsync("report child");
        agent.Signal(Usr2);
        var log = await agent.ReadAsync("a.log", "==== Configuration ====");
        log = await agent.ReadAsync("a.log", "trial.password = ");

        Assert.That(log, Does.Contain("Told: the password is *** and the bus has ***, token ***").And.Contain("InvalidOperationException"));
        Assert.That(log, Does.Contain("child = Down").And.Contain("told so, ***").And.Contain("==== Threads ====").And.Contain("trial.password = ****").And.Contain("transport_url = ****"));
        Assert.That(log, Does.Not.Contain(Secret).And.Not.Contain("s3cr3ts3cr3t").And.Not.Contain("gAAAA"));
    }

    [Test]
    public async Task A_worker_that_does_not_stop_holds_the_end_no_longer_than_allowed()
    {
        await using var agent = await TrialAgent.StartAsync(ConfigFile.Minimal + "[DEFAULT]\ngraceful_shutdown_timeout = 1\n");
        await agent.TellAsync("hang");

        agent.Signal(Term);

        Assert.That((await agent.EndAsync()).Said, Does.Contain("Stopping"));
    }

    [Test]
    public async Task Telemetry_goes_to_a_collector_that_was_named_and_a_silent_one_does_not_hold_the_end()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        await using var agent = await TrialAgent.StartAsync(ConfigFile.Minimal + $"otlp_endpoint = http://127.0.0.1:{((IPEndPoint)collector.LocalEndpoint).Port}\n");

        agent.Signal(Term);
        using var exported = await collector.AcceptTcpClientAsync();

        Assert.That((await agent.EndAsync()).Code, Is.Zero);
    }

    [Test]
    public async Task A_worker_that_fails_ends_the_agent_with_a_code_and_one_trace()
    {
        await using var agent = await TrialAgent.StartAsync(ConfigFile.Minimal);

        await agent.TellAsync("fail");
        var (code, said) = await agent.EndAsync();

        Assert.That(code, Is.EqualTo(1));
        Assert.That(said, Does.Contain("told to fail"));
    }

    [Test]
    public async Task The_ops_port_tells_health_status_and_metrics_and_the_verb_asks_it()
    {
        var port = FreePort();
        var text = ConfigFile.Minimal.Replace(":0\n", $":{port}\n", StringComparison.Ordinal);
        await using var agent = await TrialAgent.StartAsync(text);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        var before = await http.GetAsync(new Uri("/healthcheck", UriKind.Relative));
        await agent.TellAsync("register");
        var after = await http.GetAsync(new Uri("/healthcheck", UriKind.Relative));
        await agent.TellAsync("report child");
        var down = await http.GetAsync(new Uri("/healthcheck", UriKind.Relative));
        var status = await http.GetStringAsync(new Uri("/status", UriKind.Relative));
        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        using var answer = new StringWriter();
        var code = await Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null)
            .AddAgent("cascade-trial", ["status", "--config-file", agent.ConfigPath]).RunAsync(answer, TextWriter.Null);

        Assert.That(code, Is.EqualTo(1), "not healthy");
        Assert.That(answer.ToString(), Does.Contain("cascade-trial").And.Contain("as az-east").And.Contain("registered: yes").And.Contain("child").And.Contain("down"));
        Assert.That((before.StatusCode, after.StatusCode, down.StatusCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable)));
        Assert.That(await down.Content.ReadAsStringAsync(), Does.Contain("\"name\": \"child\"").And.Contain("\"state\": \"Down\""));
        Assert.That(status, Does.Contain("\"agent\": \"cascade-trial\"").And.Contain("\"host\": \"az-east\""));
        Assert.That(metrics, Does.Contain("service_name=\"cascade-trial\"").And.Contain("dotnet_"));
        Assert.That((await http.GetAsync(new Uri("/other", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_port_in_use_is_a_clear_reason_not_to_start()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var text = ConfigFile.Minimal.Replace(":0\n", $":{((IPEndPoint)taken.LocalEndpoint).Port}\n[DEFAULT]\nlog_file = ROOT/a.log\n", StringComparison.Ordinal);
        using var file = new ConfigFile("");
        file.Write(text.Replace("ROOT", file.Root, StringComparison.Ordinal));
        using var error = new StringWriter();

        var code = await Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null).AddAgent("cascade-trial", ["--config-file", file.Path]).RunAsync(TextWriter.Null, error);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error.ToString(), Does.Contain("ops_listen").And.Contain("Write another port"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(file.Root, "a.log")), Does.Contain("CRITICAL").And.Not.Contain("   at "), "a sentence, not a trace");
    }

    [Test]
    public async Task The_usual_port_in_use_is_a_warning_and_no_more()
    {
        // Whoever has it now, an agent of somebody else or this listener: it is taken.
        using var taken = new TcpListener(IPAddress.Loopback, 8980);
        try
        {
            taken.Start();
        }
        catch (SocketException)
        {
        }

        await using var agent = await TrialAgent.StartAsync(ToFile.Replace("ops_listen = 127.0.0.1:0\n", "", StringComparison.Ordinal));

        Assert.That(await agent.ReadAsync("a.log", "is taken"), Does.Contain("WARNING").And.Contain("127.0.0.1:8980").And.Contain("[cascade] ops_listen"));
        Assert.That(await agent.TellAsync("register"), Is.EqualTo("registered"));
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
