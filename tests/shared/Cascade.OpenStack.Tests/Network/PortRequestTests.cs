using System.Text.Json;
using Cascade.OpenStack.Network;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

[TestFixture]
public sealed class PortRequestTests : NetworkTest
{
    [Test]
    public async Task Every_attribute_of_a_port_goes_out_in_neutrons_words_and_comes_back()
    {
        var (network, subnet) = await WithSubnetAsync();
        var group = await Network.SecurityGroups.CreateAsync(Scope.Own, new SecurityGroupCreate { Name = "g", ProjectId = Tenant }, Now);
        var policy = await Network.QosPolicies.CreateAsync(Scope.Own, new QosPolicyCreate { Name = "q" }, Now);

        var port = await Network.Ports.CreateAsync(
            Scope.Own,
            new PortCreate
            {
                NetworkId = network.Id, ProjectId = Tenant, Name = "p", Description = "cascade:x", MacAddress = "FA:16:3E:AA:BB:CC",
                FixedIps = [new(subnet.Id, "10.10.0.77")], AdminStateUp = true, SecurityGroups = [group.Id], PortSecurityEnabled = true,
                AllowedAddressPairs = [new("10.10.0.99"), new("10.20.0.0/16", "fa:16:3e:00:00:99")], ExtraDhcpOpts = [new("mtu", "1400"), new("26", "x", 6)],
                DnsName = "host", DnsDomain = "example.org.", QosPolicyId = policy.Id, PropagateUplinkStatus = true, BindingVnicType = "normal",
                BindingHostId = "node-1", BindingProfile = JsonElement.Parse("""{"a": "b"}"""),
            },
            Now);

        Golden.Match(
            $$$"""
            {"port": {"network_id": "{{{network.Id}}}", "project_id": "{{{Tenant}}}", "name": "p", "description": "cascade:x", "mac_address": "FA:16:3E:AA:BB:CC",
              "fixed_ips": [{"subnet_id": "{{{subnet.Id}}}", "ip_address": "10.10.0.77"}], "admin_state_up": true, "security_groups": ["{{{group.Id}}}"],
              "port_security_enabled": true, "allowed_address_pairs": [{"ip_address": "10.10.0.99"}, {"ip_address": "10.20.0.0/16", "mac_address": "fa:16:3e:00:00:99"}],
              "extra_dhcp_opts": [{"opt_name": "mtu", "opt_value": "1400"}, {"opt_name": "26", "opt_value": "x", "ip_version": 6}],
              "dns_name": "host", "dns_domain": "example.org.", "qos_policy_id": "{{{policy.Id}}}", "propagate_uplink_status": true,
              "binding:vnic_type": "normal", "binding:host_id": "node-1", "binding:profile": {"a": "b"} } }
            """,
            SentTo("POST", "/ports").ToJsonString());
        Assert.Multiple(() =>
        {
            Assert.That((port.ProjectId, port.MacAddress, port.Status, port.BindingVifType), Is.EqualTo((Tenant, "FA:16:3E:AA:BB:CC", "DOWN", "ovs")), "a MAC comes back as it was said");
            Assert.That(port.FixedIps, Is.EqualTo(new[] { new FixedIp(subnet.Id, "10.10.0.77") }));
            Assert.That(port.AllowedAddressPairs![0], Is.EqualTo(new AllowedAddressPair("10.10.0.99", "FA:16:3E:AA:BB:CC")), "a pair without a MAC has the port's");
            Assert.That(port.ExtraDhcpOpts, Is.EqualTo(new[] { new ExtraDhcpOption("mtu", "1400", 4), new ExtraDhcpOption("26", "x", 6) }));
            Assert.That((port.DnsName, port.DnsDomain, port.QosPolicyId, port.PropagateUplinkStatus), Is.EqualTo(("host", "example.org.", policy.Id, true)));
            Assert.That((port.SecurityGroups, port.BindingProfile!.Value.GetProperty("a").GetString()), Is.EqualTo((new[] { group.Id }, "b")));
            Assert.That((port.RevisionNumber, port.CreatedAt is not null, port.UpdatedAt), Is.EqualTo(((long?)1, true, port.CreatedAt)));
        });
    }

    [Test]
    public async Task An_update_says_only_what_changes_and_a_null_only_where_it_is_meant()
    {
        var (network, _) = await WithSubnetAsync();
        var policy = await Network.QosPolicies.CreateAsync(Scope.Own, new QosPolicyCreate { Name = "q" }, Now);
        var port = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, QosPolicyId = policy.Id, Name = "old" }, Now);

        await Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { Name = "new" }, Now);
        Golden.Match("""{"port": {"name": "new"}}""", SentTo("PUT", "/ports/*").ToJsonString());
        Assert.That((await Network.Ports.GetAsync(Scope.Own, port.Id, Now)).QosPolicyId, Is.EqualTo(policy.Id), "what is not said stays");

        await Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { QosPolicyId = null, SecurityGroups = [], PortSecurityEnabled = false }, Now);
        Golden.Match("""{"port": {"qos_policy_id": null, "security_groups": [], "port_security_enabled": false}}""", SentTo("PUT", "/ports/*").ToJsonString());
        var after = await Network.Ports.GetAsync(Scope.Own, port.Id, Now);
        Assert.That((after.QosPolicyId, after.SecurityGroups!.Count, after.PortSecurityEnabled, after.Name), Is.EqualTo(((string?)null, 0, false, "new")));
    }

    [Test]
    public void A_settable_member_is_unsaid_null_or_a_value()
    {
        string? none = null;
        Assert.Multiple(() =>
        {
            Assert.That(default(Settable).IsSet, Is.False);
            Assert.That(((Settable)none).IsSet, Is.True, "a null text is a null that is said");
            Assert.That(((Settable)none).Value, Is.Null);
            Assert.That(Settable.Null, Is.EqualTo((Settable)none));
            Assert.That(((Settable)"x").Value, Is.EqualTo("x"));
        });
    }

    [Test]
    public async Task An_option_without_a_value_is_taken_away_and_the_others_stay()
    {
        var (network, _) = await WithSubnetAsync();
        var port = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, ExtraDhcpOpts = [new("mtu", "1400"), new("bootfile-name", "x")] }, Now);

        var after = await Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { ExtraDhcpOpts = [new("mtu", null)] }, Now);

        Golden.Match("""{"port": {"extra_dhcp_opts": [{"opt_name": "mtu", "opt_value": null}]}}""", SentTo("PUT", "/ports/*").ToJsonString());
        Assert.That(after.ExtraDhcpOpts, Is.EqualTo(new[] { new ExtraDhcpOption("bootfile-name", "x", 4) }));
    }

    [Test]
    public async Task A_revision_that_was_read_holds_against_others_and_is_sent_once()
    {
        var (network, _) = await WithSubnetAsync();
        var port = await PortAsync(network.Id);
        Fake.Neutron.Change("ports", port.Id, members => members["name"] = "somebody else's");

        var fault = await FaultOfAsync(() => Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { Name = "mine" }, port.RevisionNumber, Now));
        Assert.That((fault.Kind, fault.Status, fault.Code), Is.EqualTo((FaultKind.Conflict, 412, NetworkError.RevisionMismatch)));
        Assert.That(Fake.Matching("PUT", "/ports/*")[^1].Headers["if-match"], Is.EqualTo($"revision_number={port.RevisionNumber}"));

        var seen = await Network.Ports.GetAsync(Scope.Own, port.Id, Now);
        var changed = await Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { Name = "mine" }, seen.RevisionNumber, Now);
        Assert.That((changed.Name, changed.RevisionNumber > seen.RevisionNumber), Is.EqualTo(("mine", true)));

        var lost = Fake.On("PUT", "/ports/*").DropAfter();
        var unknown = await FaultOfAsync(() => Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { Name = "x" }, changed.RevisionNumber, Now));
        Assert.That((unknown.ResultUnknown, lost.Hits), Is.EqualTo((true, 1)), "a second one would meet the first one's revision");
    }

    [Test]
    public async Task An_update_without_a_revision_is_repeated_when_its_answer_is_lost_and_a_create_never()
    {
        var (network, _) = await WithSubnetAsync();
        var port = await PortAsync(network.Id);
        Fake.On("PUT", "/ports/*").DropAfter();
        Assert.That((await Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { Name = "again" }, Now)).Name, Is.EqualTo("again"));
        Assert.That(Fake.Count("PUT", "/ports/*"), Is.EqualTo(2));

        Fake.On("POST", "/ports").DropAfter();
        var stamped = new PortCreate { NetworkId = network.Id, Description = "cascade:1", MacAddress = "fa:16:3e:00:11:22" };
        Assert.That((await FaultOfAsync(() => Network.Ports.CreateAsync(Scope.Own, stamped, Now))).ResultUnknown, Is.True);
        var found = await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { NetworkIds = [network.Id], MacAddresses = ["fa:16:3e:00:11:22"] }, Now));
        Assert.That(found.Single().Description, Is.EqualTo("cascade:1"), "the look-up finds what the lost answer made");
        Assert.That(await CodeOfAsync(() => Network.Ports.CreateAsync(Scope.Own, stamped, Now)), Is.EqualTo(NetworkError.MacAddressInUse));
    }

    [Test]
    public async Task Many_are_made_at_once_or_none()
    {
        var (network, _) = await WithSubnetAsync();
        var three = Enumerable.Range(1, 3).Select(number => new PortCreate { NetworkId = network.Id, Name = $"p{number}" }).ToList();

        var made = await Network.Ports.CreateAllAsync(Scope.Own, three, Now);
        Assert.That(made.Select(port => port.Name), Is.EqualTo(new[] { "p1", "p2", "p3" }));
        Assert.That(Fake.Count("POST", "/ports"), Is.EqualTo(1));

        three[2] = three[2] with { MacAddress = made[0].MacAddress };
        Assert.That(await CodeOfAsync(() => Network.Ports.CreateAllAsync(Scope.Own, three, Now)), Is.EqualTo(NetworkError.MacAddressInUse));
        Assert.That(Fake.Neutron.Ports, Has.Count.EqualTo(3));
        Assert.That(await Network.Ports.CreateAllAsync(Scope.Own, [], Now), Is.Empty);
    }

    [Test]
    public async Task Bindings_are_made_activated_and_taken_away()
    {
        var (network, _) = await WithSubnetAsync();
        Fake.Neutron.AddAgent("Open vSwitch agent", "neutron-openvswitch-agent", "node-2");
        var port = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, BindingHostId = "node-1", DeviceOwner = "compute:nova" }, Now);
        Fake.Neutron.SetPortStatus(port.Id, "ACTIVE");

        var made = await Network.PortBindings.CreateAsync(Scope.Own, port.Id, new PortBindingCreate("node-2"), Now);
        Assert.That((made.Host, made.Status, made.VifType), Is.EqualTo(("node-2", "INACTIVE", "ovs")));
        Assert.That(await CodeOfAsync(() => Network.PortBindings.CreateAsync(Scope.Own, port.Id, new PortBindingCreate("node-2"), Now)), Is.EqualTo(NetworkError.PortBindingAlreadyExists));
        await Network.PortBindings.ActivateAsync(Scope.Own, port.Id, "node-2", Now);
        Assert.That(await CodeOfAsync(() => Network.PortBindings.ActivateAsync(Scope.Own, port.Id, "node-2", Now)), Is.EqualTo(NetworkError.PortBindingAlreadyActive));
        var moved = await Network.Ports.GetAsync(Scope.Own, port.Id, Now);
        Assert.That((moved.BindingHostId, moved.Status), Is.EqualTo(("node-2", "DOWN")));
        await Network.PortBindings.DeleteAsync(Scope.Own, port.Id, "node-1", Now);
        Assert.That((await Network.PortBindings.ListAsync(Scope.Own, port.Id, Now)).Select(binding => (binding.Host, binding.Status)), Is.EqualTo(new[] { ("node-2", "ACTIVE") }));
    }
}
