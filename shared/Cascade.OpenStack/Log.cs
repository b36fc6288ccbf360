using Microsoft.Extensions.Logging;

namespace Cascade.OpenStack;

/// <summary>Every line this library says. Ids 5000 to 5099.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Debug, "{Cloud}: {Method} {Url} answered {Status} in {Milliseconds} ms, child request {ChildRequestId}, ours {RequestId}")]
    public static partial void Answered(
        ILogger log, string cloud, string method, string url, int status, double milliseconds, string? childRequestId, string? requestId);

    [LoggerMessage(5002, LogLevel.Warning, "{Cloud}: {Method} {Url} gave no answer: {Reason}, ours {RequestId}")]
    public static partial void NoAnswer(ILogger log, string cloud, string method, string url, string reason, string? requestId);

    [LoggerMessage(5003, LogLevel.Information, "{Cloud}: {Method} {Url} is repeated in {Milliseconds} ms, attempt {Attempt}, because {Reason}")]
    public static partial void Repeating(ILogger log, string cloud, string method, string url, double milliseconds, int attempt, string reason);

    [LoggerMessage(5010, LogLevel.Debug, "{Cloud}: token for {Scope} got, good until {Expires}")]
    public static partial void TokenGot(ILogger log, string cloud, string scope, DateTimeOffset expires);

    [LoggerMessage(5011, LogLevel.Information, "{Cloud}: {Service} no longer takes the token for {Scope}, renewing it once")]
    public static partial void TokenRefused(ILogger log, string cloud, string service, string scope);

    [LoggerMessage(5020, LogLevel.Information, "{Cloud}: {Service} at {Endpoint} speaks {Min} to {Max}")]
    public static partial void VersionFound(ILogger log, string cloud, string service, string endpoint, string min, string max);
}
