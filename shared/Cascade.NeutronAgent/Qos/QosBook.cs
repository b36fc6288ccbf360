using System.Collections.Concurrent;

namespace Cascade.NeutronAgent.Qos;

/// <summary>Which policy of the child stands for which of the parent's, and who has it here: a cache, rebuilt by every resync.</summary>
internal sealed class QosBook
{
    readonly ConcurrentDictionary<string, string> byParent = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> users = new(StringComparer.Ordinal);

    public string? Find(string policyId) => byParent.GetValueOrDefault(policyId);

    public IReadOnlyCollection<string> All => [.. byParent.Keys];

    public void Set(string policyId, string childId) => byParent[policyId] = childId;

    public void Remove(string policyId) => byParent.TryRemove(policyId, out _);

    public void Forget(string childId)
    {
        foreach (var stale in byParent.Where(one => one.Value == childId))
        {
            byParent.TryRemove(stale);
        }
    }

    public bool IsUsed(string policyId) => users.Values.Contains(policyId, StringComparer.Ordinal);

    /// <param name="user">What has one, by the parent's id.</param>
    /// <param name="policyId">Null for none.</param>
    /// <returns>The policy that it had before, if that is another one.</returns>
    public string? Uses(string user, string? policyId)
    {
        var before = users.GetValueOrDefault(user);
        if (policyId is null)
        {
            users.TryRemove(user, out _);
        }
        else
        {
            users[user] = policyId;
        }

        return before == policyId ? null : before;
    }
}
