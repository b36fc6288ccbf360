using System.Text;
using System.Text.Json;
using Cascade.Agent.Verbs;

namespace Cascade.Agent;

/// <summary><c>upgrade check</c>: the table and the exit codes of oslo_upgradecheck/upgradecheck.py (0, 1, 2, and 255 for an error).</summary>
static class UpgradeCheckVerb
{
    const int Error = 255;

    public static async Task<int> RunAsync(IEnumerable<UpgradeCheck> checks, VerbContext verb, CancellationToken cancelled)
    {
        var results = new List<(string Name, UpgradeCheckResult Result)>();
        var unanswered = false;
        foreach (var check in checks)
        {
            try
            {
                results.Add((check.Name, await check.Run(verb.Services, cancelled)));
            }
#pragma warning disable CA1031 // Whatever goes wrong while asking is an answer of its own: 255.
            catch (Exception e)
#pragma warning restore CA1031
            {
                // The others may have something to say all the same.
                await verb.Error.WriteLineAsync($"{check.Name}: {e.Message}");
                unanswered = true;
            }
        }

        await verb.Out.WriteAsync(verb.Json
            ? JsonSerializer.Serialize(results.ConvertAll(one => new CheckTold(one.Name, one.Result.Code.ToString(), one.Result.Details)), VerbJson.Default.IReadOnlyListCheckTold) + "\n"
            : Table(results));
        return unanswered ? Error : results.Count == 0 ? 0 : results.Max(r => (int)r.Result.Code);
    }

    static string Table(List<(string Name, UpgradeCheckResult Result)> results)
    {
        var rows = results.ConvertAll(r => new[] { $"Check: {r.Name}", $"Result: {r.Result.Code}", $"Details: {r.Result.Details ?? "None"}" });
        const string title = "Upgrade Check Results";
        var width = rows.SelectMany(r => r).Append(title).Max(l => l.Length);
        var rule = $"+{new string('-', width + 2)}+\n";
        var text = new StringBuilder(rule).Append("| ").Append(title.PadRight(width)).Append(" |\n").Append(rule);
        foreach (var row in rows)
        {
            foreach (var line in row)
                text.Append("| ").Append(line.PadRight(width)).Append(" |\n");
            text.Append(rule);
        }

        return text.ToString();
    }
}
