using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Servers.Delete;

/// <summary>[DEFAULT], in nova's own word (nova/conf/compute.py). It must be set in the parent's nova-api too, which puts deletions off only then.</summary>
internal sealed record ReclaimOptions
{
    /// <summary>How long a deleted instance may be restored; zero never ends the time.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.Zero;

    public static ReclaimOptions Read(OptionReader reader) => new()
    {
        Interval = TimeSpan.FromSeconds(Math.Max(0, reader.Group("DEFAULT").Int(
            "reclaim_instance_interval",
            0,
            "Seconds after which an instance that was deleted and can be restored is deleted for good, as in the parent's nova.conf. 0 or less never does."))),
    };
}
