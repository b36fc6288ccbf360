using System.Diagnostics.Metrics;
using Cascade.Mirror.Vitals;

namespace Cascade.Mirror;

/// <summary>The seam for whoever exports: one meter named after this assembly. Its gauges read <see cref="Ongoing"/>; times are in seconds.</summary>
static class Telemetry
{
    public const string Name = "Cascade.Mirror";

    static readonly Meter Meter = new(Name);

    public static readonly Counter<long> OrphansReaped = Meter.CreateCounter<long>("cascade.orphans.reaped", "{object}", "Objects of the child that nobody wanted and that were asked to go");

    public static readonly Counter<long> DriftFound = Meter.CreateCounter<long>("cascade.drift.found", "{object}", "Differences between the clouds that nobody here had ordered");

    public static readonly Counter<long> DriftHealed = Meter.CreateCounter<long>("cascade.drift.healed", "{object}", "Differences that are no more: told to the parent, or put right in the child");

    static Telemetry()
    {
        Gauge("cascade.watch.age", "s", "Since the last look at the child that succeeded", vital => Seconds(vital.SinceLook));
        Gauge("cascade.watch.lag", "s", "For how long the oldest that was seen in the child waits to be told to the parent", vital => Seconds(vital.Untold));
        Gauge("cascade.pending.operations", "{operation}", "Orders that have not come to their end", vital => vital.Pending?.Count, waits: true);
        Gauge("cascade.pending.oldest", "s", "Since the oldest of them began to wait", vital => Seconds(vital.Pending?.Oldest), waits: true);
        Gauge("cascade.pending.troubled", "{operation}", "Those that have failed and are tried again", vital => vital.Pending?.Troubled, waits: true);
        Gauge("cascade.orphans.listed", "{object}", "Objects of the child that nobody wants, before they go", vital => vital.Orphans);
        Gauge("cascade.drift.open", "{object}", "Differences found and not yet healed", vital => vital.Drift?.Open);
    }

    /// <summary>Makes the instruments, if that has not been done.</summary>
    public static void Begin()
    {
    }

    static void Gauge(string name, string unit, string description, Func<Vital, double?> read, bool waits = false) =>
        Meter.CreateObservableGauge(name, () => Measure(read, waits), unit, description);

    static IEnumerable<Measurement<double>> Measure(Func<Vital, double?> read, bool waits)
    {
        foreach (var vital in Ongoing.Now)
        {
            if (read(vital) is { } value)
            {
                yield return waits
                    ? new(value, new("kind", vital.Kind), new KeyValuePair<string, object?>("waits_for", vital.Pending!.WaitsFor))
                    : new(value, new KeyValuePair<string, object?>("kind", vital.Kind));
            }
        }
    }

    static double? Seconds(TimeSpan? span) => span?.TotalSeconds;
}
