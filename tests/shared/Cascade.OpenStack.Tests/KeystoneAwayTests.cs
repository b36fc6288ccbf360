using Cascade.Support;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.OpenStack.Tests;

/// <summary>Keystone gives no token for five minutes, on a clock that the test turns.</summary>
[TestFixture]
public sealed class KeystoneAwayTests : CloudTest
{
    static readonly TimeSpan NineTenths = TimeSpan.FromMinutes(55);

    readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-11-22T18:00:00Z"));

    protected override FakeCloudOptions Setup => new() { Time = time };

    [Test]
    public async Task A_token_that_is_due_for_renewal_serves_on_while_keystone_is_away_and_is_renewed_when_it_is_back()
    {
        var client = await HeldAsync();
        time.Advance(NineTenths);
        Fake.On("POST", "/auth/tokens").Fail(int.MaxValue, 503);
        Fake.ForgetRequests();

        for (var minute = 0; minute < 4; minute++)
        {
            await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
            await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That((Fake.Count("GET", "/flavors/1"), Fake.Count("POST", "/auth/tokens")), Is.EqualTo((8, 4)), "it is asked for once in a while, not for each request");
        Fake.Heal();
        await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        Assert.That(Fake.Keystone.Issued, Is.EqualTo(2));
    }

    [Test]
    public async Task Without_a_token_that_is_good_keystones_silence_is_the_clouds()
    {
        var client = await HeldAsync();
        time.Advance(TimeSpan.FromMinutes(60));
        Fake.On("POST", "/auth/tokens").Fail(int.MaxValue, 503);

        var fault = await FaultOfAsync(() => client.Compute.Flavors.GetAsync(Scope.Own, "1", Now));

        Assert.That((fault.Kind, fault.Service), Is.EqualTo((FaultKind.Unavailable, "identity")));
    }

    [Test]
    public async Task A_rotated_password_is_keystones_refusal_and_the_old_token_is_not_used_on()
    {
        var client = await HeldAsync();
        // keystone revokes a user's tokens with his password (keystone/identity/core.py: _persist_revocation_event_for_user).
        Fake.Keystone.Password = "another-4719";
        Fake.Keystone.RevokeAll();

        var fault = await FaultOfAsync(() => client.Compute.Flavors.GetAsync(Scope.Own, "1", Now));

        Assert.That((fault.Kind, fault.Service, fault.Status), Is.EqualTo((FaultKind.Forbidden, "identity", (int?)401)));
        Assert.That(fault.Message, Does.Not.Contain("4711").And.Not.Contain("4719"));
    }

    async Task<Cloud> HeldAsync()
    {
        var client = Client(Options with { Retry = new RetryOptions { MaxRetries = 0 } }, time);
        await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        return client;
    }
}
