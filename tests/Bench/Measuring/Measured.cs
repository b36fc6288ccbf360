using System.Diagnostics;
using System.Globalization;

namespace Cascade.Bench.Measuring;

/// <summary>A process under measurement: what it is told, what it answers, what it has used so far.</summary>
sealed class Measured : IAsyncDisposable
{
    readonly Process process;

    Measured(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>CPU seconds, user and system, of all its threads.</summary>
    public double Cpu => CpuOf(process.Id);

    /// <summary>Resident memory, MB.</summary>
    public double Memory => double.Parse(
        File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    public static async Task<Measured> StartAsync(string program, params string[] arguments)
    {
        var measured = new Measured(Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
        var ready = await measured.process.StandardOutput.ReadLineAsync();
        return ready == "ready" ? measured : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} did not start: {ready}");
    }

    public async Task<string> TellAsync(string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        await process.StandardInput.FlushAsync();
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"ended at: {command}");
    }

    public static double CpuOf(int id)
    {
        // The second field may hold spaces; what is wanted stands behind its bracket: utime and stime, fields 14 and 15.
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await process.StandardInput.WriteLineAsync("quit");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before, and said why.
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
