using System.Text.Json.Nodes;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Networks.Mirrored;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Networks.Interfaces;

/// <summary>Interfaces of a server in the child, plugged and unplugged. Doing it twice is doing it once.</summary>
internal sealed class ChildInterfaces(ChildCloud child, ChildPorts ports, ILogger<ChildInterfaces> log)
{
    /// <summary>The child's port for one of the parent; null when there is none.</summary>
    public async Task<Port?> FindAsync(Nic nic, CancellationToken cancelled) => (await ports.FindAsync([nic], cancelled)).GetValueOrDefault(nic.PortId);

    /// <param name="server">The child's.</param>
    /// <param name="port">The child's.</param>
    public async Task PlugAsync(VersionedObject row, string server, Port port, string? tag, CancellationToken cancelled)
    {
        if (port.DeviceId == server)
        {
            return;
        }

        try
        {
            await child.Servers.AttachInterfaceAsync(ChildCompute.ActingFor(row), server, port.Id, tag, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict || fault.ResultUnknown)
        {
            // A lost answer, or one that came too late: look before calling it a failure.
            if ((await ports.FindAsync(port.Id, cancelled))?.DeviceId != server)
            {
                throw;
            }
        }
    }

    /// <summary>Asks for it; it goes in the background.</summary>
    /// <returns>The child's port; null when there is nothing to unplug.</returns>
    /// <exception cref="CloudFault">The child refuses.</exception>
    public async Task<Port?> AskAsync(VersionedObject row, string parentPort, CancellationToken cancelled)
    {
        if (ServerLink.Of(row) is not { } server || NicOf(row, parentPort) is not { } nic
            || await FindAsync(nic, cancelled) is not { } port || port.DeviceId != server)
        {
            return null;
        }

        try
        {
            await child.Servers.DetachInterfaceAsync(ChildCompute.ActingFor(row), server, port.Id, cancelled);
            return port;
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Asks for it and lets a refusal be: the port is gone in the parent, so it goes in the child.</summary>
    public async Task UnplugAsync(VersionedObject row, string parentPort, CancellationToken cancelled)
    {
        try
        {
            await AskAsync(row, parentPort, cancelled);
        }
        catch (CloudFault fault)
        {
            Log.EventNotFollowed(log, fault, "network-vif-deleted", parentPort, row.Text("uuid")!, fault.Message);
        }
    }

    /// <summary>What the network info says of the port; null when the instance does not have it.</summary>
    public static Nic? NicOf(VersionedObject row, string parentPort) =>
        InfoCaches.Of(row).FirstOrDefault(vif => InfoCache.IdOf(vif) == parentPort) is JsonObject vif
        && vif["address"]?.ToString() is { } mac && vif["network"]?["id"]?.ToString() is { } network
            ? new(parentPort, network, mac, null, InfoCache.PremadeOf(row).Contains(parentPort))
            : null;
}
