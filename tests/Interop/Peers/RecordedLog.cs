using Microsoft.Extensions.Logging;

namespace Cascade.Interop.Peers;

/// <summary>Keeps what was logged, and lets a test wait for an event id instead of for a time.</summary>
public sealed class RecordedLog : ILoggerFactory, ILogger
{
    readonly List<(int Id, LogLevel Level, string Text)> lines = [];
    readonly List<(int Id, TaskCompletionSource<string> Found)> waiting = [];

    public IReadOnlyList<(int Id, LogLevel Level, string Text)> Lines
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    /// <summary>The text of the first line with this event id, past or to come.</summary>
    public Task<string> SaysAsync(int id)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (lines)
        {
            var at = lines.FindIndex(line => line.Id == id);
            if (at >= 0)
            {
                return Task.FromResult(lines[at].Text);
            }

            waiting.Add((id, found));
        }

        return found.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Forgets what was said until now.</summary>
    public void Clear()
    {
        lock (lines)
        {
            lines.Clear();
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
        {
            var text = formatter(state, exception);
            lines.Add((eventId.Id, logLevel, exception is null ? text : $"{text}\n{exception}"));
            waiting.FindAll(one => one.Id == eventId.Id).ForEach(one => one.Found.TrySetResult(text));
            waiting.RemoveAll(one => one.Id == eventId.Id);
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
