using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.Routers;
using Cascade.Mirror.Vitals;
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
    ChildCloud child, IChildHealth health, ChildNetworks networks, RouterBook book, Agendas agendas, NeutronAgentOptions options, TimeProvider time, ILogger<NotUpWatch> log) : IWorker, IVital
{
    static readonly string[] NotUp = ["DOWN", "ERROR"];

    long looked;

    public string Name => "watch";

    public Vital Read() => new() { Kind = "floating_ips", SinceLook = time.GetElapsedTime(Interlocked.Read(ref looked)) };

    public async Task RunAsync(CancellationToken cancelled)
    {
        Interlocked.Exchange(ref looked, time.GetTimestamp());
        using var shown = Ongoing.Show(this);
        while (true)
        {
            await Task.Delay(options.WatchInterval, time, cancelled);
            await health.UntilAnswersAsync(cancelled);
            try
            {
                var asked = time.GetTimestamp();
                await LookAsync(cancelled);
                Interlocked.Exchange(ref looked, asked);
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
        // By its own id: one that leads nowhere any more names no router.
        var believed = book.All.SelectMany(entry => entry.FloatingIps.Values.Where(ip => ip is { ChildId: not null, Believed: "ACTIVE" }).Select(ip => (ip.ChildId, entry.ParentId)))
            .ToLookup(pair => pair.ChildId!, pair => pair.ParentId, StringComparer.Ordinal);
        await foreach (var ip in child.Cloud.Network.FloatingIps.ListAsync(Scope.Own, new() { ProjectId = project, Statuses = NotUp, Fields = ["id", "status"] }, cancelled))
        {
            foreach (var router in believed[ip.Id])
            {
                agendas.Status(router);
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
