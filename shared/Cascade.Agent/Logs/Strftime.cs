using System.Text;

namespace Cascade.Agent;

/// <summary>The letters of strftime that a log_date_format has in practice, as a .NET format.</summary>
static class Strftime
{
    public static string ToDotNet(string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '%' && i + 1 < format.Length)
                text.Append(Letter(format[++i]));
            else
                text.Append(char.IsLetter(format[i]) || format[i] is '\'' or '"' or '/' or ':' ? $"\\{format[i]}" : format[i].ToString());
        }

        return text.ToString();
    }

    static string Letter(char letter) => letter switch
    {
        'Y' => "yyyy",
        'y' => "yy",
        'm' => "MM",
        'd' => "dd",
        'H' => "HH",
        'I' => "hh",
        'M' => "mm",
        'S' => "ss",
        'f' => "ffffff",
        'p' => "tt",
        'b' => "MMM",
        'B' => "MMMM",
        'a' => "ddd",
        'A' => "dddd",
        'z' => "zzz",
        'T' => @"HH\:mm\:ss",
        'F' => "yyyy-MM-dd",
        '%' => "\\%",
        _ => $"\\%\\{letter}",
    };
}
