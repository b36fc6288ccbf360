using Cascade.L2Proxy.Mirroring;
using Cascade.Mirror.Reaping;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Comparing;

/// <summary>The reapers of ports and of networks, running.</summary>
internal sealed class Reaping(PortReaper ports, NetworkReaper networks, MirrorRules rules, TimeProvider time, ILogger<Reaping> log) : IWorker
{
    readonly Reaper<Port> ofPorts = new("ports", ports, rules.ReaperGrace, time, log);
    readonly Reaper<NetworkInfo> ofNetworks = new("networks", networks, rules.ReaperGrace, time, log);

    public string Name => "reaper";

    public Task RunAsync(CancellationToken cancelled) => Task.WhenAll(ofPorts.RunAsync(cancelled), ofNetworks.RunAsync(cancelled));
}
