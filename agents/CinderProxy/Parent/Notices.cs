using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Notifications;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Notifications;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Parent;

/// <summary>
/// Notifications of a cinder-volume on the parent's bus, or the one that [oslo_messaging_notifications] transport_url names
/// (cinder/volume/volume_utils.py: notify_about_volume_usage, notify_about_snapshot_usage, notify_about_backup_usage). What cannot be sent is logged, as every service does with its
/// notifications; nothing waits for them.
/// </summary>
internal sealed class Notices : IAsyncDisposable
{
    readonly RabbitTransport? own;
    readonly Notifier notifier;
    readonly NotificationDriver driver;
    readonly CinderDatabase database;
    readonly VolumeHost host;
    readonly TimeProvider time;

    public Notices(
        NotificationSection section, RabbitOptions parent, RabbitTransport bus, CinderDatabase database, VolumeHost host, ILoggerFactory loggers, TimeProvider time)
    {
        driver = section.Drivers.Contains("messagingv2", StringComparer.Ordinal) ? NotificationDriver.MessagingV2
            : section.Drivers.Contains("messaging", StringComparer.Ordinal) ? NotificationDriver.Messaging
            : NotificationDriver.Noop;
        own = section.TransportUrl is { } url && IsHeard ? new(parent.On(url), loggers, time) : null;
        notifier = (own ?? bus).CreateNotifier(new(VolumeUsage.PublisherId(host.Service))
        {
            Driver = driver,
            Topics = section.Topics,
            GiveUpAfter = section.Retry < 0 ? null : TimeSpan.FromSeconds(section.Retry),
        });
        (this.database, this.host, this.time) = (database, host, time);
    }

    /// <summary>False when the operator wants no notifications at all.</summary>
    public bool IsHeard => driver is not NotificationDriver.Noop;

    /// <param name="suffix"><c>create.start</c>, <c>resize.end</c> …</param>
    /// <param name="context">Null for what no request asks for any more.</param>
    public async Task AboutAsync(VolumeRow row, string suffix, RpcContext? context, CancellationToken cancelled)
    {
        if (IsHeard && row.UseQuota != false)
        {
            var usage = await UsageAsync(row, cancelled);
            // What the flows tell is told by the volume's host, pool and all, anything else by the service (cinder/volume/flows/manager/create_volume.py: NotifyVolumeActionTask,
            // which manage_existing.py takes too).
            var byVolume = suffix.StartsWith("create.", StringComparison.Ordinal) || suffix.StartsWith("manage_existing.", StringComparison.Ordinal);
            var publisher = VolumeUsage.PublisherId(byVolume ? row.Host ?? host.Service : host.Service);
            await TellAsync(VolumeUsage.EventType(suffix), usage.Payload(time.GetUtcNow()), publisher, context, cancelled);
        }
    }

    /// <summary>As it is now; nothing when it is gone.</summary>
    public async Task AboutVolumeAsync(string id, string suffix, RpcContext? context, CancellationToken cancelled)
    {
        if (IsHeard && await database.ReadAsync(work => work.Volumes.GetAsync(id), cancelled) is { } row)
        {
            await AboutAsync(row, suffix, context, cancelled);
        }
    }

    public async Task AboutAsync(SnapshotRow row, string suffix, RpcContext? context, CancellationToken cancelled)
    {
        if (IsHeard && row.UseQuota != false)
        {
            var volume = await database.ReadAsync(work => work.Volumes.GetAsync(row.VolumeId), cancelled);
            await TellAsync(SnapshotUsage.EventType(suffix), UsageOf(row, volume).Payload(), SnapshotUsage.PublisherId(host.Service), context, cancelled);
        }
    }

    /// <summary>As it is now; nothing when it is gone.</summary>
    public async Task AboutSnapshotAsync(string id, string suffix, RpcContext? context, CancellationToken cancelled)
    {
        if (IsHeard && await database.ReadAsync(work => work.Snapshots.GetAsync(id), cancelled) is { } row)
        {
            await AboutAsync(row, suffix, context, cancelled);
        }
    }

    public Task AboutAsync(BackupRow row, string suffix, RpcContext? context, CancellationToken cancelled) => IsHeard
        ? TellAsync(BackupUsage.EventType(suffix), UsageOf(row).Payload(), BackupUsage.PublisherId(host.Service), context, cancelled)
        : Task.CompletedTask;

    /// <summary>As it is now; nothing when it is gone.</summary>
    public async Task AboutBackupAsync(string id, string suffix, RpcContext? context, CancellationToken cancelled)
    {
        if (IsHeard && await database.ReadAsync(work => work.Backups.GetAsync(id), cancelled) is { } row)
        {
            await AboutAsync(row, suffix, context, cancelled);
        }
    }

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;

    Task TellAsync(string type, JsonObject payload, string publisher, RpcContext? context, CancellationToken cancelled) =>
        notifier.NotifyAsync("info", type, payload, context ?? RequestIds.Admin(), publisher, cancelled);

    async Task<VolumeUsage> UsageAsync(VolumeRow row, CancellationToken cancelled)
    {
        var (metadata, attachments) = await database.ReadAsync(
            async work => (await work.Volumes.MetadataAsync(row.Id), await work.Attachments.OfVolumeAsync(row.Id)), cancelled);
        return new()
        {
            VolumeId = row.Id,
            TenantId = row.ProjectId,
            UserId = row.UserId,
            Host = row.Host,
            AvailabilityZone = row.AvailabilityZone,
            VolumeType = row.VolumeTypeId,
            DisplayName = row.DisplayName,
            LaunchedAt = row.LaunchedAt,
            CreatedAt = row.CreatedAt,
            Status = row.Status ?? "",
            SnapshotId = row.SnapshotId,
            Size = row.Size,
            Metadata = [.. metadata.Select(item => KeyValuePair.Create(item.Key, item.Value ?? ""))],
            Attachments = [.. attachments.Select(one => new AttachmentUsage(one.Id, one.VolumeId)
            {
                InstanceUuid = one.InstanceUuid,
                AttachedHost = one.AttachedHost,
                Mountpoint = one.Mountpoint,
                AttachStatus = one.AttachStatus,
                AttachMode = one.AttachMode,
            })],
        };
    }

    static BackupUsage UsageOf(BackupRow row) => new()
    {
        BackupId = row.Id,
        VolumeId = row.VolumeId,
        TenantId = row.ProjectId,
        UserId = row.UserId,
        AvailabilityZone = row.AvailabilityZone,
        Host = row.Host,
        DisplayName = row.DisplayName,
        CreatedAt = new(row.CreatedAt ?? default, TimeSpan.Zero),
        Status = row.Status,
        Size = row.Size,
        ServiceMetadata = row.ServiceMetadata,
        Service = row.Service,
        FailReason = row.FailReason,
        ParentId = row.ParentId,
        NumDependentBackups = row.NumDependentBackups,
        SnapshotId = row.SnapshotId,
    };

    static SnapshotUsage UsageOf(SnapshotRow row, VolumeRow? volume) => new()
    {
        SnapshotId = row.Id,
        VolumeId = row.VolumeId,
        TenantId = row.ProjectId,
        UserId = row.UserId,
        AvailabilityZone = volume?.AvailabilityZone,
        VolumeSize = row.VolumeSize,
        DisplayName = row.DisplayName,
        CreatedAt = row.CreatedAt is { } created ? new(created, TimeSpan.Zero) : default,
        Status = row.Status ?? "",
    };
}
