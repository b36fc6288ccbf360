using Cascade.Support;
using Cascade.Support.Seeing;

namespace L3Proxy.Tests.Whole;

/// <summary>What an operator sees of the agent, held against what is.</summary>
sealed class SeenTest
{
    Broker broker = null!;
    WholeWorld world = null!;

    [SetUp]
    public async Task Start()
    {
        broker = await Broker.StartAsync();
        world = await WholeWorld.StartAsync(broker);
    }

    [TearDown]
    public async Task Stop()
    {
        await world.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Test]
    public async Task Its_metrics_status_and_verbs_show_what_is_and_no_secret()
    {
        await using var agent = await SeenAgent.StartAsync("cascade-l3-proxy.dll", broker, world.Configuration("child_away_after = 2"), "Everything is compared (start)");

        await world.Parent.ExpectL3AgentAsync();
        // Told to nobody: a comparison finds that the child lacks it.
        world.Parent.Silent = true;
        var router = world.AddRouter();
        Assert.That((await agent.VerbAsync("mirror", "resync")).Code, Is.Zero);

        var made = await agent.UntilAsync(now => now.Value("cascade_drift_healed_total", ("kind", "routers")) == 1 && now.Value("cascade_pending_operations", ("kind", "routers"), ("waits_for", "agent")) == 0);
        Assert.That(made.Value("cascade_drift_found_total", ("kind", "routers")), Is.EqualTo(1));
        Assert.That(made.Value("cascade_drift_open", ("kind", "routers")), Is.Zero);
        Assert.That(world.ChildRouter(router), Is.Not.Null);

        var (shown, row) = await agent.VerbAsync("mirror", "show", router);
        Assert.That(shown, Is.Zero, row);
        Assert.That(row, Does.Contain($"parent: {router}").And.Contain($"child: {world.ChildRouter(router)!["id"]}"));
        await Expected.OfEveryAgentAsync(agent, "cascade-l3-proxy", "child-1", "floating_ips");
        world.Child.Unreachable = true;
        await agent.UntilAsync(now => now.Value("cascade_child_up") == 0 && now.Value("cascade_agent_healthy") == 0);
    }
}
