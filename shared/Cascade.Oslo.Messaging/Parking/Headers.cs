using System.Text;
using RabbitMQ.Client;

namespace Cascade.Oslo.Messaging.Parking;

/// <summary>The headers of messages that we put aside, in queues that only we read.</summary>
static class Headers
{
    public const string Reason = "x-cascade-reason";
    public const string At = "x-cascade-at";
    public const string Queue = "x-cascade-queue";

    public static string? Text(IReadOnlyBasicProperties properties, string header) =>
        properties.Headers?.TryGetValue(header, out var value) is not true ? null
        : value is byte[] bytes ? Encoding.UTF8.GetString(bytes)
        : value as string;
}
