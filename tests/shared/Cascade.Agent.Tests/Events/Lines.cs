using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Tests.Events;

/// <summary>Keeps what is logged, and lets a test wait for it.</summary>
sealed class Lines : ILoggerProvider
{
    readonly List<string> lines = [];
    TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Text
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    public async Task UntilAsync(string words)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (true)
        {
            var next = Volatile.Read(ref more).Task;
            if (Text.Contains(words, StringComparison.Ordinal))
            {
                return;
            }

            await next.WaitAsync(limit.Token);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    void Add(string line)
    {
        lock (lines)
        {
            lines.Add(line);
        }

        Interlocked.Exchange(ref more, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    sealed class Category(Lines into, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                into.Add($"{logLevel} {name} {formatter(state, exception)} {exception?.Message}");
            }
        }
    }
}
