using Cascade.OpenStack.Compute;
using Cascade.Support;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.OpenStack.Tests;

/// <summary>Pauses and time-outs, on a clock that the test turns.</summary>
[TestFixture]
public sealed class TimeTests : CloudTest
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-11-22T18:00:00Z"));

    protected override FakeCloudOptions Setup => new() { Time = time, TokenLife = TimeSpan.FromDays(10_000) };

    private Cloud Patient(TimeSpan maxDelay, int retries = 3) =>
        Client(Options with { Retry = new RetryOptions { MaxRetries = retries, BaseDelay = TimeSpan.FromSeconds(1), MaxDelay = maxDelay } }, time);

    /// <summary>Turns the clock by seconds until the work is done.</summary>
    private async Task TurnAsync(Task work)
    {
        while (!work.IsCompleted && !Now.IsCancellationRequested)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    /// <summary>Turns the clock so that pauses pass, but leaves real answers the time to come before time-outs do.</summary>
    private Task TurnSlowlyAsync(Func<bool> done) => Fake.UntilAsync(_ =>
    {
        time.Advance(TimeSpan.FromSeconds(1));
        return done();
    });

    [TestCase(429)]
    [TestCase(503)]
    public async Task Retry_after_is_waited_for(int status)
    {
        var client = Patient(TimeSpan.FromSeconds(60));
        await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        Fake.ForgetRequests();
        Fake.On("GET", "/flavors/*").FailOnce(status, retryAfter: 3);

        var asked = client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        await TurnSlowlyAsync(() => asked.IsCompleted);

        await asked;
        var at = Fake.Matching("GET", "/flavors/1").Select(request => request.At).ToList();
        Assert.That(at, Has.Count.EqualTo(2));
        Assert.That(at[1] - at[0], Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task A_retry_after_beyond_our_patience_ends_the_call_and_is_handed_on()
    {
        var client = Patient(TimeSpan.FromSeconds(10));
        Fake.On("GET", "/flavors/*").FailOnce(503, retryAfter: 3600);

        var fault = await FaultOfAsync(() => client.Compute.Flavors.GetAsync(Scope.Own, "1", Now));

        Assert.That((fault.RetryAfter, Fake.Count("GET", "/flavors/1")), Is.EqualTo(((TimeSpan?)TimeSpan.FromHours(1), 1)));
    }

    [Test]
    public async Task A_post_that_is_told_to_wait_hands_the_wait_on()
    {
        var client = Patient(TimeSpan.FromSeconds(60));
        Fake.On("POST", "/servers").FailOnce(429, retryAfter: 5);

        var fault = await FaultOfAsync(() => client.Compute.Servers.CreateAsync(
            Scope.Own, new ServerCreate { Name = "a", FlavorRef = "1", Networks = ServerNetworks.None }, Now));

        Assert.That((fault.RetryAfter, fault.WorthRetrying, fault.ResultUnknown), Is.EqualTo(((TimeSpan?)TimeSpan.FromSeconds(5), true, false)));
    }

    [Test]
    public async Task A_post_that_is_not_answered_in_time_ends_with_nobody_knowing()
    {
        var client = Patient(TimeSpan.FromSeconds(1));
        await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        var held = Fake.On("POST", "/servers").HoldAfter();

        var asked = client.Compute.Servers.CreateAsync(Scope.Own, new ServerCreate { Name = "a", FlavorRef = "1", Networks = ServerNetworks.None }, Now);
        await held.Arrived;
        await TurnAsync(asked);

        var fault = await FaultOfAsync(() => asked);
        Assert.That((fault.Kind, fault.ResultUnknown, fault.Status), Is.EqualTo((FaultKind.Unavailable, true, (int?)null)));
        Assert.That(Fake.Count("POST", "/servers"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_get_that_hangs_once_is_asked_again()
    {
        var client = Patient(TimeSpan.FromSeconds(1));
        await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        var held = Fake.On("GET", "/flavors/*").HoldBefore();

        var asked = client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        await held.Arrived;
        time.Advance(ServiceTimeouts.Default.Attempt);
        await TurnSlowlyAsync(() => asked.IsCompleted);

        Assert.That((await asked).Id, Is.EqualTo("1"));
    }

    [Test]
    public async Task A_body_that_drips_is_ended_by_the_time_of_an_attempt()
    {
        var client = Patient(TimeSpan.FromSeconds(1), retries: 0);
        await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        var drip = Fake.On("GET", "/flavors/*").SlowDrip(TimeSpan.FromHours(1));

        var asked = client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        await drip.Arrived;
        await TurnAsync(asked);

        Assert.That((await FaultOfAsync(() => asked)).Kind, Is.EqualTo(FaultKind.Unavailable));
    }

    [Test]
    public async Task A_link_that_went_silent_is_noticed()
    {
        await using var link = TcpFault.Before("127.0.0.1", Fake.Port);
        var client = Client(
            Options with
            {
                EndpointOverrides = new Dictionary<string, Uri> { ["compute"] = new($"http://127.0.0.1:{link.Port}/compute/v2.1") },
                Retry = new RetryOptions { MaxRetries = 0 },
            },
            time);
        await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        link.GoSilent();

        var asked = client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        await TurnAsync(asked);
        Assert.That((await FaultOfAsync(() => asked)).Kind, Is.EqualTo(FaultKind.Unavailable));

        link.Heal();
        Assert.That((await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now)).Id, Is.EqualTo("1"));
    }
}
