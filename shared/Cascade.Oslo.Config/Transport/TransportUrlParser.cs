using System.Globalization;
using System.Text;

namespace Cascade.Oslo.Config;

/// <summary>The parts of urllib.parse and oslo_utils.netutils that TransportURL.parse leans on, with words for each fault.</summary>
static class TransportUrlParser
{
    const string Shape = "write transport_url = rabbit://USER:PASSWORD@HOST:5672/VIRTUAL_HOST";
    const string Encode = "write these characters of a user name or password percent-encoded: @ %40, : %3A, / %2F, ? %3F, # %23, , %2C, % %25";

    public static (TransportUrl? Url, string? Fault) Parse(string text)
    {
        // urllib.parse.urlsplit drops these three, which is what lets a URL stand on continuation lines.
        var url = text.Trim().Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal);
        if (url.Length == 0)
            return (null, $"transport_url is empty: {Shape}");
        var colon = url.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0)
            return (null, $"transport_url has no scheme: {Shape}");
        var scheme = url[..colon].ToLowerInvariant();
        // setup.cfg of oslo.messaging, entry points oslo.messaging.drivers: rabbit and kombu are one driver.
        if (scheme is not ("rabbit" or "kombu"))
            return (null, $"transport_url begins with {scheme}://, which is not spoken here: {Shape}");
        var rest = url[(colon + 3)..];
        if (rest.Contains('#', StringComparison.Ordinal))
            return (null, $"transport_url holds a '#', which ends a URL: {Encode}");

        var (front, query) = Cut(rest, '?');
        var (netloc, path) = Cut(front, '/');
        if (path?.Contains('@', StringComparison.Ordinal) == true || query?.Contains('@', StringComparison.Ordinal) == true)
            return (null, $"transport_url has an '@' after the first '/' or '?': a password probably holds one of these; {Encode}");

        var hosts = new List<TransportHost>();
        foreach (var part in netloc.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Host(part, out var fault) is not { } host)
                return (null, $"transport_url, host {hosts.Count + 1}: {fault}");
            hosts.Add(host);
        }

        return (new(scheme, hosts, path is null ? null : Unquote(path), Query(query)), null);
    }

    static TransportHost? Host(string part, out string? fault)
    {
        fault = null;
        string? user = null, password = null;
        var at = part.LastIndexOf('@');
        if (at >= 0)
        {
            (user, password) = Cut(part[..at], ':');
            user = Unquote(user);
            password = password is null ? null : Unquote(password);
        }

        var (name, port) = HostPort(part[(at + 1)..], ref fault);
        return fault is null ? new(name, port, user, password) : null;
    }

    // oslo_utils/netutils.py parse_host_port: brackets hold IPv6; more than one colon without brackets is IPv6 without a port.
    static (string? Name, int? Port) HostPort(string address, ref string? fault)
    {
        if (address.Length == 0)
            return (null, null);
        string name;
        string? port;
        if (address[0] == '[')
        {
            var close = address.IndexOf(']', StringComparison.Ordinal);
            if (close < 0)
            {
                fault = "the bracket of an IPv6 address is not closed: write [2001:db8::1]:5672";
                return default;
            }

            name = address[1..close];
            port = Cut(address[(close + 1)..], ':').Right;
        }
        else
            (name, port) = address.Count(c => c == ':') == 1 ? Cut(address, ':') : (address, null);

        if (string.IsNullOrEmpty(port))
            return (name, null);
        if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= ushort.MaxValue)
            return (name, number);
        // The text may be the tail of a password (an unencoded '@' is missing or a ',' is in it), so it is not shown.
        fault = $"the port is not a number from 0 to 65535: {Shape}; {Encode}";
        return default;
    }

    // urllib.parse.parse_qs: blank values are dropped, '+' is a space, the same key adds up; TransportURL.parse joins with ','.
    static Dictionary<string, string> Query(string? query)
    {
        var parsed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = Cut(pair, '=');
            if (string.IsNullOrEmpty(value))
                continue;
            var name = Unquote(key.Replace('+', ' '));
            var text = Unquote(value.Replace('+', ' '));
            parsed[name] = parsed.TryGetValue(name, out var earlier) ? $"{earlier},{text}" : text;
        }

        return parsed;
    }

    static (string Left, string? Right) Cut(string text, char at)
    {
        var i = text.IndexOf(at, StringComparison.Ordinal);
        return i < 0 ? (text, null) : (text[..i], text[(i + 1)..]);
    }

    // urllib.parse.unquote: UTF-8, a '%' without two hex digits stays; Uri.UnescapeDataString leaves invalid UTF-8 encoded, this does not.
    static string Unquote(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b))
            {
                bytes.Add(b);
                i += 2;
            }
            else
            {
                var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, length));
                i += length - 1;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
