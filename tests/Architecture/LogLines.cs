using System.Text.RegularExpressions;

namespace Cascade.Architecture;

/// <summary>What the product says, by number.</summary>
sealed partial class LogLines
{
    static IReadOnlyList<(string File, int Id)> Lines { get; } =
    [
        .. Repository.Product
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => Message().Matches(Repository.Text(f)).Select(m => (f, int.Parse(m.Groups["id"].Value)))),
    ];

    [Test]
    public void A_number_means_one_line_across_the_product()
    {
        Assert.That(Lines, Has.Count.GreaterThan(10), "the lines were found");
        Assert.That(Lines.GroupBy(l => l.Id).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(l => l.File))}"), Is.Empty);
    }

    [Test]
    public void All_lines_of_a_room_stand_in_its_log_files() =>
        Assert.That(Lines.Select(l => l.File).Distinct(StringComparer.Ordinal).Where(f => Path.GetFileName(f) is not "Log.cs" && !Path.GetFileName(f).StartsWith("Log.", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void Every_line_has_a_number() =>
        Assert.That(Repository.Product.Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).Where(f => Unnumbered().IsMatch(Repository.Text(f))), Is.Empty);

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId\s*=\s*|eventId:\s*)?(?<id>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Message();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?!EventId|eventId:|\d)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unnumbered();
}
