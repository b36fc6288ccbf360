using System.Text.RegularExpressions;

namespace Cascade.Oslo.Config;

/// <summary>
/// <c>$name</c>, <c>${name}</c>, <c>$group.name</c>, <c>$$</c> and <c>\$</c>: oslo_config/cfg.py _substitute, Template and StrSubWrapper.
/// A name without a group is looked for in the group of the value first, then in DEFAULT. A dollar sign before anything
/// else stays (string.Template.safe_substitute).
/// </summary>
public static partial class References
{
    const int Deepest = 32;

    /// <param name="text">the value as written.</param>
    /// <param name="group">the group the value stands in.</param>
    /// <param name="find">the raw text of (group, option), or null when there is no such option.</param>
    /// <param name="unresolved">told each name that leads nowhere; the text then keeps it as written.</param>
    public static string Expand(string text, string group, Func<string, string, string?> find, Action<string>? unresolved = null) =>
        Expand(text, group, find, unresolved, 0);

    static string Expand(string text, string group, Func<string, string, string?> find, Action<string>? unresolved, int depth) =>
        !text.Contains('$', StringComparison.Ordinal)
            ? text
            : Pattern().Replace(text.Replace(@"\$", "$$", StringComparison.Ordinal), match =>
            {
                if (match.Groups["escaped"].Success)
                    return "$";
                var name = match.Groups["named"].Success ? match.Groups["named"].Value : match.Groups["braced"].Value;
                if (depth < Deepest && Look(name, group, find) is var (home, found))
                    return Expand(found, home, find, unresolved, depth + 1);
                unresolved?.Invoke(name);
                return match.Value;
            });

    static (string Group, string Text)? Look(string name, string group, Func<string, string, string?> find)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
            return find(name[..dot], name[(dot + 1)..]) is { } other ? (name[..dot], other) : null;
        if (find(group, name) is { } own)
            return (group, own);
        return find(GroupName.Default, name) is { } general ? (GroupName.Default, general) : null;
    }

    [GeneratedRegex(@"\$(?:(?<escaped>\$)|(?<named>[_a-z][._a-z0-9]*)|\{(?<braced>[_a-z][._a-z0-9]*)\})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
