using System.Text.Json;
using Cascade.Agent;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Parking;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NovaProxy.Verbs;

/// <summary>What became of messages that nobody could serve: list them, put them back, drop them.</summary>
internal static class DeadLetterVerbs
{
    public static AgentBuilder AddDeadLetters(this AgentBuilder agent) => agent
        .AddVerb("dead-letters list", "Lists the messages that were given up, with the reason.", ListAsync)
        .AddVerb("dead-letters requeue", "Puts messages back, by their ids or 'all'.", (verb, stop) => ChosenAsync(verb, "put back", (box, queue, which) => box.RequeueAsync(queue, which, stop)))
        .AddVerb("dead-letters drop", "Drops messages for good, by their ids or 'all'.", (verb, stop) => ChosenAsync(verb, "dropped", (box, queue, which) => box.DropAsync(queue, which, stop)));

    static string[] Queues(VerbContext verb)
    {
        var host = verb.Services.GetRequiredService<HostIdentity>().Host;
        return [$"compute.{host}", $"compute-alt.{host}"];
    }

    static async Task<int> ListAsync(VerbContext verb, CancellationToken cancelled)
    {
        var box = verb.Services.GetRequiredService<RabbitTransport>().DeadLetters;
        var letters = new List<DeadLetter>();
        foreach (var queue in Queues(verb))
        {
            letters.AddRange(await box.ListAsync(queue, cancelled));
        }

        if (verb.Json)
        {
            await verb.Out.WriteLineAsync(JsonSerializer.Serialize(letters, VerbJson.Default.IReadOnlyListDeadLetter));
            return 0;
        }

        foreach (var letter in letters)
        {
            await verb.Out.WriteLineAsync($"{letter.Id}  {letter.At:u}  {letter.Method ?? "(unreadable)"}  {letter.RequestId ?? "-"}  {letter.Reason}");
        }

        await verb.Out.WriteLineAsync($"{letters.Count} in all");
        return 0;
    }

    static async Task<int> ChosenAsync(VerbContext verb, string done, Func<DeadLetters, string, Func<DeadLetter, bool>, Task<int>> act)
    {
        if (verb.Arguments.Count == 0)
        {
            await verb.Error.WriteLineAsync("Say which: the ids that 'dead-letters list' shows, or the word all.");
            return 2;
        }

        var all = verb.Arguments is ["all"];
        var box = verb.Services.GetRequiredService<RabbitTransport>().DeadLetters;
        var count = 0;
        foreach (var queue in Queues(verb))
        {
            count += await act(box, queue, letter => all || verb.Arguments.Contains(letter.Id, StringComparer.Ordinal));
        }

        await verb.Out.WriteLineAsync($"{count} {done}");
        return 0;
    }
}
