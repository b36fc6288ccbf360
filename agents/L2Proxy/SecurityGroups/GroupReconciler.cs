using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.AddressGroups;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>
/// Compares all groups of both clouds: two lists of the child, the parent's groups and members in bulk, and a request of its own only for what differs.
/// </summary>
internal sealed class GroupReconciler(
    ChildCloud child, GroupReader parent, GroupBook book, GroupWriter writer, AddressGroupMirroring addresses, AddressGroupReader lists, ILogger<GroupReconciler> log)
{
    const int Page = 1000;
    const int AtOnce = 8;

    /// <returns>What nobody needs, or could not be done: to be looked at one by one.</returns>
    public async Task<(IReadOnlyCollection<string> Groups, IReadOnlyCollection<string> Lists)> RunAsync(
        IReadOnlyCollection<NeutronPort> here, Agenda agenda, CancellationToken cancelled)
    {
        book.Touched.BeginLists();
        var traits = await writer.TraitsAsync(cancelled);
        var seen = ByParent(await OursAsync(cancelled));
        var seenAddresses = ByParent(traits.AddressGroups ? await addresses.OursAsync(cancelled) : []);
        book.Learn(here);
        var used = book.Used;
        var parents = await parent.GroupsAsync(used, cancelled);
        Learn(parents, seen);
        var named = parents.Values.SelectMany(group => group.Rules ?? []).ToList();
        var remotes = named.Select(rule => rule.RemoteGroupId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var listed = named.Select(rule => rule.RemoteAddressGroupId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var others = await parent.GroupsAsync(remotes.Where(id => !parents.ContainsKey(id)), cancelled);
        var facts = new GroupFacts(
            parents.Concat(others).ToDictionary(StringComparer.Ordinal),
            seen,
            seenAddresses,
            await parent.MembersAsync(remotes, cancelled),
            await lists.AllAsync(listed, cancelled));
        await AddressesAsync(remotes, writer.MembersAsync, facts, cancelled);
        await AddressesAsync(listed, writer.ListAsync, facts, cancelled);
        var failed = await WriteAsync(used, facts, agenda, cancelled);
        return (
            [.. failed, .. seen.Keys.Where(id => !book.IsUsed(id) && book.ReferrersOf(id).Count == 0)],
            [.. seenAddresses.Keys.Where(id => !remotes.Contains(id) && !listed.Contains(id) && !seen.ContainsKey(id))]);
    }

    // Who names whom, before members are asked for. Of what somebody has read by itself since, that is newer.
    void Learn(IReadOnlyDictionary<string, NeutronSecurityGroup> parents, IReadOnlyDictionary<string, SecurityGroup> seen)
    {
        foreach (var (id, there) in seen.Where(of => !parents.ContainsKey(of.Key) && !book.Touched.Has(of.Key)))
        {
            book.Set(new(id, there.Id, there.Name));
        }

        foreach (var group in parents.Values.Where(group => !book.Touched.Has(group.Id)))
        {
            var rules = group.Rules ?? [];
            book.Set(new MirroredGroup(group.Id, seen.GetValueOrDefault(group.Id)?.Id, group.Name)
            {
                Remotes = rules.Select(rule => rule.RemoteGroupId).OfType<string>().ToHashSet(StringComparer.Ordinal),
                AddressGroups = rules.Select(rule => rule.RemoteAddressGroupId).OfType<string>().ToHashSet(StringComparer.Ordinal),
                RuleIds = [.. rules.Select(rule => rule.Id)],
            });
        }
    }

    // Before the rules that name them, and each once, however many rules do.
    async Task AddressesAsync(
        IEnumerable<string> ids, Func<string, GroupFacts, CancellationToken, Task<RemoteAddresses>> write, GroupFacts facts, CancellationToken cancelled) =>
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancelled }, async (id, turn) =>
        {
            try
            {
                await write(id, facts, turn);
            }
#pragma warning disable CA1031 // The groups whose rules name it try again and tell.
            catch (Exception fault) when (!turn.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.GroupLeft(log, id, Faults.Text(fault));
                addresses.Forget(id);
            }
        });

    async Task<IReadOnlyCollection<string>> WriteAsync(IReadOnlyList<string> used, GroupFacts facts, Agenda agenda, CancellationToken cancelled)
    {
        var failed = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(used, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancelled }, async (id, turn) =>
        {
            try
            {
                await agenda.AloneAsync(id, alone => writer.WholeAsync(id, facts, alone), turn);
            }
#pragma warning disable CA1031 // One bad group never stops the others: it is looked at by itself, where it is told and tried again.
            catch (Exception fault) when (!turn.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.GroupLeft(log, id, Faults.Text(fault));
                failed.Add(id);
            }
        });
        return failed;
    }

    /// <summary>All of ours that carry a stamp, with their rules.</summary>
    public async Task<IReadOnlyList<SecurityGroup>> OursAsync(CancellationToken cancelled)
    {
        var project = await writer.ProjectAsync(cancelled);
        var ours = new List<SecurityGroup>();
        await foreach (var seen in child.Cloud.Network.SecurityGroups.ListAsync(Scope.Own, new() { ProjectId = project, Limit = Page }, cancelled))
        {
            if (seen.ProjectId == project && Stamp.ParentOf(seen.Description) is not null)
            {
                ours.Add(seen);
            }
        }

        return ours;
    }

    /// <summary>By the parent's id in their stamps; of several the oldest.</summary>
    public static Dictionary<string, T> ByParent<T>(IEnumerable<T> seen)
        where T : class, INetworkResource =>
        seen.GroupBy(one => Stamp.ParentOf(one.Description)!, StringComparer.Ordinal).ToDictionary(same => same.Key, same => Oldest.Of(same)!, StringComparer.Ordinal);
}
