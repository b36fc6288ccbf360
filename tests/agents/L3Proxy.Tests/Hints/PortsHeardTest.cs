using Cascade.Agent;
using Cascade.Contracts.Events;
using Cascade.L3Proxy.Notices;
using Cascade.L3Proxy.Placeholders;
using Cascade.L3Proxy.Routers;
using Microsoft.Extensions.Logging.Abstractions;

namespace L3Proxy.Tests.Hints;

/// <summary>What L2-Proxy says on the agents' own bus: which router it makes worth a look.</summary>
public sealed class PortsHeardTest
{
    const string Here = "cloud-a";

    [TestCase(Here, "inner", new[] { "waits" }, TestName = "The router whose floating IP waits for it is looked at")]
    [TestCase(Here, "there", new string[0], TestName = "One whose floating IP leads to it already is not")]
    [TestCase(Here, "nobody's", new string[0], TestName = "Nor is any for a port to which nothing leads")]
    [TestCase("cloud-b", "inner", new string[0], TestName = "Nor is any for a port of another host")]
    public async Task A_port_that_is_made_is_heard_of(string host, string port, string[] looked)
    {
        var book = new RouterBook();
        book.Set(new("waits", "child-1") { FloatingIps = new Dictionary<string, FloatingIpState> { ["ip-1"] = new("DOWN", "inner", null, null) } });
        book.Set(new("served", "child-2") { FloatingIps = new Dictionary<string, FloatingIpState> { ["ip-2"] = new("ACTIVE", "there", "child-ip", null) } });
        var agendas = new Agendas();
        var noted = new List<string>();
        agendas.Join(noted.Add, _ => { });
        var heard = new PortsHeard(new AgentOptions(Here, "192.0.2.10", null, "neutron", default, default, default, default, 1, default), book, new PlaceholderMirroring(null!, null!, NullLogger<PlaceholderMirroring>.Instance), agendas);

        await heard.HearAsync(new PortReady(host, port, "child-inner", "DOWN"), default);

        Assert.That(noted, Is.EqualTo(looked));
    }
}
