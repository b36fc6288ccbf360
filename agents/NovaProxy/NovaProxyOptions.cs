using Cascade.Agent;
using Cascade.NovaProxy.Volumes;
using Cascade.OpenStack;
using Cascade.Oslo.Config;

namespace Cascade.NovaProxy;

/// <summary>What an operator says to this agent, beside [DEFAULT] and [oslo_messaging_rabbit]. The sample file shows it all.</summary>
/// <param name="Child">[child]: the cloud that this host stands for.</param>
/// <param name="Placement">[placement]: the parent's, as in the parent's nova.conf.</param>
/// <param name="Glance">[glance]: the parent's images.</param>
/// <param name="Neutron">[neutron]: the parent's networks.</param>
/// <param name="Cinder">[cinder]: the parent's volumes.</param>
/// <param name="CapacityInterval">Between two looks at the child's capacity (60 s).</param>
/// <param name="ReleaseInterval">Between two looks at the parent's release (300 s).</param>
/// <param name="WatchInterval">Between two looks at what changed in the child (10 s).</param>
/// <param name="AuditInterval">Between two full comparisons, which also find deletions (600 s).</param>
/// <param name="ReaperGrace">How long a child server that the parent does not know is left alone (1800 s).</param>
/// <param name="BuildTimeout">How long a build may take in the child (1800 s).</param>
public sealed record NovaProxyOptions(
    CloudOptions Child,
    CloudOptions Placement,
    CloudOptions Glance,
    CloudOptions Neutron,
    CloudOptions Cinder,
    TimeSpan CapacityInterval,
    TimeSpan ReleaseInterval,
    TimeSpan WatchInterval,
    TimeSpan AuditInterval,
    TimeSpan ReaperGrace,
    TimeSpan BuildTimeout)
{
    public static NovaProxyOptions Read(OptionReader reader)
    {
        var own = reader.Group("cascade", "Options of this agent.", own: true);
        return new(
            CloudSection.Read(reader, "child", "The child cloud that this host stands for.", "compute", "placement", "image", "network", "block-storage"),
            CloudSection.Read(reader, "placement", "The parent's placement, as in its nova.conf.", "placement"),
            CloudSection.Read(reader, "glance", "The parent's images.", "image"),
            CloudSection.Read(reader, "neutron", "The parent's networks, as in its nova.conf.", "network"),
            VolumesOptions.ReadCinder(reader),
            own.Seconds("capacity_interval", 60, "Seconds between two looks at the child's capacity.", new() { Min = 5 }),
            own.Seconds("release_interval", 300, "Seconds between two looks at the parent's release.", new() { Min = 10 }),
            own.Seconds("watch_interval", 10, "Seconds between two looks at what changed in the child.", new() { Min = 1 }),
            own.Seconds("audit_interval", 600, "Seconds between two full comparisons of parent and child, which also find deletions.", new() { Min = 10 }),
            own.Seconds("reaper_grace", 1800, "Seconds that a child server which the parent does not know is left alone before it is deleted.", new() { Min = 1 }),
            own.Seconds("build_timeout", 1800, "Seconds that a build may take in the child.", new() { Min = 10 }));
    }
}
