using Cascade.Support;
using Cascade.Support.Parent;

namespace NovaProxy.Tests.Whole;

/// <summary>The child's Keystone is away for a while, or takes the agent's password no more.</summary>
sealed class KeystoneTroubleTest : WholeTest
{
    [Test]
    public async Task An_order_waits_for_keystone_and_is_done_once_when_it_is_back()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("nova-compute child-1 is serving");
        await Parent.ExpectServiceAsync();
        Child.On("POST", "/auth/tokens").Fail(int.MaxValue, 503);
        Child.Keystone.RevokeAll();

        var uuid = await Parent.BootAsync();
        await agent.UntilWrittenAsync("are parked");
        await agent.UntilWrittenAsync("child is down");
        Child.Heal();

        await Parent.ExpectInstanceAsync(uuid, "active");
        Assert.That((Child.Nova.Made, Parent.Conductor.Rescheduled.Count), Is.EqualTo((1, 0)), agent.Log);
    }

    [Test]
    public async Task An_order_waits_for_the_restart_with_the_password_that_was_rotated()
    {
        string uuid;
        await using (var agent = Start())
        {
            await agent.UntilWrittenAsync("nova-compute child-1 is serving");
            await Parent.ExpectServiceAsync();
            // No look at the child comes before the order: what finds out is the order itself.
            Child.Keystone.Password = "another-4719";
            Child.Keystone.RevokeAll();
            uuid = await Parent.BootAsync();

            await agent.UntilWrittenAsync("are parked");
            await agent.UntilWrittenAsync("child is down");
            await agent.ReloadAsync(Parent.Configuration(Child, Slow));
            await agent.UntilWrittenAsync("SIGHUP: ignoring change to immutable option [child] password, restart to take it over");
            await agent.StopAsync();
            Assert.That(agent.Log, Does.Not.Contain("4711").And.Not.Contain("4719"));
        }

        await using var next = Start();
        await Parent.ExpectInstanceAsync(uuid, "active");
        Assert.That((Child.Nova.Made, Parent.Conductor.Rescheduled.Count), Is.EqualTo((1, 0)), next.Log);
    }

    const string Slow = "child_away_after = 30";

    AgentUnderTest Start() => AgentUnderTest.Start("cascade-nova-proxy.dll", Parent.Configuration(Child, Slow));
}
