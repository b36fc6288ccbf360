using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Ports;
using Cascade.NeutronAgent.Looking;
using ChildFixedIp = Cascade.OpenStack.Network.FixedIp;
using ChildPort = Cascade.OpenStack.Network.Port;

namespace Cascade.L2Proxy.Tests.Ports;

public sealed class PortMapTest
{
    const string Id = "9e52221f-8feb-41c3-aa8e-508a77b12e5d";

    static readonly ChildTraits All = new(new HashSet<string> { "port-security", "allowed-address-pairs", "security-group", "extra_dhcp_opt", "qos", "dns-integration" });
    static readonly Dictionary<string, ChildSubnet> Subnets = new() { ["s4"] = new("c4", false, false), ["s6"] = new("c6", true, false) };
    static readonly Dictionary<string, string> Groups = new() { ["g1"] = "cg1", ["g2"] = "cg2" };
    static readonly Dictionary<string, string> Vnics = new() { ["normal"] = "normal", ["direct"] = "direct" };

    [Test]
    public void Every_attribute_of_the_contract_is_in_the_body_of_the_create()
    {
        var body = PortBody.Create(Wanted(Full()));

        Assert.Multiple(() =>
        {
            Assert.That(body.NetworkId, Is.EqualTo("cn"));
            Assert.That(body.ProjectId, Is.EqualTo("tenant"));
            Assert.That(body.Name, Is.EqualTo("eth0"));
            Assert.That(body.Description, Is.EqualTo($"cascade:{Id}"), "the stamp takes the description's place");
            Assert.That(body.MacAddress, Is.EqualTo("fa:16:3e:00:00:01"));
            Assert.That(body.AdminStateUp, Is.False);
            Assert.That(body.FixedIps, Is.EqualTo(new[] { new ChildFixedIp("c4", "10.0.0.5"), new ChildFixedIp("c6", null) }), "an address made of the MAC is not named");
            Assert.That(body.SecurityGroups, Is.EqualTo(new[] { "cg1", "cg2" }));
            Assert.That(body.PortSecurityEnabled, Is.True);
            Assert.That(body.AllowedAddressPairs!.Select(pair => $"{pair.IpAddress} {pair.MacAddress}"), Is.EqualTo(new[] { "10.0.0.9 fa:16:3e:00:00:01", "10.1.0.0/16 fa:16:3e:00:00:02" }), "a pair without MAC has the port's");
            Assert.That(body.QosPolicyId, Is.EqualTo("cq"));
            Assert.That(body.DnsName, Is.EqualTo("vm-1"));
            Assert.That(body.ExtraDhcpOpts!.Single().OptValue, Is.EqualTo("pxe"));
            Assert.That(body.BindingHostId, Is.Null, "the child's nova binds it");
            Assert.That(body.DeviceOwner, Is.Null, "the child's nova says whose it is");
        });
    }

    [Test]
    public void A_port_without_addresses_gets_none_in_the_child_either() =>
        Assert.That(PortBody.Create(Wanted(Port(port => port["fixed_ips"] = new JsonArray()))).FixedIps, Is.Empty, "not said would mean: one of each subnet");

    [Test]
    public void A_port_without_groups_does_not_get_the_projects_default_group() =>
        Assert.That(PortBody.Create(Wanted(Port(port => port["security_groups"] = new JsonArray()))).SecurityGroups, Is.Empty);

    [Test]
    public void What_is_as_wanted_needs_nothing() => Assert.That(PortBody.Difference(Seen(), Wanted(Full())), Is.Null);

    [TestCase("name", TestName = "name")]
    [TestCase("description", TestName = "description")]
    [TestCase("admin_state_up", TestName = "admin_state_up")]
    [TestCase("fixed_ips", TestName = "fixed_ips")]
    [TestCase("security_groups", TestName = "security_groups")]
    [TestCase("port_security_enabled", TestName = "port_security_enabled")]
    [TestCase("allowed_address_pairs", TestName = "allowed_address_pairs")]
    [TestCase("qos_policy_id", TestName = "qos_policy_id")]
    [TestCase("dns_name", TestName = "dns_name")]
    [TestCase("extra_dhcp_opts", TestName = "extra_dhcp_opts")]
    public void Only_what_differs_is_sent(string member)
    {
        var seen = member switch
        {
            "name" => Seen() with { Name = "other" },
            "description" => Seen() with { Description = "the tenant's own words" },
            "admin_state_up" => Seen() with { AdminStateUp = true },
            "fixed_ips" => Seen() with { FixedIps = [new("c4", "10.0.0.6"), new("c6", "fd00::1")] },
            "security_groups" => Seen() with { SecurityGroups = ["cg1"] },
            "port_security_enabled" => Seen() with { PortSecurityEnabled = false },
            "allowed_address_pairs" => Seen() with { AllowedAddressPairs = [] },
            "qos_policy_id" => Seen() with { QosPolicyId = null },
            "dns_name" => Seen() with { DnsName = "" },
            _ => Seen() with { ExtraDhcpOpts = [] },
        };

        Assert.That(PortBody.Difference(seen, Wanted(Full()))?.Members, Is.EqualTo(new[] { member }));
    }

    [Test]
    public void An_option_that_is_gone_is_taken_away_and_the_others_are_left()
    {
        var seen = Seen() with { ExtraDhcpOpts = [new("tag:ipxe", "pxe", 4), new("mtu", "1400", 4)] };

        Assert.That(PortBody.Difference(seen, Wanted(Full()))!.Update.ExtraDhcpOpts, Is.EqualTo(new OpenStack.Network.ExtraDhcpOption[] { new("mtu", null, 4) }));
    }

    [Test]
    public void A_policy_that_is_taken_away_is_set_to_nothing()
    {
        var change = PortBody.Difference(Seen(), Wanted(Full()) with { QosPolicyId = null })!;

        Assert.That(change.Update.QosPolicyId, Is.EqualTo(OpenStack.Settable.Null));
    }

    [Test]
    public void Another_spelling_of_an_address_is_the_same_address()
    {
        var wanted = Wanted(Port(port => port["fixed_ips"] = new JsonArray(Ip("s4", "fd00:0:0:0::5"))));

        Assert.That(PortBody.Difference(Seen() with { FixedIps = [new("c4", "fd00::5")] }, wanted)?.Members ?? [], Does.Not.Contain("fixed_ips"));
    }

    [TestCase("port-security", "port_security_enabled", "false", "port-security", TestName = "Port security off, in a child without it")]
    [TestCase("allowed-address-pairs", "allowed_address_pairs", """[{"ip_address":"10.0.0.9"}]""", "allowed-address-pairs", TestName = "Address pairs, in a child without them")]
    [TestCase("extra_dhcp_opt", "extra_dhcp_opts", """[{"opt_name":"mtu","opt_value":"1400","ip_version":4}]""", "extra_dhcp_opt", TestName = "DHCP options, in a child without them")]
    [TestCase("qos", "qos_policy_id", "\"q\"", "qos", TestName = "A QoS policy, in a child without them")]
    [TestCase("security-group", "security_groups", """["g1"]""", "security-group", TestName = "A security group, in a child without them")]
    [TestCase("none", "binding:vnic_type", "\"macvtap\"", "macvtap", TestName = "A vnic type that is not declared")]
    [TestCase("none", "mac_address", "null", "MAC", TestName = "No MAC")]
    public void What_the_child_cannot_is_refused_with_the_reason(string without, string member, string value, string reason)
    {
        var traits = new ChildTraits(All.Aliases.Where(alias => alias != without).ToHashSet());
        var port = Port(port => port[member] = JsonNode.Parse(value));

        var refused = Assert.Throws<RefusedException>(() => PortMap.Refuse(port, traits, Vnics));

        Assert.That(refused!.Message, Does.Contain(reason));
    }

    [Test]
    public void A_child_that_has_not_all_extensions_is_told_what_it_knows()
    {
        var body = PortBody.Create(PortMap.Wanted(Port(_ => { }), "cn", Subnets, Groups, null, new(new HashSet<string>()), Vnics));

        Assert.That((body.PortSecurityEnabled, body.SecurityGroups, body.AllowedAddressPairs, body.DnsName, body.ExtraDhcpOpts), Is.EqualTo(((bool?)null, (object?)null, (object?)null, (string?)null, (object?)null)));
    }

    [Test]
    public void A_declared_vnic_type_is_the_childs() =>
        Assert.That(PortBody.Create(Wanted(Port(port => port["binding:vnic_type"] = "direct"))).BindingVnicType, Is.EqualTo("direct"));

    [Test]
    public void An_address_of_a_subnet_that_is_not_there_yet_waits() =>
        Assert.Throws<LaterException>(() => Wanted(Port(port => port["fixed_ips"] = new JsonArray(Ip("new", "10.9.0.5")))));

    [TestCase("status", "ACTIVE", true, TestName = "The status changes nothing in the child")]
    [TestCase("revision_number", 7, true, TestName = "A revision alone changes nothing")]
    [TestCase("name", "other", false, TestName = "A name does")]
    [TestCase("binding:host_id", "cloud-b", false, TestName = "A host does")]
    [TestCase("dns_name", "other", false, TestName = "A DNS name does")]
    public void The_shape_of_a_port_says_whether_there_is_anything_to_do(string member, object value, bool same) =>
        Assert.That(PortShape.Of(Port(port => port[member] = JsonValue.Create(value)!.DeepClone())) == PortShape.Of(Port(_ => { })), Is.EqualTo(same));

    static WantedPort Wanted(NeutronPort port) => PortMap.Wanted(port, "cn", Subnets, Groups, port.QosPolicyId is null ? null : "cq", All, Vnics);

    static NeutronPort Full() => Port(port =>
    {
        port["admin_state_up"] = false;
        port["fixed_ips"] = new JsonArray(Ip("s4", "10.0.0.5"), Ip("s6", "fd00::f816:3eff:fe00:1"));
        port["security_groups"] = new JsonArray("g2", "g1");
        port["allowed_address_pairs"] = new JsonArray(
            new JsonObject { ["ip_address"] = "10.0.0.9" }, new JsonObject { ["ip_address"] = "10.1.0.0/16", ["mac_address"] = "fa:16:3e:00:00:02" });
        port["qos_policy_id"] = "q";
        port["dns_name"] = "vm-1";
        port["extra_dhcp_opts"] = new JsonArray(new JsonObject { ["opt_name"] = "tag:ipxe", ["opt_value"] = "pxe", ["ip_version"] = 4 });
    });

    static ChildPort Seen() => new()
    {
        Id = "cp",
        Name = "eth0",
        Description = $"cascade:{Id}",
        NetworkId = "cn",
        MacAddress = "fa:16:3e:00:00:01",
        AdminStateUp = false,
        FixedIps = [new("c6", "fd00::f816:3eff:fe00:1"), new("c4", "10.0.0.5")],
        SecurityGroups = ["cg2", "cg1"],
        PortSecurityEnabled = true,
        AllowedAddressPairs = [new("10.1.0.0/16", "fa:16:3e:00:00:02"), new("10.0.0.9", "fa:16:3e:00:00:01")],
        QosPolicyId = "cq",
        DnsName = "vm-1",
        ExtraDhcpOpts = [new("tag:ipxe", "pxe", 4)],
        BindingVnicType = "normal",
        Status = "DOWN",
    };

    static NeutronPort Port(Action<JsonObject> edit)
    {
        var port = new JsonObject
        {
            ["id"] = Id, ["project_id"] = "tenant", ["name"] = "eth0", ["description"] = "what the tenant wrote", ["network_id"] = "n", ["mac_address"] = "fa:16:3e:00:00:01",
            ["admin_state_up"] = true, ["status"] = "DOWN", ["binding:host_id"] = "cloud-a", ["binding:vif_type"] = "ovs", ["binding:vnic_type"] = "normal", ["port_security_enabled"] = true,
        };
        edit(port);
        return NeutronPort.Read(port)!;
    }

    static JsonNode Ip(string subnet, string address) => new JsonObject { ["subnet_id"] = subnet, ["ip_address"] = address };
}
