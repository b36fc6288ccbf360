using Cascade.L3Proxy.Placeholders;
using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Comparing;

/// <summary>
/// What an earlier life has left that hangs on no router: a port that no router took, a floating IP whose server went first, a placeholder to which nothing leads. Nothing goes through them, and they hold
/// addresses that the parent gives to others: they go at once.
/// </summary>
internal sealed class LooseParts(ChildCloud child, RouterSteps steps, PlaceholderMirroring placeholders, RouterBook book, ILogger<LooseParts> log)
{
    /// <param name="seen">Read before what is wanted, so that nothing here is newer than that.</param>
    public async Task RemoveAsync(ChildSight seen, IReadOnlyList<WantedRouter> wanted, CancellationToken cancelled)
    {
        foreach (var port in seen.LoosePorts.Where(port => !IsWanted(port, wanted)))
        {
            await TidyAsync($"port {port.Id}", () => Gone.IsFineAsync(() => child.Cloud.Network.Ports.DeleteAsync(Scope.Own, port.Id, cancelled)));
        }

        await TidyAsync("placeholders", () => placeholders.RebuildAsync(seen, wanted, cancelled));

        foreach (var ip in seen.LooseFloatingIps.Where(ip => !IsWanted(Stamp.ParentOf(ip.Description)!, wanted)))
        {
            await TidyAsync($"floating IP {ip.Id}", () => steps.LoseAsync(ip, cancelled));
        }
    }

    /// <summary>One that the child does not let go of keeps nothing from the others; the next comparison tries again.</summary>
    public async Task TidyAsync(string what, Func<Task> job)
    {
        try
        {
            await job();
        }
        catch (CloudFault fault) when (fault.Kind is not FaultKind.Unavailable)
        {
            Log.NotTidied(log, what, Faults.Text(fault));
        }
    }

    static bool IsWanted(Port port, IEnumerable<WantedRouter> wanted) =>
        wanted.Any(router => router.Interfaces.Any(one => RouterPlan.Is(port, one)) || router.Awaited.Contains(Stamp.ParentOf(port.Description)!));

    /// <summary>One that a router here leads, or has led, is its look's business.</summary>
    bool IsWanted(string floatingIp, IEnumerable<WantedRouter> wanted) =>
        wanted.Any(router => router.FloatingIps.Any(ip => ip.ParentId == floatingIp) || router.Unserved.ContainsKey(floatingIp)) || book.Leading(floatingIp, "").Any();
}
