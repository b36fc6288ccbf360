using System.Globalization;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>sqlalchemy/engine/url.py: _parse_url, with words for each fault that never show what may be a password.</summary>
static class ConnectionUrl
{
    const string Shape = "write mysql+pymysql://USER:PASSWORD@HOST:PORT/DATABASE, postgresql://USER:PASSWORD@HOST:PORT/DATABASE or sqlite:////PATH";
    const string Encode = "write these characters of a user name or password percent-encoded: @ %40, : %3A, / %2F, ? %3F, # %23, % %25";

    /// <summary>The dialects of SQLAlchemy by the part before the '+'; the driver after it is Python's and says nothing here.</summary>
    static readonly Dictionary<string, DatabaseKind> Kinds = new(StringComparer.Ordinal)
    {
        ["mysql"] = DatabaseKind.MySql,
        ["mariadb"] = DatabaseKind.MySql,
        ["postgresql"] = DatabaseKind.PostgreSql,
        ["sqlite"] = DatabaseKind.Sqlite,
    };

    public static CinderConnection Parse(string text)
    {
        var (scheme, rest) = Cut(text.Trim(), "://");
        if (rest is null)
        {
            throw new FormatException($"it has no scheme: {Shape}");
        }

        if (!Kinds.TryGetValue(Cut(scheme, "+").Left.ToLowerInvariant(), out var kind))
        {
            throw new FormatException($"it begins with {scheme}://, which is not spoken here: {Shape}");
        }

        var (front, query) = Cut(rest, "?");
        if (query?.Contains('@', StringComparison.Ordinal) == true)
        {
            throw new FormatException($"there is an '@' after the '?': a password probably holds one of these; {Encode}");
        }

        var parameters = Parameters(query);
        return kind == DatabaseKind.Sqlite ? File(front, parameters) : Server(kind, front, parameters);
    }

    // sqlite:///relative, sqlite:////absolute; sqlite:// is a database in memory, which nobody else could be reading.
    static CinderConnection File(string front, Dictionary<string, string> parameters) =>
        front is ['/', _, ..] && front != "/:memory:"
            ? new(DatabaseKind.Sqlite, "", null, null, null, front[1..], parameters)
            : throw new FormatException("it names no file: write sqlite:////PATH, four slashes for an absolute path");

    static CinderConnection Server(DatabaseKind kind, string front, Dictionary<string, string> parameters)
    {
        // A '/' or '@' in a password ends up on the wrong side of these cuts; SQLAlchemy takes the last '@' before the last '/'.
        var slash = front.LastIndexOf('/');
        var (netloc, database) = slash < 0 ? (front, "") : (front[..slash], front[(slash + 1)..]);
        var at = netloc.LastIndexOf('@');
        if (database.Length == 0 || database.Contains('@', StringComparison.Ordinal))
        {
            throw new FormatException($"it names no database: {Shape}; {Encode}");
        }

        string? user = null, password = null;
        if (at >= 0)
        {
            (user, password) = Cut(netloc[..at], ":");
        }

        var (host, port) = HostPort(netloc[(at + 1)..]);
        return new(kind, host, port, Unquoted(user), Unquoted(password), Unquoted(database)!, parameters);
    }

    static (string Host, int? Port) HostPort(string address)
    {
        var closed = address.LastIndexOf(']');
        var colon = address.IndexOf(':', closed + 1);
        var host = (colon < 0 ? address : address[..colon]).Trim('[', ']');
        if (colon < 0 || colon == address.Length - 1)
        {
            return (host, null);
        }

        // What stands there may be the tail of a password, so it is not shown.
        return int.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue
            ? (host, port)
            : throw new FormatException($"the port is not a number from 1 to 65535: {Shape}; {Encode}");
    }

    static Dictionary<string, string> Parameters(string? query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Cut(pair, "=");
            parameters[Unquoted(name.Replace('+', ' '))!] = Unquoted(value?.Replace('+', ' ')) ?? "";
        }

        return parameters;
    }

    static (string Left, string? Right) Cut(string text, string at) =>
        text.IndexOf(at, StringComparison.Ordinal) is var i and >= 0 ? (text[..i], text[(i + at.Length)..]) : (text, null);

    static string? Unquoted(string? text) => text is null ? null : Uri.UnescapeDataString(text);
}
