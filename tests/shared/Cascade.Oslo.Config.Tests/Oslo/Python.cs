using System.Diagnostics;
using System.Text.Json;

namespace Cascade.Oslo.Config.Tests.Oslo;

/// <summary>The distribution's Python with oslo.config and oslo.messaging: the real reader of these files.</summary>
static class Python
{
    const string Executable = "/usr/bin/python3";

    public static async Task<JsonElement> AskAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, ["-c", script, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
        }

        var answer = process is null ? "" : await process.StandardOutput.ReadToEndAsync();
        var error = process is null ? "no python3" : await process.StandardError.ReadToEndAsync();
        if (process is not null)
            await process.WaitForExitAsync();
        if (process?.ExitCode == 0)
            return JsonDocument.Parse(answer).RootElement;
        if (!error.Contains("No module named", StringComparison.Ordinal) && error != "no python3")
            Assert.Fail(error);
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"python3-oslo.messaging is needed: {error}");
        Assert.Ignore($"python3-oslo.messaging is needed: {error}");
        return default;
    }
}
