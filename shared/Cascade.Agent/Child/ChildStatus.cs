using System.Globalization;

namespace Cascade.Agent.Child;

/// <summary>The child, for <c>status</c>.</summary>
sealed class ChildStatus(ChildCloud child, ChildHealth health) : IStatusSource
{
    public string Name => "child";

    public IEnumerable<KeyValuePair<string, string>> Read()
    {
        yield return new("region", child.Region);
        yield return new("answers", !health.IsWatched ? "not looked at: another copy is the active one" : health.Answers ? "yes" : "no");
        if (health.IsWatched)
        {
            yield return new("heard", string.Create(CultureInfo.InvariantCulture, $"{health.Silence.TotalSeconds:0} s ago"));
            if (health.Reason is { } reason)
            {
                yield return new("reason", reason);
            }
        }
    }
}
