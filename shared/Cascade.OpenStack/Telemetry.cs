using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Cascade.OpenStack;

/// <summary>The seam for tracing and metrics: one source, one meter, both named after the assembly.</summary>
internal static class Telemetry
{
    public const string Name = "Cascade.OpenStack";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "cascade.openstack.request.duration",
        "s",
        "One request to a cloud, by service, method and status",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] });

    private static readonly Counter<long> Repeats = Meter.CreateCounter<long>(
        "cascade.openstack.request.repeats", "{request}", "Requests sent again after a passing fault");

    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>(
        "cascade.openstack.tokens", "{token}", "Tokens asked of Keystone: issued, and renewed where one was held before, or failed");

    private static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "cascade.openstack.tokens.refused", "{token}", "Tokens that the cloud took no more before they were at their end");

    /// <param name="outcome">issued, renewed or failed.</param>
    public static void TokenAsked(string cloud, string outcome) => Tokens.Add(1, new("cloud", cloud), new KeyValuePair<string, object?>("outcome", outcome));

    public static void TokenRefused(string cloud) => Refused.Add(1, new KeyValuePair<string, object?>("cloud", cloud));

    public static void Sent(string cloud, string service, string method, string status, TimeSpan took) =>
        Duration.Record(
            took.TotalSeconds,
            new TagList { { "cloud", cloud }, { "service", service }, { "method", method }, { "status", status } });

    public static void Repeated(string cloud, string service, string method) =>
        Repeats.Add(1, new TagList { { "cloud", cloud }, { "service", service }, { "method", method } });
}
