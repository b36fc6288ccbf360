namespace Cascade.Oslo.Config.Ini;

/// <summary>
/// The grammar of oslo_config/iniparser.py BaseParser and cfg.py ConfigParser. Unlike those it does not stop at the first
/// fault: every bad line is reported, and the good ones are kept.
/// </summary>
sealed class IniParser
{
    readonly string _file;
    readonly List<IniEntry> _entries = [];
    readonly List<ConfigFault> _faults = [];
    readonly List<string> _value = [];
    string? _section;
    string? _key;
    int _keyLine;
    int _line;

    IniParser(string file) => _file = file;

    public static (IReadOnlyList<IniEntry> Entries, IReadOnlyList<ConfigFault> Faults) Parse(string file, string text)
    {
        var parser = new IniParser(file);
        using var lines = new StringReader(text);
        while (lines.ReadLine() is { } line)
            parser.Take(line);
        parser.Flush();
        return (parser._entries, parser._faults);
    }

    void Take(string raw)
    {
        _line++;
        var line = raw.TrimEnd();
        if (line.Length == 0)
            Flush();
        else if (line[0] is ' ' or '\t')
            Continue(line);
        else
        {
            Flush();
            Start(line);
        }
    }

    void Continue(string line)
    {
        if (_key is null)
            Fault("unexpected continuation line: a line that begins with a blank goes on with the value above it; remove the blank", line);
        else
            _value.Add(line.TrimStart());
    }

    void Start(string line)
    {
        if (line[0] == '[')
            StartSection(line);
        else if (line[0] is not ('#' or ';'))
            StartValue(line);
    }

    void StartSection(string line)
    {
        if (line[^1] != ']')
            Fault("a section must end with ]", line);
        else if (line.Length <= 2)
            Fault("empty section name", line);
        else
            _section = line[1..^1];
    }

    // iniparser.py _split_key_value: whichever of '=' and ':' comes first; one pair of equal quotes around the whole value goes.
    void StartValue(string line)
    {
        var split = line.AsSpan().IndexOfAny('=', ':');
        if (split < 0)
        {
            Fault("no '=' or ':' found in assignment: write option = value", line);
            return;
        }

        var key = line[..split].Trim();
        if (key.Length == 0)
            Fault("the option name is empty", line);
        else if (_section is null)
            Fault("a section must be started before an assignment: write [DEFAULT] above it", line);
        else
        {
            _key = key;
            _keyLine = _line;
            _value.Add(Unquote(line[(split + 1)..].Trim()));
        }
    }

    static string Unquote(string value) =>
        value.Length > 0 && value[0] == value[^1] && value[0] is '"' or '\'' ? value.Length == 1 ? "" : value[1..^1] : value;

    void Flush()
    {
        if (_key is null)
            return;
        _entries.Add(new(_section!, _key, string.Join('\n', _value), _keyLine));
        _key = null;
        _value.Clear();
    }

    // The text of the line is left out after the separator: it may be a password.
    void Fault(string message, string line)
    {
        var split = line.AsSpan().IndexOfAny('=', ':');
        var shown = split >= 0 ? line[..(split + 1)] + "…" : line.Length > 20 ? line[..20] + "…" : line;
        _faults.Add(new($"{message}: '{shown.Trim()}'", new(_file, _line)));
    }
}
