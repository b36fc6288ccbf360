using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Watching;

/// <summary>
/// Each watch_interval the child is asked which floating IPs of ours and which ports of routers are not up: short answers however many there are. Those of which the
/// parent believes that they are up have their router looked at; the way up is looked at by itself (<see cref="RouterStatuses"/>).
/// </summary>
internal sealed class NotUpWatch(
    ChildCloud child, IChildHealth health, ChildNetworks networks, RouterBook book, Agendas agendas, NeutronAgentOptions options, TimeProvider time, ILogger<NotUpWatch> log) : IWorker
{
    static readonly string[] NotUp = ["DOWN", "ERROR"];

    public string Name => "watch";

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            await Task.Delay(options.WatchInterval, time, cancelled);
            await health.UntilAnswersAsync(cancelled);
            try
            {
                await LookAsync(cancelled);
            }
            catch (CloudFault fault)
            {
                Log.WatchFailed(log, fault, options.WatchInterval.TotalSeconds, Faults.Text(fault));
            }
        }
    }

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancelled)
    {
        if (book.All.Count == 0)
        {
            return;
        }

        var project = await networks.ProjectAsync(cancelled);
        await foreach (var ip in child.Cloud.Network.FloatingIps.ListAsync(Scope.Own, new() { ProjectId = project, Statuses = NotUp, Fields = ["router_id", "status"] }, cancelled))
        {
            if (book.FindByChild(ip.RouterId) is { } entry && entry.FloatingIps.Values.Any(one => one.ChildId == ip.Id && one.Believed is "ACTIVE"))
            {
                agendas.Status(entry.ParentId);
            }
        }

        PortFilter ports = new() { DeviceOwners = [.. RouterSight.InterfaceOwners, "network:router_gateway"], Statuses = NotUp, Fields = ["device_id", "status"] };
        await foreach (var port in child.Cloud.Network.Ports.ListAsync(Scope.Own, ports, cancelled))
        {
            if (book.FindByChild(port.DeviceId) is { } entry && entry.Ports.Values.Any(one => one.ChildId == port.Id && one.Believed is "ACTIVE"))
            {
                agendas.Status(entry.ParentId);
            }
        }
    }
}
