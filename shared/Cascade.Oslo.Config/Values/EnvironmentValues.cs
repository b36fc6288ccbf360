namespace Cascade.Oslo.Config;

/// <summary>
/// <c>OS_&lt;GROUP&gt;__&lt;OPTION&gt;</c>, group and option in upper case (oslo_config/sources/_environment.py get_name).
/// oslo asks for the name of each option it knows; here the names found are turned round, which needs option names in lower case.
/// </summary>
static class EnvironmentValues
{
    const string Prefix = "OS_";
    const string Separator = "__";

    public static IEnumerable<(string Group, string Option, RawValue Value)> In(IEnumerable<KeyValuePair<string, string>> variables)
    {
        foreach (var (name, text) in variables)
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || name.Any(char.IsAsciiLetterLower))
                continue;
            var split = name.IndexOf(Separator, Prefix.Length, StringComparison.Ordinal);
            if (split <= Prefix.Length || split + Separator.Length == name.Length)
                continue;
            var group = name[Prefix.Length..split];
            yield return (
                GroupName.Normalize(group),
                name[(split + Separator.Length)..].ToLowerInvariant(),
                new(text, new($"environment variable {name}")));
        }
    }
}
