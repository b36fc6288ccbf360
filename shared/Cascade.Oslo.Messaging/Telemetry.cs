using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Cascade.Oslo.Messaging;

/// <summary>The seam for whoever exports: one source and one meter, both named after this assembly.</summary>
static class Telemetry
{
    public const string Name = "Cascade.Oslo.Messaging";

    public static readonly ActivitySource Activities = new(Name);

    static readonly Meter Meter = new(Name);

    /// <summary>By method and outcome (done, fault, failed, parked, dead).</summary>
    public static readonly Counter<long> Served = Meter.CreateCounter<long>("cascade.rpc.served", description: "Requests served");

    public static readonly Histogram<double> ServingTime = Meter.CreateHistogram<double>("cascade.rpc.serving_time", "s", "Time from delivery to the end of the handler");

    public static readonly UpDownCounter<long> InWork = Meter.CreateUpDownCounter<long>("cascade.rpc.in_work", description: "Requests being served");

    /// <summary>By method and outcome (done, fault, timeout, failed).</summary>
    public static readonly Counter<long> Called = Meter.CreateCounter<long>("cascade.rpc.called", description: "Calls sent");

    public static readonly Counter<long> Duplicates = Meter.CreateCounter<long>("cascade.rpc.duplicates", description: "Messages that came twice");

    public static readonly Counter<long> Parked = Meter.CreateCounter<long>("cascade.rpc.parked", description: "Casts put aside");

    public static readonly Counter<long> Dead = Meter.CreateCounter<long>("cascade.rpc.dead_letters", description: "Messages given up");

    public static readonly Counter<long> Reconnects = Meter.CreateCounter<long>("cascade.rabbit.connections_lost", description: "Connections lost");
}
