using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CinderProxy.Tests.Database.Servers;

/// <summary>One database server in a directory of its own. It ends with this process, also when that is killed: the guard reads a pipe that ends then.</summary>
sealed class ServerProcess : IAsyncDisposable
{
    const string Guard = """signal=$1; shift; "$@" & pid=$!; read -r _; kill -s "$signal" $pid; wait $pid""";

    readonly Process _guard;
    readonly string _ready;
    readonly TaskCompletionSource _readied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Queue<string> _said = new();

    ServerProcess(Process guard, string directory, string ready) => (_guard, Directory, _ready) = (guard, directory, ready);

    public string Directory { get; }

    /// <summary>The last lines it wrote.</summary>
    public string Log
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said);
            }
        }
    }

    public bool Ended => _guard.HasExited;

    public static string NewDirectory(string name)
    {
        var path = Path.Combine(Path.GetTempPath(), $"cascade-{name}-{Environment.ProcessId}-{Guid.NewGuid():N}"[..40]);
        System.IO.Directory.CreateDirectory(path);
        return path;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <param name="ready">what it writes when it takes connections.</param>
    /// <param name="signal">what ends it at once.</param>
    public static ServerProcess Start(string directory, string ready, string signal, params string[] command)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", Guard, "guard", signal, .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var server = new ServerProcess(Process.Start(start)!, directory, ready);
        server._guard.OutputDataReceived += (_, line) => server.Said(line.Data);
        server._guard.ErrorDataReceived += (_, line) => server.Said(line.Data);
        server._guard.BeginOutputReadLine();
        server._guard.BeginErrorReadLine();
        return server;
    }

    /// <exception cref="InvalidOperationException">It ended with an error; the message has its text.</exception>
    public static async Task RunAsync(params string[] command)
    {
        using var run = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = run.StandardError.ReadToEndAsync();
        var said = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]}: {said}{await errors}");
        }
    }

    /// <summary>Returns when it takes connections.</summary>
    public async Task ReadyAsync()
    {
        try
        {
            await _readied.Task.WaitAsync(TimeSpan.FromMinutes(2));
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Ended)
        {
            _guard.StandardInput.Close();
            await _guard.WaitForExitAsync();
        }

        _guard.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    void Said(string? line)
    {
        if (line is null)
        {
            _readied.TrySetException(new InvalidOperationException($"the server did not start:\n{Log}"));
            return;
        }

        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > 60)
            {
                _said.Dequeue();
            }
        }

        if (line.Contains(_ready, StringComparison.Ordinal))
        {
            _readied.TrySetResult();
        }
    }
}
