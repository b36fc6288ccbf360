using System.Collections.Concurrent;
using Cascade.NeutronAgent.Looking;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>
/// What the child refused of which group, for a while: a thousand ports that carry it would each bring it anew, one after the other, and hold up everybody else's.
/// </summary>
internal sealed class GroupRefusals(AgendaOptions options, TimeProvider time)
{
    readonly ConcurrentDictionary<string, (RefusedException Fault, long At)> refused = new(StringComparer.Ordinal);

    /// <summary>Null when it is worth another try: a port that waits asks again after <see cref="AgendaOptions.Refused"/>, and the first one that does brings it.</summary>
    public RefusedException? Recent(string groupId) =>
        refused.TryGetValue(groupId, out var no) && time.GetElapsedTime(no.At) < options.Refused / 2 ? no.Fault : null;

    /// <summary>Brings it, and remembers how that ended.</summary>
    public async Task BringAsync(string groupId, Func<Task> bring)
    {
        try
        {
            await bring();
            refused.TryRemove(groupId, out _);
        }
        catch (RefusedException fault)
        {
            refused[groupId] = (fault, time.GetTimestamp());
            throw;
        }
    }
}
