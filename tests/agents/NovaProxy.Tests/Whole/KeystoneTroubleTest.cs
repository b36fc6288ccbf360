using Cascade.Support;
using Cascade.Support.Parent;

namespace NovaProxy.Tests.Whole;

/// <summary>The child's Keystone is away for a while, or takes the agent's password no more.</summary>
sealed class KeystoneTroubleTest
{
    Broker broker = null!;
    ScriptedParent parent = null!;
    FakeCloud child = null!;

    [OneTimeSetUp]
    public async Task StartBroker() => broker = await Broker.StartAsync();

    [OneTimeTearDown]
    public async Task StopBroker() => await broker.DisposeAsync();

    [SetUp]
    public async Task StartClouds()
    {
        parent = await ScriptedParent.StartAsync(broker);
        child = await FakeCloud.StartAsync();
        child.Placement.Add("node-1", ("VCPU", 16), ("MEMORY_MB", 32768), ("DISK_GB", 500)).Traits.Add("COMPUTE_NODE");
    }

    [TearDown]
    public async Task StopClouds()
    {
        await parent.DisposeAsync();
        await child.DisposeAsync();
    }

    [Test]
    public async Task An_order_waits_for_keystone_and_is_done_once_when_it_is_back()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("nova-compute child-1 is serving");
        await parent.ExpectServiceAsync();
        child.On("POST", "/auth/tokens").Fail(int.MaxValue, 503);
        child.Keystone.RevokeAll();

        var uuid = await parent.BootAsync();
        await agent.UntilWrittenAsync("are parked");
        await agent.UntilWrittenAsync("child is down");
        child.Heal();

        await parent.ExpectInstanceAsync(uuid, "active");
        Assert.That((child.Nova.Made, parent.Conductor.Rescheduled.Count), Is.EqualTo((1, 0)), agent.Log);
    }

    [Test]
    public async Task An_order_waits_for_the_restart_with_the_password_that_was_rotated()
    {
        string uuid;
        await using (var agent = Start())
        {
            await agent.UntilWrittenAsync("nova-compute child-1 is serving");
            await parent.ExpectServiceAsync();
            // No look at the child comes before the order: what finds out is the order itself.
            child.Keystone.Password = "another-4719";
            child.Keystone.RevokeAll();
            uuid = await parent.BootAsync();

            await agent.UntilWrittenAsync("are parked");
            await agent.UntilWrittenAsync("child is down");
            await agent.ReloadAsync(parent.Configuration(child, Slow));
            await agent.UntilWrittenAsync("SIGHUP: ignoring change to immutable option [child] password, restart to take it over");
            await agent.StopAsync();
            Assert.That(agent.Log, Does.Not.Contain("4711").And.Not.Contain("4719"));
        }

        await using var next = Start();
        await parent.ExpectInstanceAsync(uuid, "active");
        Assert.That((child.Nova.Made, parent.Conductor.Rescheduled.Count), Is.EqualTo((1, 0)), next.Log);
    }

    const string Slow = "child_away_after = 30";

    AgentUnderTest Start() => AgentUnderTest.Start("cascade-nova-proxy.dll", parent.Configuration(child, Slow));
}
