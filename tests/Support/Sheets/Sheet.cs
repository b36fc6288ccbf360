using NUnit.Framework;

namespace Cascade.Support.Sheets;

/// <summary>
/// A text of the repository that is made from the product itself, so that it cannot say anything else: with <c>CASCADE_WRITE_SHEETS=1</c> it is written anew, else it must be the
/// same to the letter.
/// </summary>
public static class Sheet
{
    public static string Root { get; } = FindRoot();

    static bool Writes => Environment.GetEnvironmentVariable("CASCADE_WRITE_SHEETS") == "1";

    /// <param name="path">From the root of the repository.</param>
    public static void Match(string path, string text)
    {
        var file = Path.Combine(Root, path);
        if (Writes)
        {
            File.WriteAllText(file, text);
        }

        Assert.That(File.Exists(file) ? File.ReadAllText(file) : "", Is.EqualTo(text), $"{path} is made from the product: run this test with CASCADE_WRITE_SHEETS=1 and look at what changed");
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    static string FindRoot()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Cascade.Agents.sln")))
        {
            at = Path.GetDirectoryName(at) ?? throw new DirectoryNotFoundException("no Cascade.Agents.sln above the tests");
        }

        return at;
    }
}
