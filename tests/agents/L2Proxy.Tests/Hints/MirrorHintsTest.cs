using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Ports;
using Cascade.NeutronAgent.Hints;

namespace L2Proxy.Tests.Hints;

/// <summary>What is our business of what is told to everybody.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class MirrorHintsTest
{
    const string Id = "11111111-1111-1111-1111-111111111111";
    const string Host = "child-1";

    readonly PortBook ports = new();
    readonly RouterPortBook routers = new();
    readonly List<string> noted = [];
    readonly MirrorHints hints;

    public MirrorHintsTest()
    {
        var agendas = new Agendas();
        agendas.Join(port => noted.Add($"port {port}"), network => noted.Add($"network {network}"), _ => { });
        hints = new(ports, routers, new NetworkBook(), agendas, new MirrorRules(Host));
    }

    [TestCase(Host, true)]
    [TestCase("child-2", false)]
    [TestCase("", false)]
    public async Task A_port_is_ours_where_it_is_bound(string host, bool ours)
    {
        await TellAsync(NeutronObjects.Port, HintEvents.Changed, host);

        Assert.That(noted, ours ? Is.EqualTo(new[] { $"port {Id}" }) : Is.Empty);
    }

    [TestCase(HintEvents.Deleted)]
    [TestCase(HintEvents.Changed)]
    public async Task One_that_goes_while_it_is_read_for_the_first_time_is_looked_at_again(HintEvents events)
    {
        ports.Touched.Add(Id);

        await TellAsync(NeutronObjects.Port, events, "child-2");

        Assert.That(noted, Is.EqualTo(new[] { $"port {Id}" }), "what is being read may be older");
    }

    [Test]
    public async Task A_port_that_goes_and_was_never_here_is_nobody_s_business()
    {
        await TellAsync(NeutronObjects.Port, HintEvents.Deleted);

        Assert.That(noted, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_network_that_is_made_for_the_first_time_is_looked_at_again(bool forRouter)
    {
        if (forRouter)
        {
            routers.Set("port", Id);
        }
        else
        {
            ports.Set(new("port", Id, "project", "fa:16:3e:00:00:01", true, "", null, null, null, 0));
        }

        await TellAsync(NeutronObjects.Network, HintEvents.Changed);

        Assert.That(noted, Is.EqualTo(new[] { $"network {Id}" }));
    }

    [Test]
    public async Task A_network_on_which_nothing_is_ours_is_nobody_s_business()
    {
        await TellAsync(NeutronObjects.Network, HintEvents.Changed);

        Assert.That(noted, Is.Empty);
    }

    ValueTask TellAsync(string type, HintEvents events, string? host = null) =>
        hints.TakeAsync(new(type, Id, events) { Hosts = host is null ? null : new HashSet<string> { host } }, default);
}
