using Cascade.NovaProxy.Zones;
using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Tests.Zones;

public sealed class ZoneOptionsTest
{
    [Test]
    public void Both_maps_are_the_parents_word_and_the_childs()
    {
        var reader = Reader("[cascade]\navailability_zones = az-east : nova, az-west:west\naggregate_keys = ssd:fast_disks");
        var options = ZoneOptions.Read(reader);

        Assert.That(options.Zones, Is.EqualTo(new Dictionary<string, string> { ["az-east"] = "nova", ["az-west"] = "west" }));
        Assert.That(options.AggregateKeys, Is.EqualTo(new Dictionary<string, string> { ["ssd"] = "fast_disks" }));
        Assert.That(reader.Faults, Is.Empty);
    }

    [Test]
    public void All_slips_are_told_at_once()
    {
        var reader = Reader("[cascade]\navailability_zones = az-east, a:zone:host, b:c, b:d\naggregate_keys = ssd:");
        ZoneOptions.Read(reader);

        Assert.That(reader.Faults.Select(fault => fault.Message), Is.EqualTo(new[]
        {
            "[cascade] availability_zones: 'az-east' is not PARENT:CHILD",
            "[cascade] availability_zones: 'a:zone:host' is not PARENT:CHILD",
            "[cascade] availability_zones: b is there twice",
            "[cascade] aggregate_keys: 'ssd:' is not PARENT:CHILD",
        }));
    }

    static OptionReader Reader(string text)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        try
        {
            return new(OsloConfiguration.Read([ConfigPath.File(path)], environment: []));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
