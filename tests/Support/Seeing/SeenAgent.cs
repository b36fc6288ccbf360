using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Cascade.Support.Parent;
using NUnit.Framework;

namespace Cascade.Support.Seeing;

/// <summary>An agent as its operator sees it: a process whose log, ops port, verbs and telemetry are read. Its broker knows it by a user of its own that may do no more than its verb <c>broker permissions</c> says.</summary>
public sealed partial class SeenAgent : IAsyncDisposable
{
    readonly string assembly;
    readonly HttpClient http;
    readonly List<string> said = [];

    SeenAgent(string assembly, string configuration, AgentUnderTest agent, OtlpReceiver collector, int port)
    {
        (this.assembly, Configuration, Agent, Collector) = (assembly, configuration, agent, collector);
        http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public AgentUnderTest Agent { get; }

    public OtlpReceiver Collector { get; }

    public string Configuration { get; }

    /// <param name="assembly">For instance <c>cascade-nova-proxy.dll</c>.</param>
    /// <param name="configuration">With <c>ops_listen = 127.0.0.1:0</c> in it and the broker's guest.</param>
    /// <param name="serving">The words of the log after which it serves.</param>
    public static async Task<SeenAgent> StartAsync(string assembly, Broker broker, string configuration, string serving = "is serving")
    {
        var password = $"pw-{Guid.NewGuid():N}";
        var user = $"agent-{Guid.NewGuid():N}";
        await broker.CtlAsync("add_user", user, password);
        var collector = await OtlpReceiver.StartAsync();
        var port = FreePort();
        var text = configuration
            .Replace("guest:guest@", $"{user}:{password}@", StringComparison.Ordinal)
            .Replace("ops_listen = 127.0.0.1:0", $"ops_listen = 127.0.0.1:{port}\notlp_endpoint = {collector.Url}", StringComparison.Ordinal)
            .Replace("[DEFAULT]", "[DEFAULT]\ndebug = true", StringComparison.Ordinal);
        await PermitAsync(assembly, broker, text);
        var agent = AgentUnderTest.Start(assembly, text);
        try
        {
            await agent.UntilWrittenAsync(serving);
        }
        catch
        {
            // Nobody else knows of them.
            await agent.DisposeAsync();
            await collector.DisposeAsync();
            throw;
        }

        return new(assembly, text, agent, collector, port);
    }

    public async Task<Scrape> ScrapeAsync() => new(await GetAsync("/metrics"));

    /// <summary>Scrapes until it is so.</summary>
    public async Task<Scrape> UntilAsync(Func<Scrape, bool> so, TimeSpan? patience = null)
    {
        using var stop = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(60), TimeProvider.System);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (true)
        {
            var seen = await ScrapeAsync();
            if (so(seen))
            {
                return seen;
            }

            try
            {
                await tick.WaitForNextTickAsync(stop.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"it is not so:\n{string.Join('\n', seen.Text.Split('\n').Where(line => line.StartsWith("cascade_", StringComparison.Ordinal)))}", late);
            }
        }
    }

    public async Task<string> GetAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        said.Add(text);
        return text;
    }

    /// <summary>A verb of the same executable with the same file.</summary>
    public async Task<(int Code, string Text)> VerbAsync(params string[] words)
    {
        var (code, text, errors) = await RunAsync(assembly, Configuration, words);
        said.Add(text + errors);
        return (code, text);
    }

    /// <summary>SIGUSR2, and the report that follows in the log.</summary>
    public async Task ReportAsync()
    {
        using var signal = Process.Start("kill", $"-USR2 {Agent.ProcessId}");
        await signal.WaitForExitAsync();
        await Agent.UntilWrittenAsync("==== Configuration ====");
        await Agent.UntilWrittenAsync("child.password = ");
    }

    /// <summary>Everything that it has written anywhere, as far as this test has looked.</summary>
    public string Everything => string.Join('\n', said.Append(Agent.Log).Append(Collector.Everything));

    /// <summary>The secrets of its configuration: passwords, and those in addresses.</summary>
    public IReadOnlyList<string> Secrets =>
        [.. Password().Matches(Configuration).Concat(Login().Matches(Configuration)).Select(match => match.Groups["secret"].Value).Distinct(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        await Collector.DisposeAsync();
        http.Dispose();
    }

    /// <summary>The user of its transport_url gets what its own verb says, as an operator would give it.</summary>
    static async Task PermitAsync(string assembly, Broker broker, string configuration)
    {
        var (_, commands, errors) = await RunAsync(assembly, configuration, "broker", "permissions");
        Assert.That(commands, Is.Not.Empty, errors);
        foreach (var command in commands.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = [.. Quoted().Matches(command).Select(word => word.Groups["word"].Value)];
            await broker.CtlAsync(["set_permissions", "-p", .. words]);
        }
    }

    static async Task<(int Code, string Text, string Errors)> RunAsync(string assembly, string configuration, params string[] words)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, configuration);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. words, "--config-file", file])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(file);
        return (process.ExitCode, text, await errors);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("'(?<word>[^']*)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\s*password = (?<secret>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Password();

    [GeneratedRegex(@"://[^\s:/@]+:(?<secret>[^\s@]+)@", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Login();
}
