using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.Agent.Verbs;

/// <summary>What the mirror lost is linked again, and the running agent compares.</summary>
static class AdoptVerb
{
    /// <param name="options">Where the running agent listens.</param>
    /// <param name="otherwise">What an operator of an agent without <see cref="IAdoption"/> does instead.</param>
    public static async Task<int> RunAsync(OpsOptions options, string? otherwise, VerbContext verb, CancellationToken cancelled)
    {
        if (verb.Services.GetService<IAdoption>() is not { } adoption)
        {
            await verb.Error.WriteLineAsync($"There is nothing to adopt here. {otherwise}");
            return 1;
        }

        if (verb.Arguments is not [var id])
        {
            await verb.Error.WriteLineAsync("Say which: one id, of the parent.");
            return 2;
        }

        var child = await adoption.AdoptAsync(id, cancelled);
        await verb.Out.WriteLineAsync(verb.Json ? JsonSerializer.Serialize(new(id, child), VerbJson.Default.Adopted) : $"{id} is linked to {child}");
        // The link stands, whether anybody hears of it now or with its next comparison.
        await OpsClient.AskAsync(options, HttpMethod.Post, OpsMirror.Resync, verb, cancelled);
        return 0;
    }
}
