using Cascade.Agent;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Ports;
using Cascade.NeutronAgent.Looking;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Mirroring;

/// <summary>The agendas of ports, of networks and of marks, running.</summary>
internal sealed class MirrorAgendas : IWorker, IStatusSource
{
    public MirrorAgendas(PortMirroring ports, NetworkMirroring networks, PortMarking marks, Agendas agendas, AgendaOptions options, TimeProvider time, ILogger<MirrorAgendas> log)
    {
        Ports = new("ports", options, ports.LookAsync, time, log);
        Networks = new("networks", options, networks.RefreshAsync, time, log);
        // A mark saves reading later; it must not take the turn of a port that somebody waits for.
        Marks = new("marks", options with { Budget = 4 }, marks.LookAsync, time, log);
        agendas.Join(Ports.Note, Networks.Note, Marks.Note, Ports.Differs);
    }

    public Agenda Ports { get; }

    public Agenda Networks { get; }

    public Agenda Marks { get; }

    /// <summary>Nothing is noted and nothing under way; what waits for its next try does not count.</summary>
    public bool IsIdle => Ports.IsIdle && Networks.IsIdle && Marks.IsIdle;

    string IWorker.Name => "agendas";

    string IStatusSource.Name => "mirrors";

    public Task RunAsync(CancellationToken cancelled) => Task.WhenAll(Ports.RunAsync(cancelled), Networks.RunAsync(cancelled), Marks.RunAsync(cancelled));

    public IEnumerable<KeyValuePair<string, string>> Read() => [new("ports in trouble", $"{Ports.Troubled}"), new("networks in trouble", $"{Networks.Troubled}"), new("marks in trouble", $"{Marks.Troubled}")];
}
