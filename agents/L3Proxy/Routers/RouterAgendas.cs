using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Qos;
using Cascade.Agent;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Routers;

/// <summary>The agendas of routers, of what they have become, and of their QoS policies, running.</summary>
internal sealed class RouterAgendas : IWorker, IStatusSource
{
    readonly Agenda policies;

    public RouterAgendas(RouterMirroring routers, RouterStatuses statuses, QosMirroring qos, Agendas agendas, AgendaOptions options, TimeProvider time, ILogger<RouterAgendas> log)
    {
        Routers = new("routers", options, routers.LookAsync, time, log);
        // What is only to be seen must not take the turn of a router that somebody waits for.
        Statuses = new("statuses", options with { Budget = 8 }, statuses.LookAsync, time, log);
        policies = qos.Policies;
        agendas.Join(Routers.Note, Statuses.Note, Routers.Differs);
    }

    public Agenda Routers { get; }

    public Agenda Statuses { get; }

    /// <summary>Nothing is noted and nothing under way; what waits for its next try does not count.</summary>
    public bool IsIdle => Routers.IsIdle && Statuses.IsIdle && policies.IsIdle;

    string IWorker.Name => "agendas";

    string IStatusSource.Name => "mirrors";

    public Task RunAsync(CancellationToken cancelled) => Task.WhenAll(Routers.RunAsync(cancelled), Statuses.RunAsync(cancelled), policies.RunAsync(cancelled));

    public IEnumerable<KeyValuePair<string, string>> Read() => [new("routers in trouble", $"{Routers.Troubled}"), new("routers on their way up", $"{Statuses.Troubled}"), new($"{policies.Name} in trouble", $"{policies.Troubled}")];
}
