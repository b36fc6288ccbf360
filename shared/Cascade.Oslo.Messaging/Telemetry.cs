using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Cascade.Oslo.Messaging;

/// <summary>The seam for whoever exports: one source and one meter, both named after this assembly.</summary>
static class Telemetry
{
    public const string Name = "Cascade.Oslo.Messaging";

    public static readonly ActivitySource Activities = new(Name);

    static readonly Meter Meter = new(Name);

    static readonly ConcurrentDictionary<Shown, byte> InWork = new();

    static Telemetry()
    {
        Meter.CreateObservableGauge("cascade.rpc.in_work", () => InWork.Count, "{request}", "Requests being served");
        Meter.CreateObservableGauge("cascade.rpc.in_work.oldest", Oldest, "s", "Since the oldest of the requests being served was delivered");
    }

    /// <summary>By method and outcome: done; fault, the caller heard why; parked; dead, given up; left, to come again after a stop.</summary>
    public static readonly Counter<long> Served = Meter.CreateCounter<long>("cascade.rpc.served", description: "Requests served");

    public static readonly Histogram<double> ServingTime = Meter.CreateHistogram(
        "cascade.rpc.serving_time",
        "s",
        "Time from delivery to the end of the handler",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1200] });

    /// <summary>By method and outcome (done, fault, timeout, failed).</summary>
    public static readonly Counter<long> Called = Meter.CreateCounter<long>("cascade.rpc.called", description: "Calls sent");

    public static readonly Counter<long> Duplicates = Meter.CreateCounter<long>("cascade.rpc.duplicates", description: "Messages that came twice");

    public static readonly Counter<long> Parked = Meter.CreateCounter<long>("cascade.rpc.parked", description: "Casts put aside");

    public static readonly Counter<long> Dead = Meter.CreateCounter<long>("cascade.rpc.dead_letters", description: "Messages given up");

    public static readonly Counter<long> Reconnects = Meter.CreateCounter<long>("cascade.rabbit.connections_lost", description: "Connections lost");

    /// <summary>
    /// Goes on with the sender's trace, or begins one: not with whatever is current here, for a handler is started from the end of another one's.
    /// </summary>
    /// <returns>Null when nobody listens.</returns>
    public static Activity? Begin(string name, ActivityKind kind, ActivityContext sender)
    {
        if (Activity.Current is not null)
        {
            Activity.Current = null;
        }

        return Activities.StartActivity(name, kind, sender);
    }

    /// <summary>Counts as being served until what is returned is disposed of.</summary>
    /// <param name="since">The clock's timestamp of its delivery.</param>
    public static IDisposable Serving(long since, TimeProvider clock)
    {
        var shown = new Shown(since, clock);
        InWork[shown] = 0;
        return shown;
    }

    static double Oldest() => InWork.Keys.Select(shown => shown.Age.TotalSeconds).DefaultIfEmpty(0).Max();

    sealed class Shown(long since, TimeProvider clock) : IDisposable
    {
        public TimeSpan Age => clock.GetElapsedTime(since);

        public void Dispose() => InWork.TryRemove(this, out _);
    }
}
