using System.Globalization;
using Cascade.Mirror.Vitals;

namespace Cascade.Agent;

/// <summary>What has been ordered and has not come to its end, and how far behind the child we are, for <c>status</c>.</summary>
sealed class PendingStatus : IStatusSource
{
    public string Name => "pending";

    public IEnumerable<KeyValuePair<string, string>> Read()
    {
        foreach (var vital in Ongoing.Now.OrderBy(vital => vital.Kind, StringComparer.Ordinal))
        {
            if (vital.Pending is { } pending)
            {
                yield return new(pending.WaitsFor == "child" ? $"{vital.Kind} awaited from the child" : $"{vital.Kind} to do", Words(pending));
            }

            if (vital.SinceLook is { } since)
            {
                yield return new($"{vital.Kind} last seen", string.Create(CultureInfo.InvariantCulture, $"{since.TotalSeconds:0} s ago"));
            }
        }
    }

    static string Words(Pending pending) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pending.Count}{(pending is { Count: > 0, Oldest: { } oldest } ? $", the oldest for {oldest.TotalSeconds:0} s" : "")}{(pending.Troubled > 0 ? $", {pending.Troubled} in trouble" : "")}");
}
