using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging.Tests.Support;

/// <summary>Keeps what was logged: the id and the sentence.</summary>
sealed class Record : ILoggerFactory, ILogger
{
    readonly ConcurrentQueue<(int Id, string Text)> lines = new();

    public IEnumerable<(int Id, string Text)> Lines => lines;

    public int Times(int id) => lines.Count(line => line.Id == id);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((eventId.Id, $"{TimeProvider.System.GetUtcNow():mm:ss.fff} " + formatter(state, exception) + (exception is null ? "" : " // " + exception)));

    public override string ToString() => string.Join('\n', lines.Select(line => $"{line.Id} {line.Text}"));
}
