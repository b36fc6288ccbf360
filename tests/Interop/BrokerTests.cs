using Cascade.Support;

namespace Cascade.Interop;

/// <summary>The fixture itself: what other tests take for granted about it.</summary>
[TestFixtureSource(typeof(Generations))]
public class BrokerTests(Generation generation)
{
    [Test]
    public async Task A_stopped_broker_comes_back_with_its_virtual_hosts_and_ports()
    {
        await using var broker = await Broker.StartAsync(generation);
        var vhost = await broker.VhostAsync();
        var port = broker.Port;

        await broker.RestartAsync();

        Assert.That(await broker.CtlAsync("list_vhosts"), Does.Contain(vhost));
        Assert.That(broker.Port, Is.EqualTo(port));
    }
}
