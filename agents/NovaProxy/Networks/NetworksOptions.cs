using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Networks;

/// <summary>[DEFAULT], in nova's own words and with Zed's defaults (nova/conf/compute.py).</summary>
public sealed record NetworksOptions
{
    /// <summary>How long a build waits for what Neutron plugs, in the child and in the parent. Zero: not for the parent's word.</summary>
    public TimeSpan VifPluggingTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Whether a build ends in an error when that does not come in time.</summary>
    public bool VifPluggingIsFatal { get; init; } = true;

    /// <summary>Between two instances whose network info is read anew; zero: never.</summary>
    public TimeSpan HealInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The network whose addresses become a server's access addresses when its tenant gave none.</summary>
    public string? DefaultAccessIpNetworkName { get; init; }

    /// <summary>How long a port of a child may take that no event tells of; then its absence is a failure even where nothing waits for the parent's word.</summary>
    public TimeSpan ChildPortTimeout => VifPluggingTimeout > TimeSpan.Zero ? VifPluggingTimeout : TimeSpan.FromSeconds(300);

    public static NetworksOptions Read(OptionReader reader)
    {
        var group = reader.Group("DEFAULT");
        var standard = new NetworksOptions();
        return new()
        {
            VifPluggingTimeout = group.Seconds(
                "vif_plugging_timeout",
                standard.VifPluggingTimeout.TotalSeconds,
                "Seconds that a build waits for its ports: for those of the child to appear, and for the parent's to become active. 0 does not wait for the parent's.",
                new() { Min = 0 }),
            VifPluggingIsFatal = group.Bool(
                "vif_plugging_is_fatal", standard.VifPluggingIsFatal, "A build whose ports are not active in time ends in an error; else it goes on without them."),
            DefaultAccessIpNetworkName = group.Text(
                "default_access_ip_network_name", null, "Network of the parent whose addresses become the access addresses of a server that is given none."),
            HealInterval = Positive(group.Int(
                "heal_instance_info_cache_interval",
                (int)standard.HealInterval.TotalSeconds,
                "Seconds between two instances whose network info is read anew from the parent's Neutron. 0 or less never does.")),
        };
    }

    static TimeSpan Positive(int seconds) => TimeSpan.FromSeconds(Math.Max(0, seconds));
}
