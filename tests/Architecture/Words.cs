using System.Text.RegularExpressions;

namespace Cascade.Architecture;

/// <summary>What must not stand in any committed text: paths of the machine it was written on, secrets, banned calls.</summary>
sealed partial class Words
{
    static readonly HashSet<string> Binary = new([".png", ".jpg", ".gz", ".xz", ".bin", ".ico", ".pcap"], StringComparer.OrdinalIgnoreCase);

    static IEnumerable<(string File, int Line, string Text)> Lines =>
        from file in Repository.Files
        where !Binary.Contains(Path.GetExtension(file))
        from line in Repository.Lines(file).Select((text, i) => (Text: text, Number: i + 1))
        select (file, line.Number, line.Text);

    static IEnumerable<string> Found(Regex pattern) => Lines.Where(l => pattern.IsMatch(l.Text)).Select(l => $"{l.File}:{l.Line}");

    [Test]
    public void No_text_names_a_path_of_the_machine_it_was_written_on() => Assert.That(Found(MachinePath()), Is.Empty);

    [Test]
    public void No_text_holds_a_key_or_a_token() => Assert.That(Found(Secret()), Is.Empty);

    [TestCase("x = \"/wor" + "k/file\"", true, TestName = "A quoted path is found")]
    [TestCase("cd /roo" + "t/x", true, TestName = "A path in a script is found")]
    [TestCase("$home/roo" + "t/zed", false, TestName = "A folder of that name below another is fine")]
    public void The_search_finds_what_it_looks_for(string text, bool found) => Assert.That(MachinePath().IsMatch(text), Is.EqualTo(found));

    [TestCase("M:System.Threading.Tasks.Task.Delay(System.Int32)")]
    [TestCase("M:System.Threading.Tasks.Task.Delay(System.TimeSpan)")]
    [TestCase("M:System.Threading.Tasks.Task.Delay(System.TimeSpan,System.Threading.CancellationToken)")]
    [TestCase("M:System.Threading.Tasks.Task.Delay(System.Int32,System.Threading.CancellationToken)")]
    [TestCase("M:System.Threading.Thread.Sleep(System.Int32)")]
    [TestCase("P:System.DateTime.UtcNow")]
    [TestCase("P:System.DateTime.Now")]
    [TestCase("P:System.DateTimeOffset.UtcNow")]
    public void A_clock_that_was_not_handed_in_does_not_compile(string symbol)
    {
        Assert.That(Repository.Lines("BannedSymbols.txt").Select(l => l.Split(';')[0]), Does.Contain(symbol));
        Assert.That(Repository.Text("Directory.Build.props"), Does.Contain("BannedSymbols.txt").And.Contain("TreatWarningsAsErrors>true"));
    }

    [Test]
    public void No_shipped_code_silences_the_ban() =>
        Assert.That(Repository.Product.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && Repository.Text(f).Contains("RS0030", StringComparison.Ordinal)), Is.Empty);

    [GeneratedRegex(@"(?<![\w/}.$)\-])/(?:work|root)/\w", RegexOptions.None, 1000)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"gAAAA[\w\-]{60,}|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}
