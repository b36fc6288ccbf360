using System.Text;

namespace Cascade.Support;

/// <summary>A dictionary of texts in Python's words, as <c>ast.literal_eval</c> reads one: <c>{'k': 'v', "l": "w"}</c>.</summary>
internal static class FakePython
{
    /// <returns>Null for what is no dictionary of texts; cinder makes an empty list of that.</returns>
    public static IReadOnlyDictionary<string, string>? Dictionary(string text)
    {
        var (at, read) = (0, new Dictionary<string, string>());
        if (!Take('{'))
        {
            return null;
        }

        while (!Take('}'))
        {
            if (Text() is not { } key || !Take(':') || Text() is not { } value)
            {
                return null;
            }

            read[key] = value;
            Take(',');
        }

        return read;

        void Blanks()
        {
            while (at < text.Length && text[at] is ' ')
            {
                at++;
            }
        }

        bool Take(char wanted)
        {
            Blanks();
            var there = at < text.Length && text[at] == wanted;
            at += there ? 1 : 0;
            return there;
        }

        string? Text()
        {
            Blanks();
            if (at >= text.Length || text[at] is not ('\'' or '"'))
            {
                return null;
            }

            var (quote, said) = (text[at++], new StringBuilder());
            while (at < text.Length && text[at] != quote)
            {
                var escaped = text[at] is '\\' && at + 1 < text.Length;
                at += escaped ? 1 : 0;
                said.Append(escaped ? text[at] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other } : text[at]);
                at++;
            }

            at++;
            return at <= text.Length ? said.ToString() : null;
        }
    }
}
