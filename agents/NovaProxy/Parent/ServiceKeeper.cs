using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Parent;

/// <summary>Keeps our Service row: made once, counted up, raised with the parent, enabled when its host is mapped. One write at a time.</summary>
internal sealed class ServiceKeeper(
    ServiceRecords records,
    HostMappings mappings,
    ParentRelease release,
    HostIdentity identity,
    ILogger<ServiceKeeper> log) : IDisposable
{
    /// <summary>What we disable ourselves with. Any other reason is an operator's (or nova's own), and stays.</summary>
    public const string OwnReason = "cascade: waiting for the host to be mapped to a cell (nova-manage cell_v2 discover_hosts)";

    readonly SemaphoreSlim one = new(1, 1);
    VersionedObject? row;
    HostMapped? told;

    /// <summary>The row's id, for ComputeNode.service_id.</summary>
    public long? Id => row?.Number("id");

    public bool Disabled => row?.Flag("disabled") ?? true;

    /// <summary>True while only the mapping of our host keeps the service disabled.</summary>
    public bool WaitsForMapping => Disabled && row?.Text("disabled_reason") == OwnReason;

    /// <summary>Finds the row of an earlier life, or makes it; then it has the version that the parent's release asks for.</summary>
    public async Task RegisterAsync(CancellationToken cancelled)
    {
        await one.WaitAsync(cancelled);
        try
        {
            row = await records.FindAsync(cancelled);
            if (row is null)
            {
                var mapped = await mappings.ReadAsync(cancelled);
                row = await records.CreateAsync(release.ServiceVersion, mapped is HostMapped.Yes ? null : OwnReason, cancelled);
                Log.ServiceCreated(log, identity.Host, release.ServiceVersion);
            }

            await RaiseAsync(cancelled);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>The heartbeat: the parent moves <c>last_seen_up</c> only for a greater count (nova/db/main/api.py: service_update).</summary>
    /// <exception cref="RpcFault">ServiceNotFound: an operator deleted the service.</exception>
    public async Task BeatAsync(CancellationToken cancelled)
    {
        await one.WaitAsync(cancelled);
        try
        {
            if (row is not null)
            {
                var count = (row.Number("report_count") ?? 0) + 1;
                row = await records.SaveAsync(row, new() { ["report_count"] = count }, cancelled);
                await RaiseAsync(cancelled);
            }
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Reads the row again, as an operator may have changed it; enables it if it was we who disabled it and the host is mapped now.</summary>
    /// <returns>Whether the service is disabled, which the trait COMPUTE_STATUS_DISABLED must follow.</returns>
    public async Task<bool> ReviewAsync(CancellationToken cancelled)
    {
        await one.WaitAsync(cancelled);
        try
        {
            row = await records.FindAsync(cancelled) ?? row;
            if (row is not null && WaitsForMapping)
            {
                await EnableIfMappedAsync(row, cancelled);
            }

            return Disabled;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    async Task EnableIfMappedAsync(VersionedObject disabled, CancellationToken cancelled)
    {
        var mapped = await mappings.ReadAsync(cancelled);
        if (mapped is HostMapped.Yes)
        {
            row = await records.SaveAsync(disabled, new() { ["disabled"] = false, ["disabled_reason"] = null }, cancelled);
            Log.HostMapped(log, identity.Host);
        }
        else if (told != mapped && mapped is HostMapped.No)
        {
            Log.HostNotMapped(log, identity.Host);
        }
        else if (told != mapped)
        {
            Log.HostMappingUnknown(log, identity.Host);
        }

        told = mapped;
    }

    async Task RaiseAsync(CancellationToken cancelled)
    {
        var claimed = row!.Number("version") ?? 0;
        if (claimed < release.ServiceVersion)
        {
            // In the data as in the changes: the check of the minimum reads it from there.
            var raised = row.Data.DeepClone().AsObject();
            raised["version"] = release.ServiceVersion;
            row = await records.SaveAsync(
                Contracts.Nova.Objects.NovaObjects.New(Contracts.Nova.Objects.NovaObjects.Service, raised),
                new() { ["version"] = release.ServiceVersion },
                cancelled);
            Log.ServiceVersionRaised(log, identity.Host, claimed, release.ServiceVersion);
        }
    }
}
