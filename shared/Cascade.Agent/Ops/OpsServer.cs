using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry.Metrics;

namespace Cascade.Agent;

/// <summary>
/// The loopback port of the operator. A web host of its own inside the agent's, so that an agent without it carries no web
/// server, and so that a port in use is a clear reason not to start.
/// </summary>
sealed class OpsServer(OpsOptions options, StatusReading status, MeterProvider meters, Redaction redaction, ILoggerFactory logs) : IHostedService, IAsyncDisposable
{
    readonly ILogger _log = logs.CreateLogger<OpsServer>();
    WebApplication? _web;

    /// <summary>Where it listens, once started; the port may have been chosen by the system in a test.</summary>
    public string? Address => _web?.Urls.FirstOrDefault();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Listen is not { } listen)
            return;
        _web = Build(listen);
        try
        {
            await _web.StartAsync(cancellationToken);
        }
        catch (IOException) when (options.MayDoWithout)
        {
            await _web.DisposeAsync();
            _web = null;
            Log.OpsPortTaken(_log, listen.ToString());
            return;
        }
        catch (IOException e)
        {
            throw new AgentException($"[cascade] ops_listen = {listen}: {e.Message} Write another port there, or 0 for none.", e);
        }

        Log.OpsListening(_log, Address ?? listen.ToString());
    }

    public Task StopAsync(CancellationToken cancellationToken) => _web?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _web?.DisposeAsync() ?? ValueTask.CompletedTask;

    WebApplication Build(IPEndPoint listen)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxConcurrentConnections = 64;
            kestrel.Listen(listen);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, Quiet>();
        builder.Services.AddSingleton<ILoggerFactory>(new WithoutHost(logs));
        var web = builder.Build();
        web.UseRouting();
        web.MapGet("/healthcheck", Healthcheck);
        web.MapGet("/status", Status);
        OpsMirror.Map(web, redaction);
        web.MapPrometheusScrapingEndpoint("/metrics", meters, configureBranchedPipeline: null, optionsName: null);
        return web;
    }

    Task Healthcheck(HttpContext http)
    {
        var answer = status.Health();
        return Answer(http, answer.Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            OpsJson.Write(answer, OpsJson.Default.HealthAnswer));
    }

    Task Status(HttpContext http) => Answer(http, StatusCodes.Status200OK, OpsJson.Write(status.Status(), OpsJson.Default.StatusAnswer));

    static async Task Answer(HttpContext http, int code, byte[] body)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    // That this host starts, stops or cannot start is said by the agent's own.
    sealed class WithoutHost(ILoggerFactory logs) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal) ? NullLogger.Instance : logs.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }

    // Signals belong to the agent's host.
    sealed class Quiet : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
