namespace Cascade.NovaProxy.Consoles;

/// <summary>The address of a console as a tenant gets it: the child's, with the operator's own base before its query. Pure.</summary>
internal static class ConsoleUrl
{
    /// <param name="child">With the token in its query.</param>
    /// <param name="base">The operator's; its own query is kept, and a <c>path</c> in it goes before the child's, as native joins them
    /// (nova/objects/console_auth_token.py: access_url).</param>
    public static string Of(string child, Uri? @base)
    {
        if (@base is null)
        {
            return child;
        }

        var query = child.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? child[(at + 1)..] : "";
        return $"{@base.GetLeftPart(UriPartial.Path)}?{Join(@base.Query.TrimStart('?'), query)}";
    }

    static string Join(string ours, string childs)
    {
        const string Path = "path=";
        var own = ours.Split('&', StringSplitOptions.RemoveEmptyEntries);
        var prefix = own.LastOrDefault(part => part.StartsWith(Path, StringComparison.Ordinal))?[Path.Length..] ?? "";
        var theirs = childs.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.StartsWith(Path, StringComparison.Ordinal) ? Path + prefix + part[Path.Length..] : part);
        return string.Join('&', own.Where(part => !part.StartsWith(Path, StringComparison.Ordinal)).Concat(theirs));
    }
}
