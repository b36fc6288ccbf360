using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.AddressGroups;
using Cascade.L2Proxy.Mirroring;
using Cascade.Mirror;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>
/// Security groups of the parent in the child: made when the first port needs them, followed while one does, taken away a while after the last one went. A
/// group that only rules name exists without rules of its own.
/// </summary>
internal sealed class SecurityGroupMirroring : ISecurityGroups, IHints
{
    readonly ChildCloud child;
    readonly GroupBook book;
    readonly GroupWriter writer;
    readonly GroupReconciler reconciler;
    readonly RecentRefusals<string, RefusedException> refusals;
    readonly AddressGroupMirroring addresses;
    readonly MirrorState state;
    readonly ILogger log;
    readonly Unneeded unneeded;

    public SecurityGroupMirroring(
        ChildCloud child,
        GroupBook book,
        GroupWriter writer,
        GroupReconciler reconciler,
        AddressGroupMirroring addresses,
        MirrorState state,
        AgendaOptions options,
        TimeProvider time,
        ILogger<SecurityGroupMirroring> log)
    {
        (this.child, this.book, this.writer, this.reconciler, this.addresses, this.state, this.log) = (child, book, writer, reconciler, addresses, state, log);
        unneeded = new(time);
        // A port that waits asks again after options.Refused, and the first one that does brings it.
        refusals = new(options.Refused / 2, time);
        Groups = new("security groups", new() { Budget = 8 }, LookAsync, time, log);
        Lists = new("address groups", new() { Budget = 4 }, LookAtListAsync, time, log);
    }

    /// <summary>By the parent's id of a security group.</summary>
    public Agenda Groups { get; }

    /// <summary>By the parent's id of an address group.</summary>
    public Agenda Lists { get; }

    public async Task<IReadOnlyDictionary<string, string>> EnsureAsync(NeutronPort port, CancellationToken cancelled)
    {
        Note(book.Here(port).Where(id => !port.SecurityGroupIds.Contains(id) || book.ReferrersOf(id).Count > 0));
        RefusedException? refused = null;
        foreach (var id in port.SecurityGroupIds.Where(id => book.Find(id) is not { IsWhole: true }))
        {
            try
            {
                await Groups.AloneAsync(id, turn => book.Find(id) is { IsWhole: true } ? Task.CompletedTask : refusals.Of(id) is { } known ? throw known : SyncAsync(id, turn), cancelled);
            }
            catch (RefusedException fault)
            {
                // The others are brought all the same.
                refused ??= fault;
            }
        }

        if (refused is not null)
        {
            throw refused;
        }

        return Known(port) ?? throw new LaterException(TimeSpan.FromSeconds(1), $"a security group of port {port.Id} is looked up anew");
    }

    public IReadOnlyDictionary<string, string>? Known(NeutronPort port)
    {
        var known = port.SecurityGroupIds.Select(id => (Id: id, book.Find(id)?.ChildId)).ToList();
        return known.Exists(one => one.ChildId is null) ? null : known.ToDictionary(one => one.Id, one => one.ChildId!, StringComparer.Ordinal);
    }

    public void Gone(string portId) => Note(book.Gone(portId));

    public void Forget(IEnumerable<string> ids) => writer.Forget(ids);

    public async Task ReconcileAsync(IReadOnlyCollection<NeutronPort> here, CancellationToken cancelled)
    {
        var left = await reconciler.RunAsync(here, Groups, cancelled);
        Note(left.Groups);
        foreach (var id in left.Lists)
        {
            Lists.Note(id);
        }
    }

    public ValueTask TakeAsync(Hint hint, CancellationToken cancelled)
    {
        switch (hint.Type)
        {
            case NeutronObjects.SecurityGroup when book.Knows(hint.Id) && (hint.Events != HintEvents.Members || book.ReferrersOf(hint.Id).Count > 0):
                Groups.Note(hint.Id);
                // Rules of others that name it go with it, and no push tells of those (neutron/db/models/securitygroup.py: remote_group_id, ondelete CASCADE).
                Note(hint.IsDeletion ? book.ReferrersOf(hint.Id) : []);
                break;
            case NeutronObjects.SecurityGroupRule when (hint.Owner ?? book.OwnerOf(hint.Id)) is { } owner && book.Knows(owner):
                Groups.Note(owner);
                break;
            case NeutronObjects.AddressGroup when addresses.Find(hint.Id) is not null || book.ListersOf(hint.Id).Count > 0:
                Lists.Note(hint.Id);
                break;
        }

        return ValueTask.CompletedTask;
    }

    async Task LookAsync(string id, CancellationToken cancelled)
    {
        var referrers = book.ReferrersOf(id);
        if (!book.IsUsed(id) && book.Find(id) is { IsWhole: true } unused)
        {
            // Its rules are followed no longer: whoever carries it next finds them old.
            book.Set(new(id, unused.ChildId, unused.Name));
            NoteNamed(unused.Named);
        }

        if (!book.IsUsed(id) && referrers.Count == 0)
        {
            await EndAsync(id, cancelled);
            return;
        }

        unneeded.Forget(id);
        if (referrers.Count > 0)
        {
            await MembersAsync(id, referrers, cancelled);
        }

        if (book.IsUsed(id))
        {
            await SyncAsync(id, cancelled);
        }
    }

    async Task SyncAsync(string id, CancellationToken cancelled)
    {
        try
        {
            NoteNamed(await writer.WholeAsync(id, GroupFacts.None, cancelled));
            refusals.Forget(id);
        }
        catch (RefusedException fault)
        {
            refusals.Remember(id, fault);
            throw;
        }
    }

    async Task MembersAsync(string id, IReadOnlyList<string> referrers, CancellationToken cancelled)
    {
        var before = addresses.Find(id);
        var now = await writer.MembersAsync(id, GroupFacts.None, cancelled);
        if (now.ChildId is null && before?.Prefixes.SetEquals(now.Prefixes) is not true)
        {
            // Without an address group the members are in the rules of those that name it.
            Note(referrers.Where(referrer => referrer != id));
        }
    }

    async Task LookAtListAsync(string id, CancellationToken cancelled)
    {
        var listers = book.ListersOf(id);
        if (listers.Count == 0)
        {
            unneeded.Confirm(id, state.IsComplete);
            await addresses.EndAsync(id, cancelled);
            unneeded.Forget(id);
            return;
        }

        unneeded.Forget(id);
        var before = addresses.Find(id);
        var now = await writer.ListAsync(id, GroupFacts.None, cancelled);
        if (now.ChildId is null && before?.Prefixes.SetEquals(now.Prefixes) is not true)
        {
            Note(listers);
        }
    }

    /// <summary>Takes a group away that no port here carries and no rule names.</summary>
    async Task EndAsync(string id, CancellationToken cancelled)
    {
        unneeded.Confirm(id, state.IsComplete);
        var known = book.Find(id);
        // First forgotten, then deleted: whoever needs it from now on waits for this to end and makes a new one.
        book.Remove(id);
        if (book.IsUsed(id) && known is not null)
        {
            book.Set(known);
            return;
        }

        var actuator = new SecurityGroupActuator(child, await writer.ProjectAsync(cancelled));
        try
        {
            foreach (var gone in await new Mirror<WantedGroup, SecurityGroup>(actuator, log).RemoveAsync(id, known?.ChildId, cancelled))
            {
                Log.GroupRemoved(log, gone, id);
            }
        }
        catch (CloudFault fault) when (fault.Code is NetworkError.SecurityGroupInUse)
        {
            throw new LaterException(TimeSpan.FromSeconds(30), $"a port of the child still has the security group for {id}");
        }

        if ((await writer.TraitsAsync(cancelled)).AddressGroups)
        {
            await addresses.EndAsync(id, cancelled);
        }

        addresses.Forget(id);
        unneeded.Forget(id);
    }

    void Note(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            Groups.Note(id);
        }
    }

    void NoteNamed(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            (book.Knows(id) ? Groups : Lists).Note(id);
        }
    }
}
