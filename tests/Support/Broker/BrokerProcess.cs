using System.Diagnostics;
using System.Globalization;

namespace Cascade.Support;

/// <summary>One life of a broker: the guard script, and what it says.</summary>
sealed class BrokerProcess
{
    readonly Process guard;
    readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Queue<string> lines = new();

    BrokerProcess(Process guard) => this.guard = guard;

    public int BrokerId { get; private set; }

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

    public static async Task<BrokerProcess> StartAsync(ProcessStartInfo start)
    {
        var started = new BrokerProcess(Process.Start(start)!);
        started.guard.OutputDataReceived += (_, line) => started.Heard(line.Data);
        started.guard.ErrorDataReceived += (_, line) => started.Heard(line.Data ?? "");
        started.guard.BeginOutputReadLine();
        started.guard.BeginErrorReadLine();
        try
        {
            await started.ready.Task.WaitAsync(TimeSpan.FromMinutes(2));
        }
        catch
        {
            await started.EndAsync(kill: true);
            throw;
        }

        return started;
    }

    public async Task EndAsync(bool kill)
    {
        // A closed pipe is the other way to say it; either may find the guard gone already.
        try
        {
            await guard.StandardInput.WriteLineAsync(kill ? "kill" : "stop");
            guard.StandardInput.Close();
        }
        catch (IOException)
        {
        }

        await guard.WaitForExitAsync();
        guard.Dispose();
    }

    void Heard(string? line)
    {
        if (line is null)
        {
            ready.TrySetException(new InvalidOperationException($"the broker did not start:\n{Log}"));
            return;
        }

        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > 200)
            {
                lines.Dequeue();
            }
        }

        const string Started = "guard: broker ";
        if (line.StartsWith(Started, StringComparison.Ordinal))
        {
            BrokerId = int.Parse(line.AsSpan(Started.Length), CultureInfo.InvariantCulture);
        }
        else if (line.Contains("Server startup complete", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}
