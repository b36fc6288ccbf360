using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Support;

namespace Cascade.Interop.Peers;

/// <summary>
/// A Python process with the real oslo.messaging: commands go in as JSON lines, what it sees comes out as events. Nothing here polls: a test waits for
/// an event, and the only clock is the limit after which it fails.
/// </summary>
public sealed class PythonPeer : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process process;
    readonly LinkedList<JsonElement> events = new();
    readonly List<(Func<JsonElement, bool> Wanted, TaskCompletionSource<JsonElement> Found)> waiting = [];
    readonly Queue<string> errors = new();
    readonly SemaphoreSlim writing = new(1);
    int streams = 2;

    PythonPeer(Process process) => this.process = process;

    public int ProcessId { get; private set; }

    /// <summary>Puts the scripts where a peer in another root file system sees them. Once, before the first peer: a script that is copied again while
    /// Python opens it is empty for a moment.</summary>
    public static void Place(string directory)
    {
        foreach (var source in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "peer"), "*.py"))
        {
            File.Copy(source, Path.Combine(directory, Path.GetFileName(source)));
        }
    }

    public static async Task<PythonPeer> StartAsync(Generation generation, string directory, string script)
    {
        var peer = new PythonPeer(Process.Start(generation.Command("/usr/bin/python3", "-B", "-W", "ignore", Path.Combine(directory, script)))!);
        peer.process.OutputDataReceived += (_, line) => peer.Said(line.Data);
        peer.process.ErrorDataReceived += (_, line) => peer.Complained(line.Data);
        peer.process.BeginOutputReadLine();
        peer.process.BeginErrorReadLine();
        var ready = await peer.ExpectAsync(said => Is(said, "ready", null), "ready");
        peer.ProcessId = ready.GetProperty("pid").GetInt32();
        return peer;
    }

    public async Task SendAsync(JsonObject command)
    {
        await writing.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(command.ToJsonString());
            await process.StandardInput.FlushAsync();
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Sends a command and waits for the event that carries its id, whichever of <paramref name="names"/> it is.</summary>
    public async Task<JsonElement> AskAsync(JsonObject command, params string[] names)
    {
        var id = command["id"]!.GetValue<string>();
        await SendAsync(command);
        var answer = await ExpectAsync(said => names.Append("refused").Any(name => Is(said, name, id)), $"{string.Join(" or ", names)} of {id}");
        return answer.GetProperty("event").GetString() == "refused"
            ? throw new InvalidOperationException($"the Python peer refused: {answer.GetProperty("text").GetString()}")
            : answer;
    }

    /// <summary>The first event of this name and id that was not taken yet; waits for it.</summary>
    public Task<JsonElement> ExpectAsync(string name, string? id) => ExpectAsync(said => Is(said, name, id), $"{name} of {id}");

    /// <summary>Everything of this name and id that came and was not taken; takes it.</summary>
    public IReadOnlyList<JsonElement> Take(string name, string? id)
    {
        lock (events)
        {
            var found = events.Where(said => Is(said, name, id)).ToArray();
            foreach (var said in found)
            {
                events.Remove(said);
            }

            return found;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
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
        writing.Dispose();
    }

    async Task<JsonElement> ExpectAsync(Func<JsonElement, bool> wanted, string what)
    {
        var found = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (events)
        {
            for (var node = events.First; node is not null; node = node.Next)
            {
                if (wanted(node.Value))
                {
                    events.Remove(node);
                    return node.Value;
                }
            }

            if (streams == 0)
            {
                throw new InvalidOperationException($"the Python peer ended before: {what}\n{Errors()}");
            }

            waiting.Add((wanted, found));
        }

        try
        {
            return await found.Task.WaitAsync(Patience);
        }
        catch (TimeoutException late)
        {
            lock (events)
            {
                waiting.RemoveAll(one => one.Found == found);
                throw new TimeoutException($"the Python peer never said: {what}. It said: {string.Join('\n', events.TakeLast(5))}\n{Errors()}", late);
            }
        }
    }

    void Said(string? line)
    {
        lock (events)
        {
            if (line is null)
            {
                Ended();
                return;
            }

            // Python writes NaN and Infinity as bare words: as text they can be compared here.
            var said = JsonElement.Parse(line.Replace("-Infinity", "\"-Infinity\"").Replace(" Infinity", " \"Infinity\"").Replace("NaN", "\"NaN\""));
            var at = waiting.FindIndex(one => one.Wanted(said));
            if (at < 0)
            {
                events.AddLast(said);
                return;
            }

            waiting[at].Found.TrySetResult(said);
            waiting.RemoveAt(at);
        }
    }

    void Complained(string? line)
    {
        lock (events)
        {
            if (line is null)
            {
                Ended();
                return;
            }

            errors.Enqueue(line);
            if (errors.Count > 60)
            {
                errors.Dequeue();
            }
        }
    }

    // Only when both streams have ended is all known that it had to say.
    void Ended()
    {
        if (--streams == 0)
        {
            waiting.ForEach(one => one.Found.TrySetException(new InvalidOperationException($"the Python peer ended\n{Errors()}")));
            waiting.Clear();
        }
    }

    string Errors() => string.Join('\n', errors);

    static bool Is(JsonElement said, string name, string? id) =>
        said.GetProperty("event").GetString() == name && (id is null || (said.TryGetProperty("id", out var of) && of.GetString() == id));
}
