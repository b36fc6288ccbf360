using System.Diagnostics;
using NUnit.Framework;

namespace Cascade.Support.Sheets;

/// <summary>The sample of an agent's configuration, as its executable writes it.</summary>
public static class SampleSheet
{
    /// <param name="agent">The executable, beside the tests.</param>
    /// <param name="path">Of the sample, from the root of the repository.</param>
    public static async Task MatchAsync(string agent, string path)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{agent}.dll"), "config", "sample"]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.Zero);
        Sheet.Match(path, text);
    }
}
