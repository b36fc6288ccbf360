using Cascade.Mirror.Reaping;
using Cascade.NeutronAgent;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Comparing;

/// <summary>The reaper of routers, running.</summary>
internal sealed class Reaping(RouterReaper routers, NeutronAgentOptions options, TimeProvider time, ILogger<Reaping> log) : IWorker
{
    readonly Reaper<Router> ofRouters = new("routers", routers, options.ReaperGrace, time, log);

    public string Name => "reaper";

    public Task RunAsync(CancellationToken cancelled) => ofRouters.RunAsync(cancelled);
}
