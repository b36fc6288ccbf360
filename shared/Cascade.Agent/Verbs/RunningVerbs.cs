using System.Text;
using System.Text.Json;

namespace Cascade.Agent.Verbs;

/// <summary>What only the agent that runs can do: it is asked for it on its ops port.</summary>
static class RunningVerbs
{
    const int Error = 255;
    const string DryRun = "--dry-run";

    /// <summary>A list of the child may take a while.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<int> ResyncAsync(OpsOptions options, VerbContext verb, CancellationToken cancelled)
    {
        if (await OpsClient.AskAsync(options, HttpMethod.Post, OpsMirror.Resync, verb, cancelled) is not var (fine, body))
            return Error;
        if (!fine)
            return await RefusedAsync(verb, body);
        await verb.Out.WriteLineAsync(verb.Json ? Text(body) : $"Compared from now on: {string.Join(", ", JsonSerializer.Deserialize(body, VerbJson.Default.Comparing)!.Kinds)}");
        return 0;
    }

    public static async Task<int> ReapAsync(OpsOptions options, VerbContext verb, CancellationToken cancelled)
    {
        if (verb.Arguments is not ([] or [DryRun]))
        {
            await verb.Error.WriteLineAsync($"There is {DryRun} or nothing to say.");
            return 2;
        }

        var dry = verb.Arguments.Count > 0;
        if (await OpsClient.AskAsync(options, dry ? HttpMethod.Get : HttpMethod.Post, OpsMirror.Orphans, verb, cancelled, Patience) is not var (fine, body))
            return Error;
        if (!fine)
            return await RefusedAsync(verb, body);
        if (verb.Json)
            await verb.Out.WriteLineAsync(Text(body));
        else if (dry)
            await ListAsync(verb, body);
        else
            await verb.Out.WriteLineAsync($"{JsonSerializer.Deserialize(body, VerbJson.Default.Reaped)!.ChildIds.Count} asked to go");
        return 0;
    }

    static async Task ListAsync(VerbContext verb, byte[] body)
    {
        var orphans = JsonSerializer.Deserialize(body, VerbJson.Default.IReadOnlyListOrphanSeen)!;
        foreach (var orphan in orphans)
            await verb.Out.WriteLineAsync($"{orphan.Kind}  {orphan.ChildId}  made for {orphan.ParentId}  {orphan.AgeSeconds} s old, {(orphan.GoesInSeconds == 0 ? "goes with the next pass" : $"goes in {orphan.GoesInSeconds} s")}  {orphan.Reason}");
        await verb.Out.WriteLineAsync($"{orphans.Count} in all");
    }

    static async Task<int> RefusedAsync(VerbContext verb, byte[] body)
    {
        await verb.Error.WriteLineAsync(Text(body));
        return 1;
    }

    static string Text(byte[] body) => Encoding.UTF8.GetString(body).TrimEnd();
}
