using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Cascade.Agent;

/// <summary>
/// The one place that knows OpenTelemetry. Libraries have an ActivitySource and a Meter named after their assembly; the broker
/// client brings its own (RabbitMQ.Client.Publisher, RabbitMQ.Client.Subscriber).
/// </summary>
static class AgentTelemetry
{
    public static void Add(IServiceCollection services, AgentIdentity identity, OpsOptions options)
    {
        if (options is { Listen: null, OtlpEndpoint: null })
            return;
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(identity.Name, serviceVersion: identity.Version, serviceInstanceId: $"{Machine.HostName}:{Environment.ProcessId}"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter("Cascade.*", "RabbitMQ.Client*").AddHttpClientInstrumentation().AddRuntimeInstrumentation();
                if (options.Listen is not null)
                    metrics.AddPrometheusExporter();
                if (options.OtlpEndpoint is { } endpoint)
                    metrics.AddOtlpExporter(otlp => otlp.Endpoint = endpoint);
            });
        if (options.OtlpEndpoint is { } collector)
        {
            AddLog(services, telemetry, collector);
            telemetry.WithTracing(tracing => tracing
                .AddSource("Cascade.*", "RabbitMQ.Client*")
                .AddHttpClientInstrumentation()
                .AddOtlpExporter(otlp => otlp.Endpoint = collector));
        }
    }

    /// <summary>The same lines as in the log, from the same level on, with their scopes and without secrets.</summary>
    static void AddLog(IServiceCollection services, OpenTelemetryBuilder telemetry, Uri collector)
    {
        services.AddOptions<LoggerFilterOptions>().Configure<LogLevels>((filter, levels) => filter.Rules.Add(
            new(typeof(OpenTelemetryLoggerProvider).FullName, null, null, (_, category, level) => level >= levels.Of(LoggerNames.Of(category ?? "")))));
        telemetry.WithLogging(
            logging => logging
                .AddProcessor(all => new CleanRecords(all.GetRequiredService<Redaction>()))
                .AddOtlpExporter(otlp => otlp.Endpoint = collector),
            lines =>
            {
                lines.IncludeFormattedMessage = true;
                lines.IncludeScopes = true;
            });
    }
}
