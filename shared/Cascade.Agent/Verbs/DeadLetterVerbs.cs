using System.Text.Json;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Parking;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.Agent.Verbs;

/// <summary>What became of messages that nobody could serve: list them, put them back, drop them.</summary>
public static class DeadLetterVerbs
{
    /// <summary>Adds <c>dead-letters list</c>, <c>requeue</c> and <c>drop</c>.</summary>
    /// <param name="queues">the queues that only we declare: <c>compute.az-east</c>.</param>
    public static AgentBuilder AddDeadLetters(this AgentBuilder agent, params IReadOnlyList<string> queues) => agent
        .AddVerb("dead-letters list", "Lists the messages that were given up, with the reason.", (verb, stop) => ListAsync(verb, queues, stop))
        .AddVerb(
            "dead-letters requeue", "Puts messages back, by their ids or 'all'.",
            (verb, stop) => ChosenAsync(verb, queues, "put back", (box, queue, which) => box.RequeueAsync(queue, which, stop)))
        .AddVerb(
            "dead-letters drop", "Drops messages for good, by their ids or 'all'.",
            (verb, stop) => ChosenAsync(verb, queues, "dropped", (box, queue, which) => box.DropAsync(queue, which, stop)));

    static async Task<int> ListAsync(VerbContext verb, IReadOnlyList<string> queues, CancellationToken cancelled)
    {
        var box = verb.Services.GetRequiredService<RabbitTransport>().DeadLetters;
        var letters = new List<DeadLetter>();
        foreach (var queue in queues)
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

    static async Task<int> ChosenAsync(
        VerbContext verb, IReadOnlyList<string> queues, string done, Func<DeadLetters, string, Func<DeadLetter, bool>, Task<int>> act)
    {
        if (verb.Arguments.Count == 0)
        {
            await verb.Error.WriteLineAsync("Say which: the ids that 'dead-letters list' shows, or the word all.");
            return 2;
        }

        var all = verb.Arguments is ["all"];
        var box = verb.Services.GetRequiredService<RabbitTransport>().DeadLetters;
        var count = 0;
        foreach (var queue in queues)
        {
            count += await act(box, queue, letter => all || verb.Arguments.Contains(letter.Id, StringComparer.Ordinal));
        }

        await verb.Out.WriteLineAsync($"{count} {done}");
        return 0;
    }
}
