using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.Agent.Tests.Health;

sealed class HealthTests
{
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));

    AgentHealth Health() => new(_time, NullLogger<AgentHealth>.Instance);

    [Test]
    public void An_agent_is_not_healthy_before_it_has_registered()
    {
        var health = Health();
        health.Report("broker", HealthState.Up);

        Assert.That(health.IsHealthy, Is.False);
        health.Registered();
        Assert.That(health.IsHealthy);
        Assert.That(health.WhenRegistered.IsCompletedSuccessfully);
    }

    [TestCase(HealthState.Up, true), TestCase(HealthState.Standby, true), TestCase(HealthState.Down, false), TestCase(HealthState.Starting, false)]
    public void One_ill_component_makes_it_ill_and_a_standby_does_not(HealthState state, bool healthy)
    {
        var health = Health();
        health.Registered();
        health.Report("broker", HealthState.Up);
        health.Report("leader", state);

        Assert.That(health.IsHealthy, Is.EqualTo(healthy));
    }

    [Test]
    public void A_state_keeps_the_time_it_began_and_takes_the_newest_detail()
    {
        var health = Health();
        health.Report("child", HealthState.Down, "refused");
        var since = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(1));
        health.Report("child", HealthState.Down, "timed out");

        Assert.That(health.Components.Single(), Is.EqualTo(new ComponentHealth("child", HealthState.Down, "timed out", since)));
        health.Report("child", HealthState.Up);
        Assert.That(health.Components.Single().Since, Is.EqualTo(_time.GetUtcNow()));
    }
}
