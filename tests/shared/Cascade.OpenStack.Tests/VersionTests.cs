using Cascade.OpenStack.Compute;
using Cascade.OpenStack.Http;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

[TestFixture]
public sealed class VersionTests : CloudTest
{
    private static readonly ServerCreate Wanted = new() { Name = "a", FlavorRef = "1", Networks = ServerNetworks.None };

    [TestCase("2.9", "2.10", TestName = "numbers, not text")]
    [TestCase("1.39", "2.1")]
    public void Versions_compare_by_number(string older, string newer)
    {
        Assert.That(Microversion.Parse(older), Is.LessThan(Microversion.Parse(newer)));
        Assert.That(Microversion.TryParse("2", out _), Is.False);
    }

    [Test]
    public async Task The_best_that_both_sides_know_is_asked_for()
    {
        await Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now);

        Assert.That(Fake.Matching("GET", "/flavors/1")[0].Headers["openstack-api-version"], Is.EqualTo("compute 2.93"));
    }

    [Test]
    public async Task A_newer_cloud_is_asked_for_what_we_know_and_not_for_what_it_knows()
    {
        await using var fake = await FakeCloud.StartAsync(new FakeCloudOptions { Release = FakeRelease.Epoxy });
        await Client(OptionsFor(fake)).Compute.Flavors.GetAsync(Scope.Own, "1", Now);

        Assert.That(fake.Matching("GET", "/flavors/1")[0].Microversion, Is.EqualTo("2.96"));
    }

    [Test]
    public async Task Many_first_requests_ask_for_the_versions_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now)));

        Assert.That(Fake.Requests.Count(request => request is { Service: "compute", Path: "/" }), Is.EqualTo(1));
    }

    [Test]
    public async Task What_a_cloud_supports_can_be_asked()
    {
        Assert.That(await Cloud.Compute.Service.SupportsAsync(Scope.Own, "2.93", Now), Is.True);
        Assert.That(await Cloud.Compute.Service.SupportsAsync(Scope.Own, "2.94", Now), Is.False);
        Assert.That((await Cloud.Placement.Service.VersionsAsync(Scope.Own, Now)).Max, Is.EqualTo(new Microversion(1, 39)));
        Assert.That(await Cloud.Images.Service.VersionsAsync(Scope.Own, Now), Is.EqualTo(MicroversionRange.None));
    }

    [Test]
    public async Task A_host_name_that_the_cloud_is_too_old_for_is_refused_before_anything_is_sent()
    {
        await using var fake = await FakeCloud.StartAsync(new FakeCloudOptions { Release = FakeRelease.Train });

        var fault = await FaultOfAsync(() => Client(OptionsFor(fake)).Compute.Servers.CreateAsync(Scope.Own, Wanted with { Hostname = "h" }, Now));

        Assert.That(fault.Kind, Is.EqualTo(FaultKind.Unsupported));
        Assert.That(fault.Message, Does.Contain("2.79").And.Contain("a host name of its own").And.Contain("2.90"));
        Assert.That(fake.Nova.Made, Is.Zero);
    }

    [Test]
    public async Task An_old_cloud_gets_what_it_knows()
    {
        await using var fake = await FakeCloud.StartAsync(new FakeCloudOptions { Release = FakeRelease.Train });

        await Client(OptionsFor(fake)).Compute.Servers.CreateAsync(Scope.Own, Wanted with { Tags = ["t"] }, Now);

        Assert.That(fake.Matching("POST", "/servers")[0].Microversion, Is.EqualTo("2.79"));
    }

    [Test]
    public async Task Hypervisors_are_asked_for_with_the_last_version_that_shows_their_resources()
    {
        var nodes = await AllAsync(Cloud.Compute.Hypervisors.ListAsync(Scope.Own, Now));
        var sums = await Cloud.Compute.Hypervisors.StatisticsAsync(Scope.Own, Now);

        Assert.That((nodes[0].Vcpus, nodes[0].State, sums.MemoryMb), Is.EqualTo((16, "up", 32768)));
        Assert.That(Fake.Matching("GET", "/os-hypervisors/detail")[0].Microversion, Is.EqualTo("2.87"));
    }

    [Test]
    public async Task After_a_406_the_versions_are_asked_for_again()
    {
        Fake.On("GET", "/flavors/*").FailOnce(406);
        var fault = await FaultOfAsync(() => Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now));
        await Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now);

        Assert.That(fault.Kind, Is.EqualTo(FaultKind.Unsupported));
        Assert.That(Fake.Requests.Count(request => request is { Service: "compute", Path: "/" }), Is.EqualTo(2));
    }

    [TestCase("http://a:8774/v2.1", "v2.1", "http://a:8774/v2.1", TestName = "as it stands in new catalogs")]
    [TestCase("http://a/compute/v2.1/0123abcd", "v2.1", "http://a/compute/v2.1/0123abcd", TestName = "with the project behind it")]
    [TestCase("http://a:8774", "v2.1", "http://a:8774/v2.1", TestName = "without a version")]
    [TestCase("http://a:8774/v2", "v2.1", "http://a:8774/v2.1", TestName = "the legacy API without microversions")]
    [TestCase("http://a:8774/v2/0123abcd", "v2.1", "http://a:8774/v2.1/0123abcd", TestName = "the legacy API with the project")]
    [TestCase("http://a:9292", "v2", "http://a:9292/v2", TestName = "glance without a version")]
    [TestCase("http://a/image/v2", "v2", "http://a/image/v2", TestName = "glance with a version")]
    [TestCase("http://a:9696", "v2.0", "http://a:9696/v2.0", TestName = "neutron")]
    [TestCase("http://a/placement", null, "http://a/placement", TestName = "placement has none")]
    public void Endpoints_are_found_in_every_shape_a_catalog_has(string url, string? version, string root) =>
        Assert.That(Endpoints.WithVersion(url, version), Is.EqualTo(root));

    [Test]
    public async Task An_endpoint_can_be_overridden()
    {
        Fake.Keystone.Hidden.Add("placement");
        var client = Client(Options with
        {
            EndpointOverrides = new Dictionary<string, Uri> { ["placement"] = new(Fake.Root + "/placement") },
        });

        Assert.That(await client.Placement.Providers.ListAsync(Scope.Own, new(), Now), Is.Empty);
    }

    [Test]
    public async Task The_first_interface_that_the_catalog_has_is_taken()
    {
        var catalog = new Catalog(
        [
            new("compute", "public", "R1", new("http://public")), new("compute", "internalURL", "R1", new("http://internal")),
            new("compute", "internal", "R2", new("http://other")),
        ]);

        Assert.That(catalog.Endpoint(["compute"], "R1", ["internal", "public"]).Host, Is.EqualTo("internal"));
        Assert.That(catalog.Endpoint(["compute"], "R1", ["admin", "public"]).Host, Is.EqualTo("public"));
        Assert.That(catalog.Endpoint(["compute"], "R2", ["internal"]).Host, Is.EqualTo("other"));
        var fault = await FaultOfAsync(() => Task.FromResult(catalog.Endpoint(["compute"], "R1", ["admin"])));
        Assert.That(fault.Message, Does.Contain("public in R1"));
    }
}
