using Cascade.OpenStack.Compute;
using Cascade.OpenStack.Image;
using Cascade.Support;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.OpenStack.Tests;

/// <summary>Pages, filters and cursors.</summary>
[TestFixture]
public sealed class ListTests : CloudTest
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-11-22T18:00:00.7Z"));

    protected override FakeCloudOptions Setup => new() { Time = time, MaxLimit = 7 };

    private Task<List<Server>> ListAsync(ServerFilter filter, Scope? scope = null) =>
        AllAsync(Cloud.Compute.Servers.ListAsync(scope ?? Scope.Own, filter, Now));

    private FakeServer Plant(string name, params IReadOnlyList<string> tags) => Fake.Nova.Plant(name, Fake.Keystone.ProjectId, "u", tags);

    [TestCase(0, 1, TestName = "nothing")]
    [TestCase(6, 1, TestName = "less than a page")]
    [TestCase(7, 2, TestName = "exactly a page, whose next link leads to an empty one")]
    [TestCase(20, 3, TestName = "three pages")]
    public async Task Every_page_is_read_and_every_server_once(int count, int requests)
    {
        for (var at = 0; at < count; at++)
        {
            Plant($"s{at}");
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var servers = await ListAsync(new ServerFilter { Status = "ACTIVE" });

        Assert.That(servers.Select(server => server.Name), Is.EqualTo(Enumerable.Range(0, count).Reverse().Select(at => $"s{at}")));
        Assert.That(Fake.Count("GET", "/servers/detail"), Is.EqualTo(requests));
        Assert.That(Fake.Matching("GET", "/servers/detail").Select(request => request.Query), Has.All.Contains("status=ACTIVE"));
    }

    [Test]
    public async Task A_reader_who_stops_asks_for_no_further_page()
    {
        for (var at = 0; at < 20; at++)
        {
            Plant($"s{at}");
        }

        await foreach (var server in Cloud.Compute.Servers.ListAsync(Scope.Own, new ServerFilter(), Now))
        {
            break;
        }

        Assert.That(Fake.Count("GET", "/servers/detail"), Is.EqualTo(1));
    }

    [Test]
    public async Task Images_are_paged_by_a_link_without_host()
    {
        for (var at = 0; at < 10; at++)
        {
            Fake.Glance.Add($"i{at}", [1]);
        }

        Assert.That(await AllAsync(Cloud.Images.ListAsync(Scope.Own, new ImageFilter(), Now)), Has.Count.EqualTo(10));
    }

    [Test]
    public async Task The_filter_goes_out_escaped_and_in_seconds()
    {
        await ListAsync(new ServerFilter
        {
            ChangesSince = time.GetUtcNow(), AllTenants = true, Tags = ["a:b", "c"], Deleted = true, ProjectId = "p", Name = "^a b$", Limit = 5,
        });

        Assert.That(
            Fake.Matching("GET", "/servers/detail")[0].Query,
            Is.EqualTo("changes-since=2026-11-22T18%3A00%3A00Z&all_tenants=1&tags=a%3Ab%2Cc&deleted=true&project_id=p&name=%5Ea%20b%24&limit=5"));
    }

    [Test]
    public async Task Tags_find_a_server_that_is_not_scheduled_yet_and_no_deleted_one()
    {
        Fake.Nova.Hold("schedule");
        var made = await Cloud.Compute.Servers.CreateAsync(
            Scope.Own, new ServerCreate { Name = "a", FlavorRef = "1", Networks = ServerNetworks.None, Tags = ["stamp"] }, Now);
        Assert.That(await ListAsync(new ServerFilter { Tags = ["stamp"] }), Has.Count.EqualTo(1));

        Fake.Nova.Release("schedule");
        Assert.That(await ListAsync(new ServerFilter { Tags = ["stamp"] }), Has.Count.EqualTo(1));
        await Cloud.Compute.Servers.DeleteAsync(Scope.Own, made.Id, Now);

        Assert.That(await ListAsync(new ServerFilter { Tags = ["stamp"], ChangesSince = time.GetUtcNow().AddHours(-1) }), Is.Empty);
        var gone = await ListAsync(new ServerFilter { ChangesSince = time.GetUtcNow().AddHours(-1) });
        Assert.That(gone.Select(server => server.Status), Is.EqualTo(new[] { "DELETED" }));
    }

    [TestCase(0, 1, TestName = "in the same second: found, the filter is >=")]
    [TestCase(1, 0, TestName = "a second later: not found")]
    public async Task Changes_since_counts_whole_seconds(int seconds, int found)
    {
        Plant("a");

        Assert.That(await ListAsync(new ServerFilter { ChangesSince = time.GetUtcNow().AddSeconds(seconds) }), Has.Count.EqualTo(found));
    }

    [Test]
    public async Task Another_project_is_not_seen_and_all_are_only_by_an_administrator()
    {
        Fake.Nova.Plant("theirs", "tenant-b", "u");
        Plant("ours");

        Assert.That((await ListAsync(new ServerFilter())).Select(server => server.Name), Is.EqualTo(new[] { "ours" }));
        Assert.That(await ListAsync(new ServerFilter { AllTenants = true }), Has.Count.EqualTo(2));
        Assert.That((await ListAsync(new ServerFilter { AllTenants = true, ProjectId = "tenant-b" })).Select(server => server.Name), Is.EqualTo(new[] { "theirs" }));
        var fault = await FaultOfAsync(() => ListAsync(new ServerFilter { AllTenants = true }, Scope.Project("tenant-b")));
        Assert.That(fault.Kind, Is.EqualTo(FaultKind.Forbidden));
    }

    [Test]
    public async Task A_filter_that_a_tenant_may_not_use_is_left_out_without_a_word()
    {
        var one = Fake.Nova.Plant("one", "tenant-b", "u");
        Fake.Nova.Plant("two", "tenant-b", "u");

        Assert.That(await ListAsync(new ServerFilter { Uuid = one.Id }, Scope.Project("tenant-b")), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_marker_that_is_gone_is_invalid()
    {
        var fault = await FaultOfAsync(() => ListAsync(new ServerFilter { Marker = "gone" }));

        Assert.That((fault.Kind, fault.Message), Is.EqualTo((FaultKind.Invalid, "marker [gone] not found")));
    }

    [Test]
    public async Task The_clock_is_the_clouds_and_goes_on_between_answers()
    {
        Fake.Skew = TimeSpan.FromHours(-3);
        var client = Client(OptionsFor(Fake), time);
        Assert.That(client.Clock.Now, Is.Null);

        await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        time.Advance(TimeSpan.FromSeconds(90));

        Assert.That(client.Clock.Now, Is.EqualTo(DateTimeOffset.Parse("2026-11-22T15:01:30Z")));
    }
}
