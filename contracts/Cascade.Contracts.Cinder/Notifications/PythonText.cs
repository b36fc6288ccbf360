using System.Globalization;
using System.Text;

namespace Cascade.Contracts.Cinder.Notifications;

/// <summary>What natives put into a payload as Python prints it.</summary>
static class PythonText
{
    /// <summary>datetime.isoformat() of a time with a zone: the fraction only when there is one.</summary>
    public static string Zoned(DateTimeOffset time) => Naive(time) + "+00:00";

    /// <summary>datetime.isoformat() of a time without a zone, which utcnow() is.</summary>
    public static string Naive(DateTimeOffset time) => time.UtcDateTime.ToString(
        time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.ffffff",
        CultureInfo.InvariantCulture);

    /// <summary>jsonutils.to_primitive of a row's time: six digits always, no zone.</summary>
    public static string? Row(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>str(dict) of texts, the empty text for an empty one (cinder/volume/volume_utils.py: null_safe_str).</summary>
    public static string Dictionary(IReadOnlyDictionary<string, string> of) =>
        of.Count == 0 ? "" : "{" + string.Join(", ", of.Select(pair => $"{Quoted(pair.Key)}: {Quoted(pair.Value)}")) + "}";

    // repr(str): apostrophes, unless there is one inside and no quotation mark; what is not printable is escaped.
    static string Quoted(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var quoted = new StringBuilder(text.Length + 2).Append(quote);
        foreach (var rune in text.EnumerateRunes())
        {
            quoted = rune.Value switch
            {
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append(@"\n"),
                '\r' => quoted.Append(@"\r"),
                '\t' => quoted.Append(@"\t"),
                var letter when letter == quote => quoted.Append('\\').Append(quote),
                < ' ' or (>= 0x7f and <= 0xa0) or 0xad => quoted.Append(CultureInfo.InvariantCulture, $@"\x{rune.Value:x2}"),
                _ => quoted.Append(rune.ToString()),
            };
        }

        return quoted.Append(quote).ToString();
    }
}
