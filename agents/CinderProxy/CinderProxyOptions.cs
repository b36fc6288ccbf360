using Cascade.Agent;
using Cascade.OpenStack;
using Cascade.Oslo.Config;

namespace Cascade.CinderProxy;

/// <summary>What an operator says to this agent, beside [DEFAULT], [database] and [oslo_messaging_rabbit]. The sample file shows it all.</summary>
/// <param name="Child">[child]: the cloud whose volumes these are.</param>
/// <param name="Glance">[glance]: the parent's images.</param>
/// <param name="Nova">[nova]: the parent's, as in its cinder.conf; it is told of volumes that grew or got another image.</param>
/// <param name="Backend">[DEFAULT] enabled_backends: the name behind the @ of our host.</param>
/// <param name="VolumeBackendName">[DEFAULT] volume_backend_name: what a volume type asks for.</param>
/// <param name="AvailabilityZone">[DEFAULT] storage_availability_zone: of everything here, in the parent.</param>
/// <param name="DefaultChildType">[cascade] default_child_type: for a volume whose type names none; null leaves it to the child.</param>
/// <param name="CapacityInterval">Between two looks at the child's capacity, which the schedulers are told (60 s).</param>
/// <param name="WatchInterval">Between two looks at what changed in the child (10 s).</param>
/// <param name="AuditInterval">Between two full comparisons, which also find deletions (600 s).</param>
/// <param name="ReaperGrace">How long something of ours in the child that the parent does not know is left alone (1800 s).</param>
/// <param name="OrderTimeout">How long the child may take for one order (3600 s).</param>
public sealed record CinderProxyOptions(
    CloudOptions Child,
    CloudOptions Glance,
    CloudOptions Nova,
    string Backend,
    string VolumeBackendName,
    string AvailabilityZone,
    string? DefaultChildType,
    TimeSpan CapacityInterval,
    TimeSpan WatchInterval,
    TimeSpan AuditInterval,
    TimeSpan ReaperGrace,
    TimeSpan OrderTimeout)
{
    /// <summary>[DEFAULT] no_snapshot_gb_quota, cinder's: snapshots do not count in gigabytes. It must be as in the parent's cinder.conf.</summary>
    public bool NoSnapshotGbQuota { get; init; }

    /// <summary>[cascade] backup: whether to stand for a cinder-backup too, where the child has one.</summary>
    public bool Backup { get; init; } = true;

    public static CinderProxyOptions Read(OptionReader reader)
    {
        var cinder = reader.Group("DEFAULT");
        var own = reader.Group("cascade", "Options of this agent.", own: true);
        var backend = Backends(reader, cinder);
        return new(
            CloudSection.Read(reader, "child", "The child cloud whose volumes these are.", "block-storage", "compute", "image"),
            CloudSection.Read(reader, "glance", "The parent's images.", "image"),
            CloudSection.Read(reader, "nova", "The parent's servers, as in its cinder.conf: nova is told of volumes that grew or got another image.", "compute"),
            backend,
            cinder.Text("volume_backend_name", backend, "What volume types of the parent ask for with volume_backend_name.")!,
            cinder.Text("storage_availability_zone", "nova", "Availability zone of this child's volumes in the parent.")!,
            own.Text("default_child_type", null, "Volume type in the child for a volume whose own type has no cascade:child_type. Without it the child chooses."),
            own.Seconds("capacity_interval", 60, "Seconds between two looks at the child's capacity, of which the schedulers are told.", new() { Min = 5 }),
            own.Seconds("watch_interval", 10, "Seconds between two looks at what changed in the child.", new() { Min = 1 }),
            own.Seconds("audit_interval", 600, "Seconds between two full comparisons of parent and child, which also find deletions.", new() { Min = 10 }),
            own.Seconds("reaper_grace", 1800, "Seconds that something of ours in the child which the parent does not know is left alone before it is deleted.", new() { Min = 1 }),
            own.Seconds("order_timeout", 3600, "Seconds that the child may take to do what it was asked for.", new() { Min = 60 }))
        {
            Backup = own.Bool("backup", true, "Whether to be a cinder-backup of the parent too, where the child has one that is up: backups of this child's volumes are then made in the child."),
            NoSnapshotGbQuota = cinder.Bool("no_snapshot_gb_quota", false, "Whether snapshots are left out of the quota of gigabytes. Write what the parent's cinder.conf has."),
        };
    }

    /// <summary>One agent is one child: a list of backends, as a native service may have, is a mistake.</summary>
    static string Backends(OptionReader reader, OptionGroup cinder)
    {
        var named = cinder.List("enabled_backends", ["cascade"], "Name of this child in the parent: the part behind the @ of the service's host. Exactly one.");
        if (named is [{ Length: > 0 } one] && one.AsSpan().IndexOfAny('@', '#') < 0)
        {
            return one;
        }

        reader.Fault($"[DEFAULT] enabled_backends = {string.Join(",", named)}: write exactly one name, without @ and #. Each child has an agent of its own");
        return "cascade";
    }
}
