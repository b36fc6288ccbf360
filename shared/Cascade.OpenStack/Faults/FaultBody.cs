using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cascade.OpenStack.Faults;

/// <summary>The cloud's own words out of whatever shape its error came in.</summary>
/// <remarks>
/// nova/api/openstack/wsgi.py Fault: <c>{"itemNotFound": {"code", "message"}}</c>; keystone/server/flask/application.py:
/// <c>{"error": {"code", "message", "title"}}</c>; neutron/api/api_common.py: <c>{"NeutronError": {"type", "message", "detail"}}</c>;
/// placement/util.py json_error_formatter: <c>{"errors": [{"title", "detail", "code"}]}</c>; webob's JSON:
/// <c>{"message", "code", "title"}</c>; WSME: <c>{"faultstring"}</c>; glance and load balancers: HTML.
/// </remarks>
internal static partial class FaultBody
{
    private const int Longest = 2000;

    public static (string? Message, string? Code) Read(string body)
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            return (null, null);
        }

        try
        {
            using var read = JsonDocument.Parse(body);
            return FromJson(read.RootElement);
        }
        catch (JsonException)
        {
            return (Plain(body), null);
        }
    }

    private static (string? Message, string? Code) FromJson(JsonElement root)
    {
        if (root.ValueKind is JsonValueKind.String)
        {
            return (Plain(root.GetString()!), null);
        }

        if (root.ValueKind is not JsonValueKind.Object)
        {
            return (null, null);
        }

        if (root.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Array && errors.GetArrayLength() > 0)
        {
            return Words(errors[0]);
        }

        if (Words(root) is { Message: not null } flat)
        {
            return flat;
        }

        foreach (var member in root.EnumerateObject())
        {
            if (member.Value.ValueKind is JsonValueKind.Object && Words(member.Value) is { Message: not null } nested)
            {
                return nested;
            }

            if (member.Value.ValueKind is JsonValueKind.String)
            {
                return (Plain(member.Value.GetString()!), null);
            }
        }

        return (null, null);
    }

    private static (string? Message, string? Code) Words(JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object)
        {
            return (null, null);
        }

        var message = Text(item, "message") ?? Text(item, "detail") ?? Text(item, "faultstring") ?? Text(item, "error_message")
            ?? Text(item, "explanation") ?? Text(item, "title");
        var code = Text(item, "type") ?? (Text(item, "code") is { } said && !char.IsAsciiDigit(said[0]) ? said : null);
        return (message is null ? null : Plain(message), code);
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static string? Plain(string text)
    {
        var bare = text.Contains('<', StringComparison.Ordinal)
            ? WebUtility.HtmlDecode(Tags().Replace(Heads().Replace(text, " "), " "))
            : text;
        var line = new StringBuilder(Blanks().Replace(bare, " ").Trim());
        return line.Length is 0 ? null : line.Length > Longest ? line.ToString(0, Longest) + "…" : line.ToString();
    }

    [GeneratedRegex("<head.*?</head>|<style.*?</style>|<script.*?</script>", RegexOptions.Singleline | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Heads();

    [GeneratedRegex("</?[a-zA-Z!][^<>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
