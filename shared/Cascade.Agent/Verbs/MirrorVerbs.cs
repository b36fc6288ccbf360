using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.Agent.Verbs;

/// <summary>Both clouds side by side.</summary>
public static class MirrorVerbs
{
    /// <summary>
    /// Adds <c>mirror list</c> and <c>mirror show</c> over the registered <see cref="IMirrorSource"/>s; with several, their names choose among them. <c>mirror resync</c> and
    /// <c>mirror reap</c> are the running agent's to do; <c>mirror adopt</c> needs an <see cref="IAdoption"/>.
    /// </summary>
    /// <param name="agent">The agent.</param>
    /// <param name="otherwise">Without one: what an operator does instead of adopting.</param>
    public static AgentBuilder AddMirrors(this AgentBuilder agent, string? otherwise = null) => agent
        .AddVerb("mirror list", "Lists what the parent has here beside what the child has: linked, missing, or an orphan.", ListAsync)
        .AddVerb("mirror show", "Shows one thing in both clouds, by its id in either.", ShowAsync)
        .AddVerb("mirror adopt", "Links a thing of the parent, by its id, to what the child has for it by its stamp.", (verb, stop) => AdoptVerb.RunAsync(agent.Ops, otherwise, verb, stop))
        .AddVerb("mirror resync", "Tells the running agent to compare everything now.", (verb, stop) => RunningVerbs.ResyncAsync(agent.Ops, verb, stop))
        .AddVerb("mirror reap", "With --dry-run: what the child has of ours that nobody wants, and when it goes. Without: a pass of the running agent's reapers now.", (verb, stop) => RunningVerbs.ReapAsync(agent.Ops, verb, stop));

    static async Task<int> ShowAsync(VerbContext verb, CancellationToken cancelled)
    {
        if (verb.Arguments is not [var id])
        {
            await verb.Error.WriteLineAsync("Say which: one id, of the parent or of the child.");
            return 2;
        }

        var rows = new List<(string Noun, MirrorRow Row)>();
        foreach (var source in verb.Services.GetServices<IMirrorSource>())
        {
            rows.AddRange((await source.ReadAsync(cancelled)).Where(row => row.Uuid == id || row.ChildId == id).Select(row => (source.Noun, row)));
        }

        if (verb.Json)
        {
            await verb.Out.WriteLineAsync(JsonSerializer.Serialize(rows.ConvertAll(one => one.Row), VerbJson.Default.IReadOnlyListMirrorRow));
        }
        else
        {
            foreach (var (noun, row) in rows)
            {
                await verb.Out.WriteLineAsync($"of: {noun}\nparent: {row.Uuid}\nname: {row.Name}\nstate: {row.State}\nchild: {row.ChildId}\nchild status: {row.ChildStatus}\nnote: {row.Note}");
            }
        }

        if (rows.Count == 0)
        {
            await verb.Error.WriteLineAsync($"Neither the parent's things of this host nor the child's that are ours have the id {id}.");
        }

        return rows.Count == 0 ? 1 : 0;
    }

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
