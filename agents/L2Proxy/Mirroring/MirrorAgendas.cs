using Cascade.Agent;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Ports;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Mirroring;

/// <summary>The agendas of ports and of networks, running.</summary>
internal sealed class MirrorAgendas : IWorker, IStatusSource
{
    public MirrorAgendas(PortMirroring ports, NetworkMirroring networks, Agendas agendas, AgendaOptions options, TimeProvider time, ILogger<MirrorAgendas> log)
    {
        Ports = new("ports", options, ports.LookAsync, time, log);
        Networks = new("networks", options, networks.RefreshAsync, time, log);
        agendas.Join(Ports.Note, Networks.Note);
    }

    public Agenda Ports { get; }

    public Agenda Networks { get; }

    /// <summary>Nothing is noted and nothing under way; what waits for its next try does not count.</summary>
    public bool IsIdle => Ports.IsIdle && Networks.IsIdle;

    string IWorker.Name => "agendas";

    string IStatusSource.Name => "mirrors";

    public Task RunAsync(CancellationToken cancelled) => Task.WhenAll(Ports.RunAsync(cancelled), Networks.RunAsync(cancelled));

    public IEnumerable<KeyValuePair<string, string>> Read() => [new("ports in trouble", $"{Ports.Troubled}"), new("networks in trouble", $"{Networks.Troubled}")];
}
