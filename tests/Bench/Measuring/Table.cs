namespace Cascade.Bench.Measuring;

/// <summary>One table, as Markdown, so that it can stand in a README as it is printed.</summary>
sealed class Table
{
    readonly List<string[]> rows = [["what", "client -> server", "/s", "p50 ms", "CPU client", "CPU server", "CPU broker"]];

    public void Add(params string[] row)
    {
        rows.Add(row);
        // The table comes at the end; this is for whoever waits.
        Console.Error.WriteLine(string.Join("  ", row));
    }

    public override string ToString()
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(at => rows.Max(row => row[at].Length)).ToArray();
        string Line(string[] row) => $"| {string.Join(" | ", row.Select((cell, at) => at < 2 ? cell.PadRight(widths[at]) : cell.PadLeft(widths[at])))} |";
        var rule = $"|{string.Join('|', widths.Select((width, at) => at < 2 ? new string('-', width + 2) : new string('-', width + 1) + ":"))}|";
        return string.Join('\n', [Line(rows[0]), rule, .. rows.Skip(1).Select(Line)]);
    }
}
