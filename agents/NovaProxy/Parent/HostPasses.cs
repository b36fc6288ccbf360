using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Parent;

/// <summary>
/// Looks at the child's capacity each capacity_interval and tells the parent. While the host waits to be mapped it looks more often, so that
/// an operator's discover_hosts is followed by an enabled host within seconds.
/// </summary>
internal sealed class HostPasses(HostKeeper host, ServiceKeeper service, NovaProxyOptions options, TimeProvider time, ILogger<HostPasses> log) : IWorker
{
    static readonly TimeSpan WhileUnmapped = TimeSpan.FromSeconds(5);

    public string Name => "capacity";

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            var interval = service.WaitsForMapping && WhileUnmapped < options.CapacityInterval ? WhileUnmapped : options.CapacityInterval;
            await Task.Delay(interval, time, cancelled);
            try
            {
                await host.PassAsync(cancelled);
            }
            catch (RpcFault fault) when (fault.Is("ComputeHostNotFound") || fault.Is("ServiceNotFound"))
            {
                Log.HostDeleted(log, fault);
                await host.RegisterAsync(cancelled);
            }
        }
    }
}
