using System.Threading.Channels;
using Cascade.Agent;
using Cascade.Agent.Events;
using Cascade.Contracts.Events;
using Cascade.L2Proxy.Ports;

namespace L2Proxy.Tests.Ports;

/// <summary>What is told to the other agents of a port.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class PortEventsTest : IEvents
{
    readonly Channel<object> told = Channel.CreateUnbounded<object>();

    static readonly AgentOptions Agent = new(
        "child-1", "127.0.0.1", null, "neutron", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1800), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), 64, TimeSpan.FromSeconds(12));

    static readonly PortEntry Port = new("parent-port", "network", "project", "fa:16:3e:00:00:01", true, "", null, "child-port", "DOWN", 0);

    public bool IsOn => true;

    [Test]
    public void A_port_that_is_ready_and_one_that_is_active_are_told_with_both_ids()
    {
        var events = new PortEventsTold(this, Agent);
        events.Ready(Port);
        events.Active(Port, "ACTIVE");

        Assert.That(Told(), Is.EqualTo(new object[] { new PortReady("child-1", "parent-port", "child-port", "DOWN"), new PortActive("child-1", "parent-port", "child-port", "ACTIVE") }));
    }

    [Test]
    public void A_port_that_the_child_does_not_have_is_not_told()
    {
        var events = new PortEventsTold(this, Agent);
        events.Ready(Port with { ChildId = null });
        events.Active(Port with { ChildId = null }, "DOWN");

        Assert.That(Told(), Is.Empty);
    }

    public void Tell<TEvent>(TEvent what)
        where TEvent : class => told.Writer.TryWrite(what);

    List<object> Told()
    {
        var all = new List<object>();
        while (told.Reader.TryRead(out var one))
        {
            all.Add(one);
        }

        return all;
    }
}
