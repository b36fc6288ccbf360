using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

static class AgentLogging
{
    public static void AddAgentLogging(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        // The level is decided by the provider, which can change its mind while running.
        logging.SetMinimumLevel(LogLevel.Trace);
        logging.Services.AddSingleton<LogLevels>();
        logging.Services.AddSingleton<ILogLevels>(services => services.GetRequiredService<LogLevels>());
        logging.Services.AddSingleton(services => new LogSink(services.GetRequiredService<LogOptions>().LogFile));
        logging.Services.AddSingleton(Format);
        logging.Services.AddSingleton<ILoggerProvider, OsloLoggerProvider>();
    }

    static ILogFormat Format(IServiceProvider services)
    {
        var options = services.GetRequiredService<LogOptions>();
        var redaction = services.GetRequiredService<Redaction>();
        return options.UseJson
            ? new OsloJson(options.LogDateFormat, redaction)
            : new OsloLine(options.LogDateFormat, redaction, options.LogFile is null && IsJournal());
    }

    // systemd.exec(5): JOURNAL_STREAM is set when standard error goes to the journal; a shell below may have redirected it to a terminal.
    static bool IsJournal() => Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 } && Console.IsErrorRedirected;
}
