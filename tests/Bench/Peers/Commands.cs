using System.Diagnostics;

namespace Cascade.Bench.Peers;

/// <summary>A process under measurement takes one command a line and answers each with one line.</summary>
static class Commands
{
    public static async Task ServeAsync(Func<string[], Task<string>> answer)
    {
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line && line != "quit")
        {
            Console.WriteLine(await answer(line.Split(' ')));
        }
    }

    /// <summary>Lets so many callers ask one call after the other, for so long; counts, and tells the middle of the answering times.</summary>
    public static async Task<string> LoadAsync(int callers, double seconds, Func<Task> call)
    {
        var until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var began = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var mine = new List<long>();
            for (var start = Stopwatch.GetTimestamp(); start < until;)
            {
                await call();
                var end = Stopwatch.GetTimestamp();
                mine.Add(end - start);
                start = end;
            }

            return mine;
        })));
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var all = times.SelectMany(mine => mine).Order().ToArray();
        return $"done {all.Length} {took:F3} {all[all.Length / 2] * 1000.0 / Stopwatch.Frequency:F3}";
    }
}
