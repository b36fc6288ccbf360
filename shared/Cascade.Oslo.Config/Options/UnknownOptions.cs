namespace Cascade.Oslo.Config;

/// <summary>
/// Names that nobody reads. In our own groups each is reported; in groups shared with other services (an agent may be
/// pointed at the operator's nova.conf) only what looks like a slip of the pen for one of ours.
/// </summary>
public static class UnknownOptions
{
    const int Near = 2;

    public static IEnumerable<ConfigFault> In(OptionReader reader)
    {
        foreach (var group in reader.Groups)
        {
            var known = reader.Definitions.SelectMany(d => d.Names).Where(n => n.Group == group.Name).Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var name in reader.Values.OptionsOf(group.Name).Where(o => !known.Contains(o)))
            {
                var meant = known.Where(k => Distance(k, name) <= Near).MinBy(k => Distance(k, name));
                if (meant is null && !group.IsOwn)
                    continue;
                var hint = meant is null ? "nobody reads it; remove it, or look for its name in 'config sample'" : $"is {meant} meant?";
                var origin = reader.Values.Find(group.Name, name) is { Count: > 0 } written ? written[^1].Origin : null;
                yield return new($"[{group.Name}] {name} is unknown: {hint}", origin);
            }
        }
    }

    // Levenshtein with two rows; names of options are short.
    static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > Near || Math.Min(a.Length, b.Length) < 5)
            return int.MaxValue;
        var above = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            above = row;
        }

        return above[b.Length];
    }
}
