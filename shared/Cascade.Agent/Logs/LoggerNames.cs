using System.Text;

namespace Cascade.Agent;

/// <summary>Categories as oslo writes logger names: <c>Cascade.NovaProxy.Servers</c> is <c>cascade.nova_proxy.servers</c>.</summary>
static class LoggerNames
{
    public static string Of(string category)
    {
        var name = new StringBuilder(category.Length + 8);
        for (var i = 0; i < category.Length; i++)
        {
            var c = category[i];
            if (c is '`' or '<' or '[')
                break;
            if (char.IsUpper(c) && StartsWord(category, i))
                name.Append('_');
            name.Append(c is '+' ? '.' : char.ToLowerInvariant(c));
        }

        return name.ToString();
    }

    // AgentHTTPClient is agent_http_client: a capital begins a word after a small letter or digit, or before a small letter.
    static bool StartsWord(string text, int at) =>
        at > 0 && (char.IsLower(text[at - 1]) || char.IsDigit(text[at - 1])
            || (char.IsUpper(text[at - 1]) && at + 1 < text.Length && char.IsLower(text[at + 1])));
}
