using System.Diagnostics;
using RabbitMQ.Client;
using Headers = Cascade.Oslo.Messaging.Parking.Headers;

namespace Cascade.Oslo.Messaging.Serving;

/// <summary>
/// The trace that a message belongs to, in the headers of W3C Trace Context. No service of OpenStack sends them by itself (osprofiler has a member of the context of its own);
/// a sender that is instrumented with OpenTelemetry does, and RabbitMQ.Client, which writes ours.
/// </summary>
static class TraceHeaders
{
    public const string Parent = "traceparent";
    public const string State = "tracestate";

    /// <summary>Whose request it is: the sender's own trace; none when it has none, then it begins with us.</summary>
    public static ActivityContext Of(IReadOnlyBasicProperties properties) =>
        ActivityContext.TryParse(Headers.Text(properties, Parent), Headers.Text(properties, State), isRemote: true, out var sender) ? sender : default;
}
