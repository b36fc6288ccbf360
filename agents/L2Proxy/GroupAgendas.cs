using Cascade.Agent;
using Cascade.L2Proxy.SecurityGroups;
using Cascade.L2Proxy.Trunks;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Qos;

namespace Cascade.L2Proxy;

/// <summary>The agendas of groups, policies and trunks, running.</summary>
internal sealed class GroupAgendas(SecurityGroupMirroring groups, QosMirroring qos, TrunkMirroring trunks) : IWorker, IStatusSource
{
    readonly Agenda[] all = [groups.Groups, groups.Lists, qos.Policies, trunks.Trunks];

    /// <summary>Nothing is noted and nothing under way; what waits for its next try does not count.</summary>
    public bool IsIdle => all.All(agenda => agenda.IsIdle);

    string IWorker.Name => "groups";

    string IStatusSource.Name => "groups";

    public Task RunAsync(CancellationToken cancelled) => Task.WhenAll(all.Select(agenda => agenda.RunAsync(cancelled)));

    public IEnumerable<KeyValuePair<string, string>> Read() => all.Select(agenda => KeyValuePair.Create($"{agenda.Name} in trouble", $"{agenda.Troubled}"));
}
