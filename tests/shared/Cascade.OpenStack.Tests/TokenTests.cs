using Cascade.Support;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.OpenStack.Tests;

[TestFixture]
public sealed class TokenTests : CloudTest
{
    private Task FlavorAsync(Scope? scope = null) => Cloud.Compute.Flavors.GetAsync(scope ?? Scope.Own, "1", Now);

    [Test]
    public async Task One_token_serves_many_requests()
    {
        await FlavorAsync();
        await FlavorAsync();

        Assert.That(Fake.Keystone.Issued, Is.EqualTo(1));
    }

    [Test]
    public async Task Many_who_want_a_token_at_once_get_the_same_one()
    {
        var held = Fake.On("POST", "/auth/tokens").HoldBefore(100);
        var all = Enumerable.Range(0, 50).Select(_ => FlavorAsync()).ToList();
        await held.Arrived;
        held.Release();
        await Task.WhenAll(all);

        Assert.That(Fake.Keystone.Issued, Is.EqualTo(1));
    }

    [Test]
    public async Task One_who_gives_up_does_not_take_the_token_from_the_others()
    {
        var held = Fake.On("POST", "/auth/tokens").HoldBefore();
        using var stop = new CancellationTokenSource();
        var first = Cloud.Identity.TokenAsync(Scope.Own, stop.Token);
        var second = Cloud.Identity.TokenAsync(Scope.Own, Now);
        await held.Arrived;
        await stop.CancelAsync();
        held.Release();

        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await second).UserId, Is.EqualTo(Fake.Keystone.UserId));
        Assert.That(Fake.Keystone.Issued, Is.EqualTo(1));
    }

    [Test]
    public async Task A_refused_token_is_renewed_once_and_the_request_sent_again()
    {
        await FlavorAsync();
        Fake.Keystone.RevokeAll();

        await FlavorAsync();

        Assert.That((Fake.Keystone.Issued, Fake.Count("GET", "/flavors/1")), Is.EqualTo((2, 3)));
    }

    [Test]
    public async Task Tokens_are_counted_by_what_became_of_them()
    {
        var counted = new System.Collections.Concurrent.ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, to) =>
            {
                if (instrument.Name.StartsWith("cascade.openstack.tokens", StringComparison.Ordinal))
                {
                    to.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            // Other tests count at the same time, for clouds of other names.
            var of = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string?)tag.Value, StringComparer.Ordinal);
            if (of["cloud"] == "counted")
            {
                counted.AddOrUpdate($"{instrument.Name} {of.GetValueOrDefault("outcome")}", count, (_, before) => before + count);
            }
        });
        listener.Start();
        using var cloud = new Cloud(Options with { Name = "counted" });

        await cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        Fake.Keystone.RevokeAll();
        await cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        Fake.Keystone.RevokeAll();
        Fake.On("POST", "/auth/tokens").Fail(100, 500);
        Assert.That(() => cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now), Throws.InstanceOf<CloudFault>());

        Assert.That(counted, Is.EquivalentTo(new Dictionary<string, long>
        {
            ["cascade.openstack.tokens issued"] = 1, ["cascade.openstack.tokens renewed"] = 1, ["cascade.openstack.tokens failed"] = 1, ["cascade.openstack.tokens.refused "] = 2,
        }));
    }

    [Test]
    public async Task Even_a_post_is_sent_again_after_a_401_because_it_was_not_let_in()
    {
        await FlavorAsync();
        Fake.Keystone.RevokeAll();

        await Cloud.Compute.Servers.CreateAsync(Scope.Own, new() { Name = "a", FlavorRef = "1", Networks = Compute.ServerNetworks.None }, Now);

        Assert.That((Fake.Nova.Made, Fake.Keystone.Issued), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task A_second_401_is_final()
    {
        Fake.On("GET", "/flavors/*").Fail(100, 401);

        var fault = await FaultOfAsync(() => FlavorAsync());

        Assert.That((fault.Kind, fault.Status, Fake.Count("GET", "/flavors/1"), Fake.Keystone.Issued), Is.EqualTo((FaultKind.Forbidden, (int?)401, 2, 2)));
    }

    [Test]
    public async Task Many_refused_with_one_token_renew_it_once()
    {
        await FlavorAsync();
        Fake.Keystone.RevokeAll();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => FlavorAsync()));

        Assert.That(Fake.Keystone.Issued, Is.EqualTo(2));
    }

    [TestCase(53, 1, TestName = "within nine tenths of an hour the token is kept")]
    [TestCase(55, 2, TestName = "after nine tenths of an hour it is renewed unasked")]
    public async Task A_token_is_used_for_nine_tenths_of_its_life(int minutes, int issued)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-22T18:00:00Z"));
        await using var fake = await FakeCloud.StartAsync(new FakeCloudOptions { Time = time });
        var client = Client(OptionsFor(fake), time);

        await client.Identity.TokenAsync(Scope.Own, Now);
        time.Advance(TimeSpan.FromMinutes(minutes));
        await client.Identity.TokenAsync(Scope.Own, Now);

        Assert.That(fake.Keystone.Issued, Is.EqualTo(issued));
    }

    [Test]
    public async Task A_clock_of_ours_that_is_hours_wrong_does_not_cost_a_token_a_request()
    {
        Fake.Skew = TimeSpan.FromHours(-7);

        await FlavorAsync();
        await FlavorAsync();

        Assert.That(Fake.Keystone.Issued, Is.EqualTo(1));
    }

    [Test]
    public async Task Each_project_has_a_token_of_its_own()
    {
        await FlavorAsync(Scope.Project("tenant-a"));
        await FlavorAsync(Scope.Project("tenant-b"));
        await FlavorAsync(Scope.Project("tenant-a"));

        Assert.That(Fake.Keystone.Issued, Is.EqualTo(2));
        Assert.That(Fake.Matching("GET", "/flavors/1").Select(request => request.ProjectId), Is.EqualTo(new[] { "tenant-a", "tenant-b", "tenant-a" }));
    }

    [Test]
    public async Task A_project_where_we_have_no_role_is_forbidden()
    {
        Fake.Keystone.Close("tenant-x");

        var fault = await FaultOfAsync(() => FlavorAsync(Scope.Project("tenant-x")));

        Assert.That((fault.Kind, fault.Service), Is.EqualTo((FaultKind.Forbidden, "identity")));
    }

    [Test]
    public async Task The_own_user_and_project_are_known()
    {
        Assert.That(await Cloud.Identity.UserIdAsync(Now), Is.EqualTo(Fake.Keystone.UserId));
        Assert.That(await Cloud.Identity.ProjectIdAsync(Scope.Own, Now), Is.EqualTo(Fake.Keystone.ProjectId));
    }

    [Test]
    public async Task An_application_credential_works_for_its_own_project_and_for_no_other()
    {
        var client = Client(new CloudOptions
        {
            AuthUrl = Fake.AuthUrl,
            ApplicationCredentialId = Fake.Keystone.ApplicationCredentialId,
            ApplicationCredentialSecret = Fake.Keystone.ApplicationCredentialSecret,
        });

        Assert.That(await client.Identity.UserIdAsync(Now), Is.EqualTo(Fake.Keystone.UserId));
        var fault = await FaultOfAsync(() => client.Identity.TokenAsync(Scope.Project("tenant-a"), Now));
        Assert.That(fault.Kind, Is.EqualTo(FaultKind.Unsupported));
        Assert.That(fault.Message, Does.Contain("application credential").And.Contain("tenant-a"));
    }

    [Test]
    public async Task A_tenants_own_token_is_used_as_it_is_and_never_renewed()
    {
        var theirs = Fake.Keystone.Issue("user-1", "tenant-a", "member");

        await FlavorAsync(Scope.Token(theirs.Value));
        theirs.IsRevoked = true;
        var fault = await FaultOfAsync(() => FlavorAsync(Scope.Token(theirs.Value)));

        Assert.That((fault.Kind, fault.Status, Fake.Keystone.Issued), Is.EqualTo((FaultKind.Forbidden, (int?)401, 0)));
    }

    [Test]
    public async Task An_expired_token_of_a_tenant_passes_with_our_service_token_beside_it()
    {
        var theirs = Fake.Keystone.Issue("user-1", "tenant-a", "member");
        var scope = Scope.Token(theirs.Value, withServiceToken: true);
        await FlavorAsync(scope);
        theirs.ExpiresAt = Fake.Time.GetUtcNow().AddHours(-1);

        await FlavorAsync(scope);

        var request = Fake.Matching("GET", "/flavors/1")[^1];
        Assert.That((request.UserId, request.Status), Is.EqualTo(("user-1", 200)));
    }

    [Test]
    public async Task A_wrong_password_is_forbidden_and_is_not_tried_again()
    {
        var client = Client(Options with { Password = "wrong-4714" });

        var fault = await FaultOfAsync(() => client.Identity.TokenAsync(Scope.Own, Now));

        Assert.That((fault.Kind, Fake.Count("POST", "/auth/tokens")), Is.EqualTo((FaultKind.Forbidden, 1)));
    }

    [Test]
    public async Task Asking_for_a_token_is_the_one_post_that_may_be_sent_again()
    {
        Fake.On("POST", "/auth/tokens").FailOnce(503);

        await FlavorAsync();

        Assert.That(Fake.Count("POST", "/auth/tokens"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_missing_service_is_a_fault_that_says_what_is_there()
    {
        Fake.Keystone.Hidden.Add("compute");

        var fault = await FaultOfAsync(() => FlavorAsync());

        Assert.That(fault.Kind, Is.EqualTo(FaultKind.Unsupported));
        Assert.That(fault.Message, Does.Contain("no compute").And.Contain("identity, image, network, placement"));
    }

    [Test]
    public async Task A_missing_region_is_a_fault_that_names_the_regions()
    {
        var client = Client(Options with { RegionName = "Mars" });

        var fault = await FaultOfAsync(() => client.Compute.Flavors.GetAsync(Scope.Own, "1", Now));

        Assert.That(fault.Message, Does.Contain("Mars").And.Contain("RegionOne"));
    }
}
