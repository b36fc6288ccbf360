using Microsoft.Extensions.Logging;

namespace CinderProxy.Tests.Support;

/// <summary>The log of a test in its output, and by id.</summary>
sealed class TestLog : ILoggerProvider, ILogger
{
    readonly TextWriter to = TestContext.Out;
    readonly List<(int Id, string Text)> lines = [];

    public IReadOnlyList<string> Of(int id)
    {
        lock (lines)
        {
            return [.. lines.Where(line => line.Id == id).Select(line => line.Text)];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
        {
            lines.Add((eventId.Id, formatter(state, exception)));
        }

        to.WriteLine($"{logLevel} {eventId.Id} {formatter(state, exception)}{(exception is null ? "" : $" | {exception.GetType().Name}: {exception.Message}")}");
    }

    public void Dispose()
    {
    }
}
