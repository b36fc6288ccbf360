using Cascade.Mirror.Vitals;

namespace Cascade.Agent;

/// <summary>What differs between the clouds without an order of ours, and what the child has of ours that nobody wants, for <c>status</c>.</summary>
sealed class DriftStatus : IStatusSource
{
    public string Name => "drift";

    public IEnumerable<KeyValuePair<string, string>> Read()
    {
        foreach (var vital in Ongoing.Now.OrderBy(vital => vital.Kind, StringComparer.Ordinal))
        {
            if (vital.Drift is { } drift)
            {
                yield return new(vital.Pending is { WaitsFor: "child" } ? $"{vital.Kind} of the child" : vital.Kind, $"{drift.Open} open, {drift.Found} found, {drift.Healed} healed");
            }

            if (vital.Orphans is { } orphans)
            {
                yield return new($"orphaned {vital.Kind}", $"{orphans}");
            }
        }
    }
}
