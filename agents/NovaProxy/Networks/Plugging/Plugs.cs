using System.Collections.Concurrent;
using Cascade.OpenStack.Network;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Networks.Plugging;

internal enum Plugged
{
    Yes,

    NotYet,

    /// <summary>In error, or not in time, and that is fatal.</summary>
    Never,
}

/// <summary>
/// Whether the parent's ports of a server that runs are plugged: the build is over only then. A native compute waits for network-vif-plugged of every port
/// that was not active when it was bound (nova/virt/libvirt/driver.py: _create_guest_with_network); what the ports say is the truth behind those events, so
/// it is read, and the events only say when. The time counts from when this life first saw the server run.
/// </summary>
internal sealed class Plugs(ParentPorts ports, NetworksOptions options, TimeProvider time, ILogger<Plugs> log)
{
    readonly ConcurrentDictionary<string, (long Since, IReadOnlyList<string> Ports)> waiting = new(StringComparer.Ordinal);

    /// <summary>The instances that wait, each with the ports that it waits for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Waiting => waiting.ToDictionary(one => one.Key, one => one.Value.Ports, StringComparer.Ordinal);

    /// <param name="row">With its info cache. Its server runs in the child.</param>
    public async Task<Plugged> LookAsync(VersionedObject row, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var had = InfoCache.PortsOf(row);
        if (had.Count == 0 || options.VifPluggingTimeout <= TimeSpan.Zero)
        {
            return Plugged.Yes;
        }

        // Before the ports are read: what becomes of them from now on is looked at again.
        var isNew = waiting.TryAdd(uuid, (time.GetTimestamp(), had));
        var missing = (await ports.OfAsync(row, cancelled)).Where(port => had.Contains(port.Id) && IsMissing(port)).ToList();
        if (missing.Count == 0)
        {
            Forget(uuid);
            return Plugged.Yes;
        }

        var names = string.Join(' ', missing.Select(port => $"{port.Id} ({port.Status})"));
        var ids = missing.ConvertAll(port => port.Id);
        if (isNew)
        {
            Log.WaitsForPlug(log, uuid, names);
        }

        waiting.AddOrUpdate(uuid, (time.GetTimestamp(), ids), (_, before) => (before.Since, ids));
        if (!missing.Exists(IsBroken) && !IsLate(uuid))
        {
            return Plugged.NotYet;
        }

        Log.NotPlugged(log, uuid, options.VifPluggingTimeout.TotalSeconds, names);
        Forget(uuid);
        return options.VifPluggingIsFatal ? Plugged.Never : Plugged.Yes;
    }

    public bool IsLate(string uuid) => waiting.TryGetValue(uuid, out var one) && time.GetElapsedTime(one.Since) >= options.VifPluggingTimeout;

    public void Forget(string uuid) => waiting.TryRemove(uuid, out _);

    /// <summary>One that is switched off is never plugged, and nova does not wait for it (nova/network/neutron.py: _build_vif_model).</summary>
    public static bool IsMissing(Port port) => port.AdminStateUp != false && port.Status != "ACTIVE";

    /// <summary>The event's status is <c>failed</c> then (neutron/notifiers/nova.py: record_port_status_changed).</summary>
    public static bool IsBroken(Port port) => port.Status == "ERROR";
}
