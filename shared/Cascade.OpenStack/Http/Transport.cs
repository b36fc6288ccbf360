using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Cascade.OpenStack.Http;

/// <summary>One attempt: sends, measures, logs, reads the cloud's clock. Knows nothing of tokens, versions or repeats.</summary>
internal sealed class Transport : IDisposable
{
    private readonly HttpClient http;
    private readonly CloudOptions options;
    private readonly ILogger log;
    private readonly ConcurrentDictionary<string, CloudClock> clocks = new(StringComparer.Ordinal);

    public Transport(CloudOptions options, ILogger log, TimeProvider time, HttpMessageHandler? handler = null)
    {
        this.options = options;
        this.log = log;
        Time = time;
        http = new HttpClient(handler ?? ConnectionHandler.Build(options))
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 256 * 1024 * 1024,
        };
    }

    public CloudOptions Options => options;

    /// <summary>The clock of one service: each runs on machines of its own.</summary>
    public CloudClock ClockOf(string service) => clocks.GetOrAdd(service, _ => new CloudClock(Time));

    public TimeProvider Time { get; }

    public ILogger Log => log;

    public async Task<HttpResponseMessage> SendAsync(string service, HttpRequestMessage message, bool streams, CancellationToken cancelled)
    {
        using var activity = Telemetry.Source.StartActivity($"{message.Method} {service}", ActivityKind.Client);
        var requestId = RequestScope.Current;
        if (requestId is not null)
        {
            message.Headers.TryAddWithoutValidation("X-OpenStack-Request-ID", requestId);
        }

        message.Headers.Accept.ParseAdd("application/json");
        message.Headers.UserAgent.ParseAdd("cascade/0.1");
        var method = message.Method.Method;
        var url = message.RequestUri!.GetLeftPart(UriPartial.Path);
        activity?.SetTag("http.request.method", method).SetTag("url.full", url).SetTag("openstack.cloud", options.Name);
        var started = Time.GetTimestamp();
        try
        {
            var answer = await http.SendAsync(
                message, streams ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, cancelled);
            var took = Time.GetElapsedTime(started);
            var status = (int)answer.StatusCode;
            ClockOf(service).Observe(answer.Headers.Date);
            Telemetry.Sent(options.Name, service, method, status.ToString(), took);
            activity?.SetTag("http.response.status_code", status);
            OpenStack.Log.Answered(log, options.Name, method, url, status, took.TotalMilliseconds, RequestIdOf(answer), requestId);
            return answer;
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException)
        {
            Telemetry.Sent(options.Name, service, method, failed is OperationCanceledException ? "timeout" : "connection", Time.GetElapsedTime(started));
            activity?.SetStatus(ActivityStatusCode.Error, failed.GetType().Name);
            OpenStack.Log.NoAnswer(log, options.Name, method, url, failed.Message, requestId);
            throw;
        }
    }

    public static string? RequestIdOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("x-openstack-request-id", out var values) || answer.Headers.TryGetValues("x-compute-request-id", out values)
            ? values.FirstOrDefault()
            : null;

    public void Dispose() => http.Dispose();
}
