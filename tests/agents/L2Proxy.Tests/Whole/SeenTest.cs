using Cascade.Support;
using Cascade.Support.Parent;
using Cascade.Support.Seeing;

namespace L2Proxy.Tests.Whole;

/// <summary>What an operator sees of the agent, held against what is.</summary>
sealed class SeenTest
{
    Broker broker = null!;
    ScriptedNeutron parent = null!;
    FakeCloud child = null!;

    [SetUp]
    public async Task Start()
    {
        broker = await Broker.StartAsync();
        parent = await ScriptedNeutron.StartAsync(broker);
        child = await FakeCloud.StartAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await parent.DisposeAsync();
        await child.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Test]
    public async Task Its_metrics_status_and_verbs_show_what_is_and_no_secret()
    {
        var network = parent.Server.AddNetwork();
        parent.Server.AddSubnet(network);
        var port = parent.Server.AddPort(network, "child-1");
        await using var agent = await SeenAgent.StartAsync("cascade-l2-proxy.dll", broker, parent.Configuration(child, "child_away_after = 2"), "Everything is compared (start)");

        // It was there before the agent: a comparison found that the child lacks it.
        var made = await agent.UntilAsync(now => now.Value("cascade_drift_healed_total", ("kind", "ports")) == 1 && now.Value("cascade_pending_operations", ("kind", "ports"), ("waits_for", "agent")) == 0);
        Assert.That(made.Value("cascade_drift_found_total", ("kind", "ports")), Is.EqualTo(1));
        Assert.That(made.Value("cascade_drift_open", ("kind", "ports")), Is.Zero);
        Assert.That(child.Neutron.Ports.Select(seen => (string?)seen["mac_address"]), Does.Contain((string?)parent.Server.Port(port)!["mac_address"]));
        await agent.UntilAsync(now => now.Value("cascade_rpc_queue_consumers", ("queue", "q-agent-notifier-port-update_fanout"), ("role", "fanout")) == 1);

        // What cannot be done is in trouble, and the oldest of it gets older.
        child.On("POST", "/ports").Fail(1000, 500);
        parent.Server.AddPort(network, "child-1");
        await agent.UntilAsync(now => now.Value("cascade_pending_troubled", ("kind", "ports"), ("waits_for", "agent")) == 1 && now.Value("cascade_pending_oldest_seconds", ("kind", "ports"), ("waits_for", "agent")) > 1);
        child.Heal();
        await agent.UntilAsync(now => now.Value("cascade_pending_troubled", ("kind", "ports"), ("waits_for", "agent")) == 0);

        await Expected.OfEveryAgentAsync(agent, "cascade-l2-proxy", "child-1", "ports");
        child.Unreachable = true;
        await agent.UntilAsync(now => now.Value("cascade_child_up") == 0 && now.Value("cascade_agent_healthy") == 0);
    }
}
