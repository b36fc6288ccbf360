using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.OpenStack.Faults;
using Polly;
using Polly.Timeout;

namespace Cascade.OpenStack.Http;

/// <summary>Sends to one place with its time-outs and repeats, and turns everything that is not an answer into a <see cref="CloudFault"/>.</summary>
internal sealed class RawClient
{
    private readonly Transport transport;
    private readonly string service;
    private readonly TimeSpan patience;
    private readonly ResiliencePipeline<HttpResponseMessage> pipeline;

    public RawClient(Transport transport, string service, ServiceTimeouts timeouts)
    {
        this.transport = transport;
        this.service = service;
        patience = timeouts.Attempt;
        pipeline = Resilience.Build(transport, service, timeouts);
    }

    /// <summary>Where paths start, when it is always the same.</summary>
    public string Root { get; init; } = "";

    public Task<HttpResponseMessage> SendAsync(ApiRequest request, Action<HttpRequestMessage> dress, CancellationToken cancelled) =>
        SendAsync(request, (send, stop) => send(Root, dress, stop), cancelled);

    /// <param name="request">What to send.</param>
    /// <param name="attempt">One attempt; it is handed the means to send once and may use it twice (a renewed token).</param>
    /// <param name="cancelled">Ends everything.</param>
    public async Task<HttpResponseMessage> SendAsync(ApiRequest request, Attempt attempt, CancellationToken cancelled)
    {
        var mayHaveHappened = false;
        async Task<HttpResponseMessage> Once(string root, Action<HttpRequestMessage> dress, CancellationToken stop)
        {
            using var message = new HttpRequestMessage(request.Method, root + request.Path + (request.Query is { Length: > 0 } query ? "?" + query : ""));
            message.Content = request.Content?.Invoke();
            if (request.IfMatch is { } condition)
            {
                // Neutron's condition is not an entity tag in quotes, so it would not pass the typed header.
                message.Headers.TryAddWithoutValidation("If-Match", condition);
            }

            dress(message);
            mayHaveHappened |= request.Changes;
            try
            {
                var answer = await transport.SendAsync(service, message, request.Streams, stop);
                mayHaveHappened = request.Changes && FaultReader.MayHaveHappened((int)answer.StatusCode);
                return answer;
            }
            catch (Exception failed) when (NeverLeft(failed))
            {
                mayHaveHappened = false;
                throw;
            }
        }

        try
        {
            var answer = await RunAsync(request, stop => attempt(Once, stop), cancelled);
            return answer.IsSuccessStatusCode ? answer : throw await FaultAsync(answer, request, mayHaveHappened, cancelled);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or TimeoutRejectedException or OperationCanceledException)
        {
            cancelled.ThrowIfCancellationRequested();
            throw NoAnswer(failed, request, mayHaveHappened);
        }
    }

    public async Task<T> ReadAsync<T>(HttpResponseMessage answer, ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancelled)
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancelled);
            return await JsonSerializer.DeserializeAsync(body, type, cancelled) ?? throw Garbage(answer, request, "null");
        }
        catch (JsonException failed)
        {
            throw Garbage(answer, request, failed.Message, failed);
        }
    }

    public CloudFault Garbage(HttpResponseMessage answer, ApiRequest request, string why, Exception? inner = null) =>
        new(FaultKind.Unavailable, $"the answer of {service} is not what OpenStack sends: {why}", inner)
        {
            Service = service,
            Status = (int)answer.StatusCode,
            RequestId = Transport.RequestIdOf(answer),
            Request = Name(request),
            ResultUnknown = request.Changes,
        };

    /// <summary>As the other one, for a shape that has no record: the whole body is handed to the reader.</summary>
    public async Task<T> ReadAsync<T>(HttpResponseMessage answer, ApiRequest request, Func<byte[], T> read, CancellationToken cancelled)
    {
        try
        {
            return read(await answer.Content.ReadAsByteArrayAsync(cancelled));
        }
        catch (JsonException failed)
        {
            throw Garbage(answer, request, failed.Message, failed);
        }
    }

    private async Task<HttpResponseMessage> RunAsync(
        ApiRequest request, Func<CancellationToken, Task<HttpResponseMessage>> attempt, CancellationToken cancelled)
    {
        if (request.Streams)
        {
            return await RunStreamAsync(request, attempt, cancelled);
        }

        var context = ResilienceContextPool.Shared.Get(cancelled);
        context.Properties.Set(Resilience.Request, request);
        try
        {
            return await pipeline.ExecuteAsync(async run => await attempt(run.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Only the head of a download has a time-out here; bodies have one of their own in <see cref="PacedStream"/>.</summary>
    private async Task<HttpResponseMessage> RunStreamAsync(
        ApiRequest request, Func<CancellationToken, Task<HttpResponseMessage>> attempt, CancellationToken cancelled)
    {
        using var late = new CancellationTokenSource(request.Content is null ? patience : Timeout.InfiniteTimeSpan, transport.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancelled);
        var answer = await attempt(both.Token);
        if (!answer.IsSuccessStatusCode)
        {
            // What is wrong fits in memory, and must come in time as well.
            await answer.Content.LoadIntoBufferAsync(both.Token);
        }

        return answer;
    }

    private async Task<CloudFault> FaultAsync(HttpResponseMessage answer, ApiRequest request, bool mayHaveHappened, CancellationToken cancelled)
    {
        using (answer)
        {
            var status = (int)answer.StatusCode;
            var (message, code) = FaultBody.Read(await answer.Content.ReadAsStringAsync(cancelled));
            var wait = RetryAfter.Of(answer, transport.Time);
            return new CloudFault(FaultReader.Kind(status, message, code, wait is not null), message ?? $"{status} {answer.ReasonPhrase}")
            {
                Service = service,
                Status = status,
                Code = code,
                RequestId = Transport.RequestIdOf(answer),
                Request = Name(request),
                RetryAfter = wait,
                ResultUnknown = mayHaveHappened,
            };
        }
    }

    public CloudFault NoAnswer(Exception failed, ApiRequest request, bool mayHaveHappened)
    {
        var why = failed is TimeoutRejectedException or OperationCanceledException ? "no answer in time" : failed.Message;
        return new CloudFault(FaultKind.Unavailable, $"{service} of {transport.Options.Name}: {why}", failed)
        {
            Service = service,
            Request = Name(request),
            ResultUnknown = mayHaveHappened,
        };
    }

    private static bool NeverLeft(Exception failed) =>
        failed is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        }
        or OperationCanceledException { InnerException: TimeoutException };

    private static string Name(ApiRequest request) => $"{request.Method} {request.Path}";
}

/// <summary>Sends once.</summary>
internal delegate Task<HttpResponseMessage> Send(string root, Action<HttpRequestMessage> dress, CancellationToken cancelled);

/// <summary>One attempt at a request, by the means handed in.</summary>
internal delegate Task<HttpResponseMessage> Attempt(Send send, CancellationToken cancelled);
