using System.Text.Json;
using Cascade.CinderProxy.Backups;
using Cascade.CinderProxy.Capacity;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder;
using Cascade.Contracts.Cinder.Capabilities;
using Cascade.Contracts.Cinder.Scheduler;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Hosts;

/// <summary>
/// Tells the schedulers what this child can hold: each capacity_interval, when one of them asks, and soon after something was made or went
/// (cinder/volume/manager.py: VolumeManager._report_driver_status, publish_service_capabilities), and whether it makes backups. While the child is away its pools are told to be down, with
/// the figures they had: a service that is up and tells nothing keeps every scheduler waiting at its start.
/// </summary>
internal sealed class CapabilitiesTold(
    IRpcCaller bus,
    ChildPools pools,
    ChildBackups backups,
    BackupKeeper backup,
    CinderDatabase database,
    IChildHealth health,
    VolumeHost host,
    CinderProxyOptions options,
    TimeProvider time,
    ILogger<CapabilitiesTold> log) : IWorker, IDisposable
{
    /// <summary>What comes together is told once.</summary>
    static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    readonly Nudge nudge = new(time);
    IReadOnlyList<PoolFacts> known = [];
    BackendCapabilities? published;
    DateTimeOffset last = DateTimeOffset.MinValue;

    public string Name => "capabilities";

    /// <summary>As last told; null before the child was ever looked at.</summary>
    public BackendCapabilities? Published => published;

    /// <summary>Something has changed that the schedulers count with. Any thread.</summary>
    public void Soon() => nudge.Give();

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            await TellAsync(cancelled);
            if (await nudge.WaitAsync(options.CapacityInterval, cancelled))
            {
                await Task.Delay(Gathering, time, cancelled);
            }
        }
    }

    /// <summary>Looks and tells.</summary>
    public async Task TellAsync(CancellationToken cancelled)
    {
        try
        {
            if (health.Answers)
            {
                known = await pools.ReadAsync(cancelled);
            }

            var allocated = await database.ReadAsync(work => work.Volumes.AllocatedByPoolAsync(host.Service), cancelled);
            published = CapabilityMap.Of(known, allocated, health.Answers, host, options.VolumeBackendName);
            await SendAsync(published, cancelled);
            await TellOfBackupsAsync(cancelled);
        }
        catch (Exception fault) when (fault is CloudFault or DatabaseAwayException or CommitUnknownException)
        {
            Log.CapabilitiesUnread(log, fault, fault.Message);
        }
    }

    public void Dispose() => nudge.Dispose();

    /// <summary>The schedulers choose a cinder-backup by this alone, so one that the child has no more is told to be down.</summary>
    async Task TellOfBackupsAsync(CancellationToken cancelled)
    {
        if (backup.IsWanted && health.Answers)
        {
            await backup.SeenAsync(await backups.AreMadeAsync(cancelled), cancelled);
        }

        if (backup.IsKnown)
        {
            var state = new BackupCapabilities(health.Answers && backup.IsUp, BackupLink.Driver, options.AvailabilityZone);
            await CastAsync(UpdateServiceCapabilities.Of(host.Service, state, last), UpdateServiceCapabilities.Name, fanout: true, UpdateServiceCapabilities.Wire, RequestIds.Admin(), cancelled);
        }
    }

    async Task SendAsync(BackendCapabilities capabilities, CancellationToken cancelled)
    {
        // A scheduler ignores what is not younger than the last (cinder/scheduler/host_manager.py: update_service_capabilities); a clock may be set back.
        var now = time.GetUtcNow();
        last = now > last ? now : last.AddMicroseconds(1);
        var context = RequestIds.Admin();
        await CastAsync(UpdateServiceCapabilities.Of(host.Service, capabilities, last), UpdateServiceCapabilities.Name, fanout: true, UpdateServiceCapabilities.Wire, context, cancelled);
        await CastAsync(NotifyServiceCapabilities.Of(host.Service, capabilities, last), NotifyServiceCapabilities.Name, fanout: false, NotifyServiceCapabilities.Wire, context, cancelled);
    }

    Task CastAsync<T>(
        T call, RpcName name, bool fanout, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> wire, RpcContext context, CancellationToken cancelled) =>
        bus.CastAsync(
            new(CinderTopics.Scheduler, name.Since, Fanout: fanout), name.Method, JsonSerializer.SerializeToNode(call, wire)!.AsObject(), context, cancelled);
}
