using System.Text.Json.Nodes;
using Cascade.OpenStack.Network;
using Cascade.Support;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.OpenStack.Tests;

[TestFixture]
public sealed class NetworkListTests : NetworkTest
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    protected override FakeCloudOptions Setup => new() { Time = time, TokenLife = TimeSpan.FromDays(365 * 100) };

    [Test]
    public async Task Filters_are_said_as_neutron_reads_them()
    {
        Fake.Neutron.SwitchOff(Extension.FilterValidation);
        await AllAsync(Network.Ports.ListAsync(
            Scope.Own,
            new PortFilter
            {
                NetworkIds = ["n1", "n2"], MacAddresses = ["fa:16:3e:00:00:01"], DeviceIds = ["d"], Description = "cascade:1", ProjectId = "p", Statuses = ["DOWN", "ERROR"],
                ChangedSince = new DateTimeOffset(2026, 3, 1, 13, 0, 0, 900, TimeSpan.FromHours(1)), Fields = ["status", "mac_address"], SortKey = "name", Limit = 7,
                BindingHostId = "h", AdminStateUp = true,
            },
            Now));

        Assert.That(
            Uri.UnescapeDataString(Fake.Matching("GET", "/ports")[0].Query),
            Is.EqualTo("description=cascade:1&project_id=p&changed_since=2026-03-01T12:00:00Z&network_id=n1&network_id=n2&mac_address=fa:16:3e:00:00:01&device_id=d"
                + "&status=DOWN&status=ERROR&admin_state_up=true&binding:host_id=h&fields=id&fields=status&fields=mac_address&sort_key=name&sort_dir=asc&limit=7"));
    }

    [Test]
    public async Task A_filter_that_neutron_does_not_know_is_refused_where_it_looks()
    {
        Fake.Neutron.SwitchOff(Extension.Qos, "provider");
        var filter = new NetworkFilter { ProviderNetworkType = "vxlan" };
        Assert.That((await FaultOfAsync(() => AllAsync(Network.Networks.ListAsync(Scope.Own, filter, Now)))).Message, Is.EqualTo("['provider:network_type'] is invalid attribute for filtering"));
        Fake.Neutron.SwitchOff(Extension.FilterValidation);
        Network.Extensions.Forget();
        await NetworkAsync();
        Assert.That(await AllAsync(Network.Networks.ListAsync(Scope.Own, filter, Now)), Has.Count.EqualTo(1), "left out without a word");
    }

    [Test]
    public async Task Only_the_asked_fields_come_and_the_id_always()
    {
        var (network, _) = await WithSubnetAsync();
        var port = await PortAsync(network.Id);

        var found = (await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { Fields = ["status"] }, Now))).Single();

        Assert.That((found.Id, found.Status, found.MacAddress, found.UpdatedAt), Is.EqualTo((port.Id, "DOWN", (string?)null, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task Many_ids_go_out_in_several_requests_and_none_in_none()
    {
        var network = await NetworkAsync();
        var ids = Enumerable.Range(0, 301).Select(_ => Guid.NewGuid().ToString()).Append(network.Id).ToList();

        var found = await AllAsync(Network.Networks.ListAsync(Scope.Own, new NetworkFilter { Ids = ids }, Now));

        Assert.That((found.Single().Id, Fake.Count("GET", "/networks")), Is.EqualTo((network.Id, 3)));
        Assert.That(Fake.Matching("GET", "/networks").Max(request => request.Query.Length), Is.LessThan(8000));
        Assert.That(await AllAsync(Network.Networks.ListAsync(Scope.Own, new NetworkFilter { Ids = [] }, Now)), Is.Empty);
        Assert.That(Fake.Count("GET", "/networks"), Is.EqualTo(3));
    }

    [Test]
    public async Task Pages_follow_the_marker_and_every_one_comes_once()
    {
        var (network, _) = await WithSubnetAsync();
        var made = await Network.Ports.CreateAllAsync(Scope.Own, [.. Enumerable.Range(0, 25).Select(_ => new PortCreate { NetworkId = network.Id })], Now);

        var found = await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { Limit = 10 }, Now));

        Assert.That(found.Select(port => port.Id), Is.EqualTo(made.Select(port => port.Id).Order(StringComparer.Ordinal)));
        Assert.That(Fake.Count("GET", "/ports"), Is.EqualTo(3));
        Assert.That(Fake.Matching("GET", "/ports")[1].Query, Does.Contain("limit=10").And.Contain("marker="));
        Assert.That((await FaultOfAsync(() => AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { Limit = 10, Marker = "gone" }, Now)))).Kind, Is.EqualTo(FaultKind.NotFound));
    }

    [TestCase(true, TestName = "What changed since, from a stock cloud: it refuses the filter")]
    [TestCase(false, TestName = "What changed since, from a cloud that does not look at filters")]
    public async Task What_changed_since_is_told_by_the_clouds_clock_and_a_change_of_status_is_one(bool stock)
    {
        if (!stock)
        {
            Fake.Neutron.SwitchOff(Extension.FilterValidation);
        }

        var (network, _) = await WithSubnetAsync();
        var (old, young) = (await PortAsync(network.Id), await PortAsync(network.Id));
        time.Advance(TimeSpan.FromMinutes(10));
        Fake.Neutron.SetPortStatus(young.Id, "ACTIVE");
        var since = new DateTimeOffset(2026, 3, 1, 12, 5, 0, TimeSpan.Zero);

        var found = await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { ChangedSince = since }, Now));

        Assert.That((found.Single().Id, found[0].Status, found[0].UpdatedAt), Is.EqualTo((young.Id, "ACTIVE", (DateTimeOffset?)since.AddMinutes(5))));
        Assert.That(found[0].MacAddress, Is.EqualTo(young.MacAddress), "whole, not only what was looked at");
        Assert.That(Fake.Matching("GET", "/ports").Select(request => request.Query.Contains("changed_since", StringComparison.Ordinal)), Is.EqualTo(stock ? new[] { false, false } : [true]));
        var few = await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { ChangedSince = since, Fields = ["status"] }, Now));
        Assert.That((few.Single().Status, few[0].MacAddress), Is.EqualTo(("ACTIVE", (string?)null)));
        Assert.That(await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { ChangedSince = since, NetworkIds = ["other"] }, Now)), Is.Empty);
        Assert.That(Network.Service.Clock.Now, Is.EqualTo(since.AddMinutes(5)).Within(TimeSpan.FromMinutes(1)));

        await Network.Ports.DeleteAsync(Scope.Own, young.Id, Now);
        Assert.That(await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { ChangedSince = since }, Now)), Is.Empty, "a deleted one never shows");
        Fake.Neutron.SwitchOff(Extension.Timestamps);
        Network.Extensions.Forget();
        Assert.That((await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { ChangedSince = since }, Now))).Single().Id, Is.EqualTo(old.Id), "without the extension the filter is no filter");
    }

    [Test]
    public async Task A_list_that_is_no_list_is_a_fault()
    {
        Fake.On("GET", "/ports").Fail(100, 200, """{"ports": {}}""");
        Assert.That((await FaultOfAsync(() => AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter(), Now)))).Kind, Is.EqualTo(FaultKind.Unavailable));
        Fake.On("GET", "/ports/*").Fail(100, 200, """{"something": 1}""");
        Assert.That((await FaultOfAsync(() => Network.Ports.GetAsync(Scope.Own, "x", Now))).Message, Does.Contain("not what OpenStack sends"));
    }

    [Test]
    public async Task What_a_record_has_no_name_for_is_kept()
    {
        Fake.Neutron.AddPort(new JsonObject { ["id"] = "p-1", ["hints"] = new JsonObject { ["openvswitch"] = 1 }, ["status"] = null });
        var port = await Network.Ports.GetAsync(Scope.Own, "p-1", Now);
        Assert.That((port.Other!["hints"].GetProperty("openvswitch").GetInt32(), port.Status), Is.EqualTo((1, (string?)null)));
    }

    [Test]
    public async Task Ten_thousand_ports_are_made_listed_and_looked_up()
    {
        var (network, _) = await WithSubnetAsync(new SubnetCreate { NetworkId = "", IpVersion = 4, Cidr = "10.64.0.0/16" });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var part = 0; part < 10; part++)
        {
            await Network.Ports.CreateAllAsync(Scope.Own, [.. Enumerable.Range(0, 1000).Select(number => new PortCreate { NetworkId = network.Id, Description = $"cascade:{part}-{number}" })], Now);
        }

        await TestContext.Out.WriteLineAsync($"made in {clock.Elapsed}");
        clock.Restart();
        var all = await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { NetworkIds = [network.Id] }, Now));
        await TestContext.Out.WriteLineAsync($"listed in {clock.Elapsed}");
        Assert.That(all.Select(port => port.FixedIps!.Single().IpAddress).Distinct().Count(), Is.EqualTo(10_000));
        clock.Restart();
        foreach (var port in all.Take(200))
        {
            var found = await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { NetworkIds = [network.Id], MacAddresses = [port.MacAddress!] }, Now));
            Assert.That(found.Single().Id, Is.EqualTo(port.Id));
        }

        await TestContext.Out.WriteLineAsync($"200 look-ups in {clock.Elapsed}");
    }
}
