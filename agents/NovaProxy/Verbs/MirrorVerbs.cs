using System.Text.Json;
using Cascade.Agent;
using Cascade.NovaProxy.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NovaProxy.Verbs;

/// <summary>Both clouds side by side.</summary>
internal static class MirrorVerbs
{
    public static AgentBuilder AddMirrors(this AgentBuilder agent) => agent.AddVerb(
        "mirror list",
        "Lists the host's instances beside the child's servers: what is linked, missing, or an orphan.",
        async (verb, cancelled) =>
        {
            var rows = await verb.Services.GetRequiredService<MirrorList>().ReadAsync(cancelled);
            if (verb.Json)
            {
                await verb.Out.WriteLineAsync(JsonSerializer.Serialize(rows, VerbJson.Default.IReadOnlyListMirrorRow));
                return 0;
            }

            foreach (var row in rows)
            {
                await verb.Out.WriteLineAsync($"{row.Uuid}  {row.Name}  {row.State}  {row.ChildId}  {row.ChildStatus}  {row.Note}");
            }

            await verb.Out.WriteLineAsync($"{rows.Count} in all");
            return 0;
        });
}
