using Cascade.L3Proxy;
using Cascade.NeutronAgent;
using Cascade.Oslo.Config;

namespace L3Proxy.Tests.Options;

sealed class OptionsTest
{
    [Test]
    public void Without_a_word_the_defaults_are_neutron_s()
    {
        var options = L3ProxyOptions.Read(Reader(""));

        Assert.That((options.AgentMode, options.AvailabilityZone, options.HandleInternalOnlyRouters), Is.EqualTo(("legacy", "nova", true)));
        Assert.That(options.ExternalNetworks, Is.Empty);
    }

    [Test]
    public void External_networks_are_the_parent_s_and_the_child_s()
    {
        var options = L3ProxyOptions.Read(Reader("[cascade]\nexternal_networks = aaaa:bbbb, cccc : dddd"));

        Assert.That(options.ExternalNetworks, Is.EquivalentTo(new Dictionary<string, string> { ["aaaa"] = "bbbb", ["cccc"] = "dddd" }));
    }

    [Test]
    public void All_mistakes_are_told_at_once()
    {
        var reader = Reader("agent_mode = dvr\nhandle_internal_only_routers = perhaps\n[cascade]\nexternal_networks = one, a:b, a:c\naudit_interval = 0\n[agent]\nreport_interval = soon", top: true);
        NeutronAgentOptions.Read(reader);
        L3ProxyOptions.Read(reader);

        var faults = string.Join('\n', reader.Faults);
        foreach (var part in new[] { "write one of legacy, dvr_snat", "handle_internal_only_routers", "'one' is not PARENT:CHILD", "a is there twice", "audit_interval", "report_interval" })
        {
            Assert.That(faults, Does.Contain(part));
        }
    }

    static OptionReader Reader(string more, bool top = false)
    {
        var child = "[child]\nauth_url = http://127.0.0.1:5000/v3\nusername = u\npassword = p\nproject_name = service\nuser_domain_name = Default\nproject_domain_name = Default\n";
        var file = Path.GetTempFileName();
        File.WriteAllText(file, top ? $"[DEFAULT]\n{more}\n{child}" : $"{child}{more}\n");
        try
        {
            return new(OsloConfiguration.Read([ConfigPath.File(file)], environment: []));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
