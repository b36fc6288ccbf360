using System.Xml.Linq;

namespace Cascade.Architecture;

/// <summary>The files of the repository as they lie there: built and ignored things left out.</summary>
static class Repository
{
    static readonly HashSet<string> Left =
        new(["bin", "obj", ".git", ".vs", ".idea", "artifacts", "out", "TestResults", "__pycache__"], StringComparer.Ordinal);

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>Files of shared/, contracts/ and agents/: what is shipped.</summary>
    public static IEnumerable<string> Product => Files.Where(f => f.StartsWith("shared/", StringComparison.Ordinal)
        || f.StartsWith("contracts/", StringComparison.Ordinal) || f.StartsWith("agents/", StringComparison.Ordinal));

    public static IEnumerable<string> Projects => Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));

    public static IEnumerable<string> ProductProjects => Product.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));

    public static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The Include of every element of this name in a project file.</summary>
    public static IReadOnlyList<string> Includes(string project, string element) =>
        [.. XDocument.Load(Path.Combine(Root, project)).Descendants(element).Select(e => (string?)e.Attribute("Include")).OfType<string>()];

    /// <summary>Names of the projects that a project is linked with; one that only has to be built before is none.</summary>
    public static IEnumerable<string> References(string project) => XDocument.Load(Path.Combine(Root, project)).Descendants("ProjectReference")
        .Where(e => (string?)e.Attribute("ReferenceOutputAssembly") != "false")
        .Select(e => NameOf(((string?)e.Attribute("Include") ?? "").Replace('\\', '/')));

    static IEnumerable<string> Walk(string directory)
    {
        // In a second working tree .git is a file.
        foreach (var file in Directory.EnumerateFiles(directory).Where(f => Path.GetFileName(f) != ".git"))
            yield return file;
        foreach (var inner in Directory.EnumerateDirectories(directory).Where(d => !Left.Contains(Path.GetFileName(d)) && new DirectoryInfo(d).LinkTarget is null))
        {
            foreach (var file in Walk(inner))
                yield return file;
        }
    }

    static string FindRoot()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Cascade.Agents.sln")))
            at = Path.GetDirectoryName(at) ?? throw new DirectoryNotFoundException("no Cascade.Agents.sln above the tests");
        return at;
    }
}
