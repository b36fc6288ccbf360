using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.CinderProxy.Groups;
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
/// (cinder/volume/volume_utils.py: notify_about_volume_usage, notify_about_snapshot_usage, notify_about_backup_usage,
/// notify_about_group_usage, notify_about_group_snapshot_usage). What cannot be sent is logged, as every service does with its
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
        driver = section.Driver;
        own = section.TransportUrl is { } url && IsHeard ? new(parent.On(url), loggers, time) : null;
        notifier = (own ?? bus).CreateNotifier(section.Of(VolumeUsage.PublisherId(host.Service)));
        (this.database, this.host, this.time) = (database, host, time);
    }

    /// <summary>False when the operator wants no notifications at all.</summary>
    public bool IsHeard => driver is not NotificationDriver.Noop;

    /// <param name="suffix"><c>create.start</c>, <c>resize.end</c> …</param>
    /// <param name="context">Null for what no request asks for any more.</param>
    public Task AboutAsync(VolumeRow row, string suffix, RpcContext? context, CancellationToken cancelled)
    {
        // What the flows tell is told by the volume's host, pool and all, anything else by the service (cinder/volume/flows/manager/create_volume.py: NotifyVolumeActionTask,
        // which manage_existing.py takes too).
        var byVolume = suffix.StartsWith("create.", StringComparison.Ordinal) || suffix.StartsWith("manage_existing.", StringComparison.Ordinal);
        return TellAsync(row, suffix, byVolume ? row.Host ?? host.Service : host.Service, context, cancelled);
    }

    /// <summary>As it is now; nothing when it is gone.</summary>
    public async Task AboutVolumeAsync(string id, string suffix, RpcContext? context, CancellationToken cancelled)
    {
        if (IsHeard && await database.ReadAsync(work => work.Volumes.GetAsync(id), cancelled) is { } row)
        {
            await AboutAsync(row, suffix, context, cancelled);
        }
    }

    /// <summary>As <see cref="AboutVolumeAsync"/>, of one that came with its group: what becomes of a group is told by the service.</summary>
    public async Task AboutMemberAsync(string id, string suffix, RpcContext? context, CancellationToken cancelled)
    {
        if (IsHeard && await database.ReadAsync(work => work.Volumes.GetAsync(id), cancelled) is { } row)
        {
            await TellAsync(row, suffix, host.Service, context, cancelled);
        }
    }

    /// <param name="of">Its volume, where that is gone with it.</param>
    public async Task AboutAsync(SnapshotRow row, string suffix, RpcContext? context, CancellationToken cancelled, VolumeRow? of = null)
    {
        if (IsHeard && row.UseQuota != false)
        {
            var (volume, metadata) = await database.ReadAsync(
                async work => (of ?? await work.Volumes.GetAsync(row.VolumeId), await work.Snapshots.MetadataAsync(row.Id)), cancelled);
            await TellAsync(SnapshotUsage.EventType(suffix), UsageOf(row, volume, metadata).Payload(), SnapshotUsage.PublisherId(host.Service), context, cancelled);
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

    /// <summary>The group, and then each of its volumes by the same words.</summary>
    public async Task AboutAsync(GroupRow row, IReadOnlyList<VolumeRow> members, string suffix, RpcContext? context, CancellationToken cancelled)
    {
        if (IsHeard)
        {
            await TellAsync(GroupUsage.EventType(suffix), UsageOf(row).Payload(), GroupUsage.PublisherId(host.Service), context, cancelled);
            foreach (var member in members)
            {
                await TellAsync(member, suffix, host.Service, context, cancelled);
            }
        }
    }

    /// <summary>The snapshot of a group, and then each snapshot of it by the same words.</summary>
    public async Task AboutAsync(GroupSnapshotRow row, IReadOnlyList<SnapshotRow> members, string suffix, RpcContext? context, CancellationToken cancelled)
    {
        if (IsHeard)
        {
            await TellAsync(GroupSnapshotUsage.EventType(suffix), UsageOf(row).Payload(), GroupSnapshotUsage.PublisherId(host.Service), context, cancelled);
            foreach (var member in members)
            {
                await AboutAsync(member, suffix, context, cancelled);
            }
        }
    }

    /// <param name="end">Null when nothing of a group has ended.</param>
    public Task AboutAsync(GroupEnd? end, RpcContext? context, CancellationToken cancelled) => end switch
    {
        GroupEnd.OfGroup group => AboutAsync(group.Row, [], group.Suffix, context, cancelled),
        GroupEnd.OfSnapshot snapshot => AboutAsync(snapshot.Row, [], snapshot.Suffix, context, cancelled),
        _ => Task.CompletedTask,
    };

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;

    async Task TellAsync(VolumeRow row, string suffix, string by, RpcContext? context, CancellationToken cancelled)
    {
        if (IsHeard && row.UseQuota != false)
        {
            var usage = await UsageAsync(row, cancelled);
            await TellAsync(VolumeUsage.EventType(suffix), usage.Payload(time.GetUtcNow()), VolumeUsage.PublisherId(by), context, cancelled);
        }
    }

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

    static GroupUsage UsageOf(GroupRow row) => new()
    {
        GroupId = row.Id,
        TenantId = row.ProjectId,
        UserId = row.UserId,
        AvailabilityZone = row.AvailabilityZone,
        GroupType = row.GroupTypeId,
        Name = row.Name,
        CreatedAt = new(row.CreatedAt ?? default, TimeSpan.Zero),
        Status = row.Status ?? "",
    };

    static GroupSnapshotUsage UsageOf(GroupSnapshotRow row) => new()
    {
        GroupSnapshotId = row.Id,
        GroupId = row.GroupId,
        TenantId = row.ProjectId,
        UserId = row.UserId,
        GroupType = row.GroupTypeId,
        Name = row.Name,
        CreatedAt = new(row.CreatedAt ?? default, TimeSpan.Zero),
        Status = row.Status ?? "",
    };

    static SnapshotUsage UsageOf(SnapshotRow row, VolumeRow? volume, IReadOnlyDictionary<string, string?> metadata) => new()
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
        Metadata = metadata.ToDictionary(item => item.Key, item => item.Value ?? "", StringComparer.Ordinal),
    };
}
