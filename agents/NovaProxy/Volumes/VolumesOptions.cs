using Cascade.Agent;
using Cascade.OpenStack;
using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Volumes;

/// <summary>What nova.conf says of volumes, in its own words and with Zed's defaults (nova/conf/compute.py, nova/conf/cinder.py).</summary>
public sealed record VolumesOptions
{
    /// <summary>How often a native compute looks again whether a volume that a build made is there.</summary>
    public int AllocateRetries { get; init; } = 60;

    /// <summary>Between two such looks.</summary>
    public TimeSpan AllocateInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether a volume may be in another availability zone than its server.</summary>
    public bool CrossAzAttach { get; init; } = true;

    /// <summary>Disks of one server; less than zero: no limit.</summary>
    public int MaxDisks { get; init; } = -1;

    /// <summary>How long a build waits for a volume that it made.</summary>
    public TimeSpan AllocateTimeout => AllocateRetries * AllocateInterval;

    public static VolumesOptions Read(OptionReader reader)
    {
        var standard = new VolumesOptions();
        var group = reader.Group("DEFAULT");
        return new()
        {
            AllocateRetries = group.Int(
                "block_device_allocate_retries", standard.AllocateRetries, "How often a build looks again whether a volume that it made is there.", new() { Min = 0 }),
            AllocateInterval = group.Seconds(
                "block_device_allocate_retries_interval", standard.AllocateInterval.TotalSeconds, "Seconds between two such looks; the product is what a build waits.", new() { Min = 0 }),
            CrossAzAttach = reader.Group("cinder").Bool(
                "cross_az_attach", standard.CrossAzAttach, "Whether a volume may be in another availability zone than its server. With several children say false, as in the parent's nova.conf."),
            MaxDisks = reader.Group("compute").Int("max_disk_devices_to_attach", standard.MaxDisks, "Disks of one server; less than 0 is no limit."),
        };
    }

    /// <summary>[cinder]: as the other sections of a cloud, and in the two words that only this one has in nova.conf.</summary>
    public static CloudOptions ReadCinder(OptionReader reader)
    {
        var section = CloudSection.Read(reader, "cinder", "The parent's volumes, as in its nova.conf.", "block-storage");
        var group = reader.Group("cinder");
        var region = group.Text("os_region_name", null, "Region of the catalog, as nova.conf names it here; else region_name.");
        var info = group.Text("catalog_info", null, "TYPE:NAME:INTERFACE as in nova.conf; only the interface counts, for instance volumev3::internalURL.");
        return section with
        {
            RegionName = region ?? section.RegionName,
            ValidInterfaces = info?.Split(':') is [_, _, { Length: > 0 } wanted] ? [wanted.EndsWith("URL", StringComparison.Ordinal) ? wanted[..^3] : wanted] : section.ValidInterfaces,
        };
    }
}
