using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.Agent.Verbs;

/// <summary>Both clouds side by side.</summary>
public static class MirrorVerbs
{
    /// <summary>Adds <c>mirror list</c> over the registered <see cref="IMirrorSource"/>s; with several, their names choose among them.</summary>
    public static AgentBuilder AddMirrors(this AgentBuilder agent) => agent.AddVerb(
        "mirror list", "Lists what the parent has here beside what the child has: linked, missing, or an orphan.", ListAsync);

    static async Task<int> ListAsync(VerbContext verb, CancellationToken cancelled)
    {
        var sources = verb.Services.GetServices<IMirrorSource>().ToList();
        var unknown = verb.Arguments.Except(sources.Select(source => source.Noun), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            await verb.Error.WriteLineAsync($"Unknown: {string.Join(", ", unknown)}. There are {string.Join(", ", sources.Select(source => source.Noun))}.");
            return 2;
        }

        var rows = new List<MirrorRow>();
        foreach (var source in sources.Where(source => verb.Arguments.Count == 0 || verb.Arguments.Contains(source.Noun, StringComparer.Ordinal)))
        {
            var some = await source.ReadAsync(cancelled);
            rows.AddRange(some);
            if (!verb.Json)
            {
                await WriteAsync(verb.Out, sources.Count > 1 ? source.Noun : null, some);
            }
        }

        await verb.Out.WriteLineAsync(verb.Json ? JsonSerializer.Serialize(rows, VerbJson.Default.IReadOnlyListMirrorRow) : $"{rows.Count} in all");
        return 0;
    }

    static async Task WriteAsync(TextWriter output, string? heading, IReadOnlyList<MirrorRow> rows)
    {
        if (heading is not null)
        {
            await output.WriteLineAsync($"{heading}:");
        }

        foreach (var row in rows)
        {
            await output.WriteLineAsync($"{row.Uuid}  {row.Name}  {row.State}  {row.ChildId}  {row.ChildStatus}  {row.Note}");
        }
    }
}
