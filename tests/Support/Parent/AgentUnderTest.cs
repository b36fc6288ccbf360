using System.Diagnostics;

namespace Cascade.Support.Parent;

/// <summary>An agent as a process of its own, to be killed at any moment. What it writes is kept.</summary>
public sealed class AgentUnderTest : IAsyncDisposable
{
    readonly Process process;
    readonly List<string> lines = [];
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    readonly string configurationFile;

    AgentUnderTest(ProcessStartInfo start, string configurationFile)
    {
        this.configurationFile = configurationFile;
        process = new() { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All lines so far.</summary>
    public string Log
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <param name="assembly">For instance <c>cascade-nova-proxy.dll</c>, which lies beside the test.</param>
    /// <param name="configuration">The text of its configuration file.</param>
    public static AgentUnderTest Start(string assembly, string configuration)
    {
        var file = Path.Combine(Path.GetTempPath(), $"cascade-{Guid.NewGuid():N}.conf");
        File.WriteAllText(file, configuration);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, assembly), "--config-file", file },
        };
        return new(start, file);
    }

    /// <summary>Ends when a line with these words has been written.</summary>
    /// <exception cref="TimeoutException">It was not; holds the last lines.</exception>
    public async Task UntilWrittenAsync(string words, TimeSpan? patience = null)
    {
        using var stop = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(60), TimeProvider.System);
        while (true)
        {
            var next = Volatile.Read(ref changed).Task;
            if (Log.Contains(words, StringComparison.Ordinal))
            {
                return;
            }

            try
            {
                await next.WaitAsync(stop.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"'{words}' was not written:\n{string.Join('\n', Log.Split('\n').TakeLast(30))}", late);
            }
        }
    }

    /// <summary>As a power cut: kill -9, at once.</summary>
    public void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
    }

    /// <summary>Ends when it is dead.</summary>
    public Task KillAsync()
    {
        Kill();
        return process.WaitForExitAsync();
    }

    /// <summary>As systemd ends it: SIGTERM, and what it takes.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> StopAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        await SignalAsync("TERM");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        await process.WaitForExitAsync(limit.Token);
        return TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>
    /// As a machine that stands still for a while: nothing of it runs and its connections stay open, until another copy is the active one and has done something. Then it
    /// wakes up in the middle of what it did. Ends when it knows that its turn is over.
    /// </summary>
    /// <param name="other">A copy that stands by.</param>
    /// <param name="meanwhile">Done while the other one is the active copy and this one sleeps.</param>
    /// <param name="patience">For each of the steps.</param>
    public async Task SleepAsync(AgentUnderTest other, Func<Task> meanwhile, TimeSpan patience)
    {
        var began = TimeProvider.System.GetTimestamp();
        await SignalAsync("STOP");
        await other.UntilWrittenAsync("leader is Up", patience);
        await NUnit.Framework.TestContext.Out.WriteLineAsync($"the other copy is the active one after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s");
        await meanwhile();
        await SignalAsync("CONT");
        await UntilWrittenAsync("leader is Standby: not the active copy", patience);
    }

    /// <summary>An operator writes another configuration and sends SIGHUP (<c>systemctl reload</c>).</summary>
    public async Task ReloadAsync(string configuration)
    {
        await File.WriteAllTextAsync(configurationFile, configuration);
        await SignalAsync("HUP");
    }

    async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", $"-{signal} {process.Id}");
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        KeepLog();
        process.Dispose();
        // Shown with a test that fails.
        await NUnit.Framework.TestContext.Out.WriteLineAsync(string.Join('\n', Log.Split('\n').TakeLast(60)));
    }

    // tests/secrets reads all of it at the end of a run.
    void KeepLog()
    {
        if (Environment.GetEnvironmentVariable("CASCADE_AGENT_LOGS") is { Length: > 0 } kept)
        {
            Directory.CreateDirectory(kept);
            File.WriteAllText(Path.Combine(kept, $"{Path.GetFileNameWithoutExtension(configurationFile)}.log"), Log);
        }
    }

    void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
        {
            lock (lines)
            {
                lines.Add(text);
            }
        }

        Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
