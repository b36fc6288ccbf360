using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Cascade.Agent.Tests.Trial;

/// <summary>A real agent process, told what to do on its standard input, with a systemd that listens on NOTIFY_SOCKET.</summary>
sealed partial class TrialAgent : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly ConfigFile _config;
    readonly Process _process;
    readonly Socket _systemd;
    readonly Task<string> _errors;

    TrialAgent(ConfigFile config, Process process, Socket systemd)
    {
        (_config, _process, _systemd) = (config, process, systemd);
        _errors = process.StandardError.ReadToEndAsync();
    }

    public string Root => _config.Root;

    public string ConfigPath => _config.Path;

    public static async Task<TrialAgent> StartAsync(string text, params string[] args)
    {
        var config = new ConfigFile(text.Replace("ROOT", "", StringComparison.Ordinal));
        config.Write(text.Replace("ROOT", config.Root, StringComparison.Ordinal));
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(config.Root, "notify")));
        var start = new ProcessStartInfo("dotnet", [Executable(), "--config-file", config.Path, .. args])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["NOTIFY_SOCKET"] = Path.Combine(config.Root, "notify");
        start.Environment["WATCHDOG_USEC"] = "200000";
        start.Environment.Remove("WATCHDOG_PID");
        start.Environment["JOURNAL_STREAM"] = "1:1";
        var agent = new TrialAgent(config, Process.Start(start)!, socket);
        Assert.That(await agent._process.StandardOutput.ReadLineAsync().WaitAsync(Patience), Is.EqualTo("listening"));
        return agent;
    }

    public void Configure(string text) => _config.Write(text.Replace("ROOT", Root, StringComparison.Ordinal));

    /// <summary>Gives an order and waits for the answer.</summary>
    public async Task<string?> TellAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        return await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
    }

    /// <summary>What systemd hears until a notice begins so.</summary>
    public async Task<List<string>> HearAsync(string until)
    {
        var heard = new List<string>();
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(Patience);
        while (heard.Count == 0 || !heard[^1].StartsWith(until, StringComparison.Ordinal))
            heard.Add(Encoding.UTF8.GetString(buffer, 0, await _systemd.ReceiveAsync(buffer, patience.Token)));
        return heard;
    }

    public void Signal(int number) => Assert.That(Kill(_process.Id, number), Is.Zero);

    /// <summary>The exit code and everything it said on standard error.</summary>
    public async Task<(int Code, string Said)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (_process.ExitCode, await _errors);
    }

    /// <summary>Asks a file until it says what is waited for: a signal has no answer.</summary>
    public async Task<string> ReadAsync(string name, string until)
    {
        var path = Path.Combine(Root, name);
        using var patience = new CancellationTokenSource(Patience);
        using var watch = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            if (File.Exists(path) && await File.ReadAllTextAsync(path, patience.Token) is var text && text.Contains(until, StringComparison.Ordinal))
                return text;
        }
        while (await watch.WaitForNextTickAsync(patience.Token));
        return "";
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _systemd.Dispose();
        _config.Dispose();
    }

    // Both projects are built side by side with the same configuration and framework.
    static string Executable() => Path.Combine(
        AppContext.BaseDirectory.Replace("Cascade.Agent.Tests", "Cascade.Agent.Trial", StringComparison.Ordinal), "cascade-trial.dll");

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
