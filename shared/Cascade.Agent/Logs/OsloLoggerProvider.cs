using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

/// <summary>Loggers that write through one format to one sink.</summary>
[ProviderAlias("Oslo")]
sealed class OsloLoggerProvider(ILogFormat format, LogSink sink, LogLevels levels, TimeProvider time) : ILoggerProvider, ISupportExternalScope
{
    IExternalScopeProvider? _scopes;

    public ILogger CreateLogger(string categoryName)
    {
        var name = LoggerNames.Of(categoryName);
        levels.Add(name);
        return new Logger(this, name);
    }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    sealed class Logger(OsloLoggerProvider provider, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= provider.Levels.Of(name);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var template = state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } values && values[^1].Key == "{OriginalFormat}"
                ? values[^1].Value as string
                : null;
            var record = new LogRecord(
                provider.Time.GetLocalNow(), logLevel, name, formatter(state, exception), template, exception, LogScopes.Collect(provider._scopes));
            provider.Sink.Write(provider.Format.Write(record));
        }
    }

    LogLevels Levels => levels;

    TimeProvider Time => time;

    LogSink Sink => sink;

    ILogFormat Format => format;
}
