using Cascade.NeutronAgent;
using L2Proxy.Tests.Parent;

namespace L2Proxy.Tests.Options;

sealed class OptionsTest
{
    [Test]
    public void Without_a_word_the_defaults_are_neutron_s()
    {
        var options = ParentWorld.Read("");

        Assert.That(NeutronAgentOptions.Read(ParentWorld.Reader("")).ReportInterval.TotalSeconds, Is.EqualTo(30));
        Assert.That((options.IntegrationBridge, options.LocalIp, options.L2Population), Is.EqualTo(("br-int", (string?)null, true)));
        Assert.That(options.TunnelTypes, Is.EqualTo(new[] { "vxlan" }));
        Assert.That(options.PhysicalNetworks, Is.Empty);
    }

    [Test]
    public void Physical_networks_are_the_parent_s_name_and_the_child_s()
    {
        var options = ParentWorld.Read("[cascade]\nphysical_networks = physnet1:datacentre, physext : public");

        Assert.That(options.PhysicalNetworks, Is.EquivalentTo(new Dictionary<string, string> { ["physnet1"] = "datacentre", ["physext"] = "public" }));
    }

    [Test]
    public void All_mistakes_are_told_at_once()
    {
        var reader = ParentWorld.Reader("[cascade]\nphysical_networks = physnet1, a:b, a:c\n[ovs]\nlocal_ip = here\n[agent]\ntunnel_types = stt\nreport_interval = 0");
        NeutronAgentOptions.Read(reader);
        Cascade.L2Proxy.L2ProxyOptions.Read(reader);

        var faults = string.Join('\n', reader.Faults);
        foreach (var part in new[] { "'physnet1' is not PARENT:CHILD", "a is there twice", "'here' is no IP address", "'stt' is none of", "report_interval" })
        {
            Assert.That(faults, Does.Contain(part));
        }
    }
}
