using System.Text.RegularExpressions;

namespace Cascade.Agent;

/// <summary>
/// Takes secrets out of text: every secret value the configuration holds, and what looks like one (oslo_utils/strutils.py
/// mask_password has the list of keys). A last net; nobody is meant to log a secret in the first place.
/// </summary>
public sealed partial class Redaction
{
    const string Mask = "***";

    // A shorter secret may well be a common word; it is masked where it stands alone, so that lines stay readable.
    const int Telling = 8;

    volatile string[] _long = [];
    volatile Regex? _short;

    public void Know(IEnumerable<string> secrets)
    {
        var known = secrets.Where(s => s.Length >= 3).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length).ToList();
        _long = [.. known.Where(s => s.Length >= Telling)];
        var words = known.Where(s => s.Length < Telling).Select(Regex.Escape).ToList();
        _short = words.Count == 0
            ? null
            : new($@"(?<![\w.])(?:{string.Join('|', words)})(?![\w.])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }

    public string Clean(string text)
    {
        foreach (var secret in _long)
        {
            if (text.Contains(secret, StringComparison.Ordinal))
                text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        text = _short?.Replace(text, Mask) ?? text;
        if (text.Contains("://", StringComparison.Ordinal))
            text = Login().Replace(text, $"${{before}}{Mask}@");
        if (text.Contains("gAAAA", StringComparison.Ordinal) || text.Contains("eyJ", StringComparison.Ordinal))
            text = Token().Replace(text, Mask);
        return Keyed().Replace(text, $"${{before}}{Mask}");
    }

    // keystone Fernet tokens are url-safe base64 that begins with version 0x80 and a timestamp (gAAAA); JWS tokens have three parts.
    [GeneratedRegex(@"gAAAA[\w\-]{20,}=*|eyJ[\w\-]{10,}\.[\w\-]+\.[\w\-]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<before>://[^/\s:@]*:)[^@\s/]+@", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Login();

    [GeneratedRegex(
        """(?<before>\b(?:X-(?:Auth|Subject|Service)-Token|auth_?token|admin_?pass(?:word)?|password|new_?pass|sec(?:ret)?_?key|application_credential_secret)["']?\s*[:=]\s*(?:u?["'])?)(?!\*\*\*|None\b|null\b)[^\s"',;}\])]+""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Keyed();
}
