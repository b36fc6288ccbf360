using System.Diagnostics;

namespace Cascade.Lab.Support;

/// <summary>Runs one of the lab's commands to its end.</summary>
static class Shell
{
    /// <summary>The folder of the lab's scripts: found upwards from the test binary, so that a clean clone needs no setting.</summary>
    public static string Lab { get; } = Path.Combine(Root(), "tests", "lab");

    public static async Task<string> RunAsync(string command, IEnumerable<string> arguments, TimeSpan limit)
    {
        var (code, output, error) = await TryAsync(command, arguments, limit);
        return code == 0
            ? output
            : throw new InvalidOperationException($"{Path.GetFileName(command)} {string.Join(' ', arguments)} ended with {code}:\n{error}\n{output}");
    }

    public static async Task<(int Code, string Output, string Error)> TryAsync(string command, IEnumerable<string> arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(command) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var expired = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(expired.Token);
        }
        catch (OperationCanceledException expiry)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Path.GetFileName(command)} {string.Join(' ', arguments)} did not end within {limit}", expiry);
        }

        return (process.ExitCode, await output, await error);
    }

    public static Task<string> LabAsync(string script, params string[] arguments) =>
        RunAsync(Path.Combine(Lab, script), arguments, TimeSpan.FromMinutes(25));

    static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Cascade.Agents.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new DirectoryNotFoundException("the tests run from inside a checkout");
    }
}
