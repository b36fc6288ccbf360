namespace Cascade.Architecture;

/// <summary>Sizes, names and notes of the rooms.</summary>
sealed class Rooms
{
    const int LongestFile = 250;
    const int LongestReadme = 15;

    static readonly string[] Empty = ["Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Manager", "Common"];

    // oslo.messaging's own word for its queue names ([oslo_messaging_rabbit] use_queue_manager), and Neutron's for what follows connections.
    static readonly string[] Given = ["QueueManager", "ConntrackHelpers", "ConntrackHelper"];

    static readonly string[] TopLevel =
    [
        ".ci", ".editorconfig", ".gitattributes", ".gitignore", "BannedSymbols.txt", "Cascade.Agents.sln", "Directory.Build.props",
        "Directory.Packages.props", "LICENSE", "README.md", "agents", "compose.yaml", "contracts", "global.json", "shared", "tests",
    ];

    static IEnumerable<string> ProductProjects => Repository.ProductProjects;

    static IEnumerable<string> Sources => Repository.Product.Where(f => f.EndsWith(".cs", StringComparison.Ordinal));

    [Test]
    public void No_file_is_longer_than_a_person_reads_at_once() =>
        Assert.That(Sources.Select(f => (File: f, Lines: Repository.Lines(f).Length)).Where(f => f.Lines > LongestFile), Is.Empty);

    [Test]
    public void No_name_says_nothing()
    {
        var names = Repository.Product.SelectMany(f => f.Split('/')).Select(Path.GetFileNameWithoutExtension).OfType<string>().Distinct(StringComparer.Ordinal);

        Assert.That(names.Where(n => Empty.Any(word => Says(n, word))), Is.Empty);
    }

    [TestCaseSource(nameof(ProductProjects))]
    public void Every_room_says_what_may_live_in_it(string project)
    {
        var readme = Path.GetDirectoryName(project)!.Replace('\\', '/') + "/README.md";

        Assert.That(Repository.Files, Does.Contain(readme));
        Assert.That(Repository.Lines(readme), Has.Length.LessThanOrEqualTo(LongestReadme));
    }

    [Test]
    public void The_top_level_holds_only_what_belongs_there()
    {
        var found = Repository.Files.Select(f => f.Split('/')[0]).Distinct(StringComparer.Ordinal).ToList();

        Assert.That(found, Does.Contain("shared"), "the files were found");
        Assert.That(found, Is.SubsetOf(TopLevel));
    }

    [Test]
    public void No_file_hides_lines_in_regions() =>
        Assert.That(Sources.Where(f => Repository.Lines(f).Any(l => l.TrimStart().StartsWith("#region", StringComparison.Ordinal))), Is.Empty);

    static bool Says(string name, string word)
    {
        var rest = Given.Aggregate(name, (n, given) => n.Replace(given, "", StringComparison.Ordinal));
        return rest == word || rest.EndsWith(word, StringComparison.Ordinal) || rest.Split('.', '-', '_').Contains(word, StringComparer.Ordinal);
    }
}
