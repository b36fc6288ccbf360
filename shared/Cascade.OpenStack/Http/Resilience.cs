using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Cascade.OpenStack.Http;

/// <summary>Time-outs and repeats of one service: total time around repeats around the time of one attempt.</summary>
internal static class Resilience
{
    public static readonly ResiliencePropertyKey<ApiRequest> Request = new("cascade.request");

    public static ResiliencePipeline<HttpResponseMessage> Build(Transport transport, string service, ServiceTimeouts timeouts)
    {
        var options = transport.Options;
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = transport.Time };
        builder.AddTimeout(new TimeoutStrategyOptions { Timeout = timeouts.Total });
        if (options.Retry.MaxRetries > 0)
        {
            builder.AddRetry(Repeats(transport, service, options));
        }

        return builder.AddTimeout(new TimeoutStrategyOptions { Timeout = timeouts.Attempt }).Build();
    }

    private static RetryStrategyOptions<HttpResponseMessage> Repeats(Transport transport, string service, CloudOptions options) => new()
    {
        MaxRetryAttempts = options.Retry.MaxRetries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = options.Retry.BaseDelay,
        MaxDelay = options.Retry.MaxDelay,
        ShouldHandle = args => ValueTask.FromResult(
            args.Context.Properties.TryGetValue(Request, out var request) && request.MayRepeat
            && MayPass(args.Outcome, transport.Time, options.Retry.MaxDelay)),
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result is { } answer ? RetryAfter.Of(answer, transport.Time) : null),
        OnRetry = args =>
        {
            var request = args.Context.Properties.GetValue(Request, null!);
            var why = args.Outcome.Exception?.Message ?? $"status {(int)args.Outcome.Result!.StatusCode}";
            Telemetry.Repeated(options.Name, service, request.Method.Method);
            Log.Repeating(
                transport.Log, options.Name, request.Method.Method, request.Path, args.RetryDelay.TotalMilliseconds, args.AttemptNumber + 1, why);
            args.Outcome.Result?.Dispose();
            return default;
        },
    };

    private static bool MayPass(Outcome<HttpResponseMessage> outcome, TimeProvider time, TimeSpan patience) => outcome switch
    {
        { Exception: HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } } => false,
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
        { Exception: OperationCanceledException cancelled } => cancelled.InnerException is TimeoutException,
        { Result: { } answer } => (int)answer.StatusCode is 408 or 425 or 429 or 500 or 502 or 503 or 504
            && (RetryAfter.Of(answer, time) is not { } wait || wait <= patience),
        _ => false,
    };
}
