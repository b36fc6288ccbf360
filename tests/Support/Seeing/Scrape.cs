using System.Globalization;
using System.Text.RegularExpressions;

namespace Cascade.Support.Seeing;

/// <summary>What /metrics said: the text format of Prometheus.</summary>
public sealed partial class Scrape
{
    readonly List<(string Name, Dictionary<string, string> Labels, double Value)> samples = [];

    public Scrape(string text)
    {
        Text = text;
        foreach (var match in Sample().Matches(text).Cast<Match>())
        {
            var labels = Label().Matches(match.Groups["labels"].Value).ToDictionary(one => one.Groups["name"].Value, one => one.Groups["value"].Value, StringComparer.Ordinal);
            samples.Add((match.Groups["name"].Value, labels, double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)));
        }
    }

    public string Text { get; }

    public IEnumerable<string> Names => samples.Select(sample => sample.Name).Distinct(StringComparer.Ordinal);

    /// <summary>The sum of all samples of this name that have these labels; null when there is none.</summary>
    public double? Value(string name, params (string Name, string Value)[] labels)
    {
        var found = samples.Where(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value)).ToList();
        return found.Count == 0 ? null : found.Sum(sample => sample.Value);
    }

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>[^}]*)\})? (?<value>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Sample();

    [GeneratedRegex(@"(?<name>\w+)=""(?<value>(?:[^""\\]|\\.)*)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Label();
}
