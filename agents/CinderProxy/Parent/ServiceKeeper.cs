using Cascade.Agent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Parent;

/// <summary>
/// Our row in the parent's services: made when it is missing, its versions and zone kept, and beaten (cinder/service.py: Service.__init__, _create_service_ref,
/// report_state). The lowest version among all rows binds every API and scheduler, so the one that we say is that of the parent's release.
/// </summary>
internal sealed class ServiceKeeper(CinderDatabase database, VolumeHost host, ServiceIdentity identity, CinderProxyOptions options, ILogger<ServiceKeeper> log)
{
    RpcVersion version = CinderMethods.Newest;

    /// <summary>The parent is a Zed; known once the schema was checked.</summary>
    public bool IsZed => version == CinderMethods.Zed;

    /// <exception cref="AgentException">A table or column that we write is missing.</exception>
    public async Task CheckSchemaAsync(CancellationToken cancelled)
    {
        var schema = await SchemaCheck.LookAsync(database, cancelled);
        if (schema.Refusal is { } refusal)
        {
            throw new AgentException(refusal);
        }

        if (schema.Warning is { } warning)
        {
            Log.SchemaUnknown(log, warning);
        }

        version = schema.IsZed ? CinderMethods.Zed : CinderMethods.Newest;
    }

    /// <summary>Makes the row, or brings it up to date.</summary>
    public async Task RegisterAsync(CancellationToken cancelled)
    {
        var row = await database.InTransactionAsync(
            async work =>
            {
                if (await work.Services.GetAsync(host.Service) is { Uuid: not null } known)
                {
                    await work.Services.StartAsync(known.Id, options.AvailabilityZone, version.ToString(), CinderObjects.History);
                    return known;
                }

                await work.Services.InsertAsync(Guid.NewGuid().ToString("D"), host.Service, options.AvailabilityZone, version.ToString(), CinderObjects.History);
                var made = (await work.Services.GetAsync(host.Service))!;
                // Volumes name the row of their service; those of a row that was removed name one that is no more (cinder/db/sqlalchemy/api.py: volume_update_all_by_service).
                await work.Volumes.ToServiceAsync(host.Service, made.Uuid!);
                return made;
            },
            cancelled);
        identity.Set(row.Id, row.Uuid!);
        Log.Registered(log, host.Service, version.ToString(), options.AvailabilityZone);
    }

    /// <summary>One beat; a row that an administrator removed is made again.</summary>
    public async Task BeatAsync(CancellationToken cancelled)
    {
        if (!await database.InTransactionAsync(work => work.Services.HeartbeatAsync(identity.Id), cancelled))
        {
            Log.ServiceDeleted(log, host.Service);
            await RegisterAsync(cancelled);
        }
    }
}
