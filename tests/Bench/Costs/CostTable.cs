using System.Globalization;

namespace Cascade.Bench.Costs;

/// <summary>One table, as Markdown.</summary>
/// <param name="things">What there are many of.</param>
sealed class CostTable(string things)
{
    readonly List<string> rows =
    [
        $"| {things} | what | seconds | REST calls | answers, KB | calls to the parent | CPU, s | memory, MB |",
        "|---:|---|---:|---:|---:|---:|---:|---:|",
    ];

    public void Add(int count, string what, double? seconds, int requests, long octets, int calls, double cpu, double memory)
    {
        rows.Add(string.Create(CultureInfo.InvariantCulture,
            $"| {count:N0} | {what} | {(seconds is { } took ? took.ToString("0.0", CultureInfo.InvariantCulture) : "-")} | {requests:N0} | {octets / 1024.0:N1} | {calls:N0} | {cpu:0.00} | {memory:0} |"));
        Console.Error.WriteLine(rows[^1]);
    }

    public override string ToString() => string.Join('\n', rows);
}
