using Cascade.Contracts.Neutron.Objects;
using Cascade.Mirror;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Server;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.NeutronAgent.Qos;

/// <summary>QoS policies of the parent in the child: made when the first thing needs them, followed while one does, taken away a while after.</summary>
public sealed class QosMirroring : IQosPolicies, IHints, IRecovery
{
    readonly INeutronServer server;
    readonly ChildCloud child;
    readonly QosBook book = new();
    readonly QosUse use;
    readonly ILogger log;
    readonly Unneeded unneeded;
    volatile bool compared;

    public QosMirroring(INeutronServer server, ChildCloud child, QosUse use, TimeProvider time, ILogger<QosMirroring> log)
    {
        (this.server, this.child, this.use, this.log) = (server, child, use, log);
        unneeded = new(time);
        Policies = new("QoS policies", new() { Budget = 4 }, LookAsync, time, log);
    }

    /// <summary>By the parent's id of a policy.</summary>
    public Agenda Policies { get; }

    public async Task<string?> EnsureAsync(string? policyId, string user, CancellationToken cancelled)
    {
        if (book.Uses(user, policyId) is { } before)
        {
            Policies.Note(before);
        }

        if (policyId is null || book.Find(policyId) is { } known)
        {
            return policyId is null ? null : book.Find(policyId);
        }

        await Policies.AloneAsync(policyId, turn => book.Find(policyId) is null ? SyncAsync(policyId, turn) : Task.CompletedTask, cancelled);
        return book.Find(policyId) ?? throw new LaterException(TimeSpan.FromSeconds(1), $"QoS policy {policyId} is looked up anew");
    }

    public void Gone(string user)
    {
        if (book.Uses(user, null) is { } before)
        {
            Policies.Note(before);
        }
    }

    public void Forget(string childId) => book.Forget(childId);

    /// <summary>Looks at every policy of ours in the child and at those that were there: what an earlier life left, what changed while nobody listened.</summary>
    public async Task ReconcileAsync(CancellationToken cancelled)
    {
        var known = book.All;
        foreach (var id in (await OursAsync(cancelled)).Select(seen => use.ParentOf(seen.Description)!).Union(known, StringComparer.Ordinal))
        {
            Policies.Note(id);
        }
    }

    public void Compared() => compared = true;

    /// <summary>Another copy may have been the active one since: who uses what is as old as our last turn.</summary>
    public Task RecoverAsync(CancellationToken cancelled)
    {
        compared = false;
        return Task.CompletedTask;
    }

    /// <summary>All of ours that carry a stamp; none where the child knows no policies.</summary>
    public async Task<IReadOnlyList<QosPolicy>> OursAsync(CancellationToken cancelled)
    {
        if (!(await child.Cloud.Network.Extensions.AliasesAsync(Scope.Own, cancelled)).Contains(Extension.Qos))
        {
            return [];
        }

        var project = await child.ProjectIdAsync(cancelled);
        return await child.Cloud.Network.QosPolicies.ListAsync(Scope.Own, new() { ProjectId = project }, cancelled)
            .Where(seen => seen.ProjectId == project && use.ParentOf(seen.Description) is not null)
            .ToListAsync(cancelled);
    }

    public ValueTask TakeAsync(Hint hint, CancellationToken cancelled)
    {
        if (hint.Type == NeutronObjects.QosPolicy && (book.Find(hint.Id) is not null || book.IsUsed(hint.Id)))
        {
            Policies.Note(hint.Id);
        }

        return ValueTask.CompletedTask;
    }

    async Task LookAsync(string id, CancellationToken cancelled)
    {
        if (book.IsUsed(id))
        {
            unneeded.Forget(id);
            await SyncAsync(id, cancelled);
            return;
        }

        unneeded.Confirm(id, compared);
        await EndAsync(id, cancelled);
        unneeded.Forget(id);
    }

    async Task SyncAsync(string id, CancellationToken cancelled)
    {
        var policy = await server.PullAsync(NeutronObjects.QosPolicy, id, NeutronQosPolicy.Read, cancelled)
            ?? throw new LaterException(TimeSpan.FromSeconds(5), $"the parent's QoS policy {id} is gone");
        var wanted = QosMap.Wanted(policy, await child.Cloud.Network.QosPolicies.RuleTypesAsync(Scope.Own, cancelled), use.Counts);
        var actuator = new QosActuator(child, await child.ProjectIdAsync(cancelled), use);
        var (seen, _) = await new Mirror<WantedPolicy, QosPolicy>(actuator, log).EnsureAsync(id, new BookLink(book.Find(id)), _ => Task.FromResult(wanted), cancelled);
        var difference = QosMap.Difference(seen.Rules ?? [], wanted);
        if (!difference.IsNone)
        {
            Log.PolicyChanged(log, seen.Id, difference.Missing.Count, difference.Changed.Count, difference.Surplus.Count);
        }

        await actuator.UpdateAsync(seen, wanted, cancelled);
        book.Set(id, seen.Id);
    }

    async Task EndAsync(string id, CancellationToken cancelled)
    {
        var known = book.Find(id);
        book.Remove(id);
        var actuator = new QosActuator(child, await child.ProjectIdAsync(cancelled), use);
        try
        {
            foreach (var gone in await new Mirror<WantedPolicy, QosPolicy>(actuator, log).RemoveAsync(id, known, cancelled))
            {
                Log.PolicyRemoved(log, gone, id);
            }
        }
        catch (CloudFault fault) when (fault.Code is NetworkError.QosPolicyInUse)
        {
            throw new LaterException(TimeSpan.FromSeconds(30), $"something in the child still has the QoS policy for {id}");
        }
    }
}
