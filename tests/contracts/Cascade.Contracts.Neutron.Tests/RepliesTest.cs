using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.Contracts.Neutron.Reports;
using Cascade.Contracts.Neutron.Trunks;

namespace Cascade.Contracts.Neutron.Tests;

/// <summary>What the server answered in each release, read.</summary>
[TestFixtureSource(typeof(Sample), nameof(Sample.Releases))]
public sealed class RepliesTest(string release)
{
    [Test]
    public void A_report_is_new_then_alive_then_revived_after_a_silence()
    {
        var answers = Sample.Answered(release, "report_state").Select(of => ReportState.ReadReply(of.Reply)).Distinct();

        Assert.That(answers, Is.EquivalentTo(new[] { ReportAnswer.New, ReportAnswer.Alive, ReportAnswer.Revived }));
    }

    [TestCase("null", ReportAnswer.Dropped, TestName = "null: the report is older than the server's worker")]
    [TestCase("\"of tomorrow\"", ReportAnswer.Alive, TestName = "a word we do not know: the server took it")]
    public void An_odd_answer_to_a_report_is_understood(string result, ReportAnswer answer) =>
        Assert.That(ReportState.ReadReply(JsonElement.Parse(result)), Is.EqualTo(answer));

    [Test]
    public void Ports_come_with_where_they_are_bound()
    {
        var ports = GetPorts.ReadReply(Sample.Answered(release, "get_ports").First().Reply);

        Assert.That(ports, Has.Count.GreaterThan(3));
        Assert.That(ports.Select(port => port.ActiveBinding?.Host), Has.All.EqualTo("cloud-a"));
        Assert.That(ports.Select(port => port.ProjectId), Has.All.Not.Null);
        Assert.That(ports, Has.Some.Matches<NeutronPort>(port => port.SecurityGroupIds.Count == 1 && port.FixedIps.Count > 0 && port.PortSecurityEnabled == true));
    }

    [Test]
    public void A_port_is_the_same_as_object_and_as_dictionary()
    {
        var shown = GetPorts.ReadReply(Sample.Answered(release, "get_ports").First().Reply);
        var pulled = Pulled("Port").Select(of => NeutronPort.Read(of)!).ToList();
        var pairs = (from one in pulled
                     from other in shown
                     where one.Id == other.Id && one.DeviceOwner == "compute:nova"
                     select (Comparable(one), Comparable(other))).ToList();

        Assert.That(pairs, Is.Not.Empty);
        foreach (var (fromObject, fromDictionary) in pairs)
        {
            Assert.That(fromObject, Is.EqualTo(fromDictionary));
        }
    }

    [Test]
    public void The_object_tells_the_segment_a_port_is_bound_to()
    {
        var port = Pulled("Port").Select(of => NeutronPort.Read(of)!).First(of => of.ActiveBinding?.Host == "cloud-a");

        var segment = port.SegmentOn("cloud-a");

        Assert.That((segment?.NetworkType, segment?.SegmentationId > 0, segment?.NetworkId), Is.EqualTo(("vxlan", true, port.NetworkId)));
        Assert.That(port.ActiveBinding!.VifDetails!["bridge_name"], Is.Not.Null, "a text within the text is read");
        Assert.That(port.SegmentOn("elsewhere"), Is.Null);
    }

    [Test]
    public void Networks_and_subnets_are_read_whole()
    {
        var network = Pulled("Network").Select(of => NeutronNetwork.Read(of)!).First(of => of.Name == "tenant-net");
        var subnet = Pulled("Subnet").Select(of => NeutronSubnet.Read(of)!).First(of => of.NetworkId == network.Id);

        Assert.That(
            (network.Mtu, network.Shared, network.PortSecurityEnabled, network.AdminStateUp, network.Segments.Single().NetworkType, network.QosPolicyId),
            Is.EqualTo(((int?)1450, (bool?)false, (bool?)true, (bool?)true, "vxlan", (string?)null)));
        Assert.That(
            (subnet.Cidr, subnet.GatewayIp, subnet.IpVersion, subnet.EnableDhcp, subnet.AllocationPools.Single()),
            Is.EqualTo(("10.10.0.0/24", "10.10.0.1", (int?)4, (bool?)true, new AllocationPool("10.10.0.2", "10.10.0.254"))));
    }

    [Test]
    public void A_network_s_dictionary_tells_its_segment_and_whether_it_is_external()
    {
        var (_, reply) = Sample.Answered(release, "get_networks").First(of => (string?)of.Message["version"] == "1.7");

        var network = GetNetworks.ReadReply(reply).Single();

        Assert.That(
            (network.External, network.Segments.Single().NetworkType, network.Segments.Single().NetworkId),
            Is.EqualTo(((bool?)false, "vxlan", network.Id)));
    }

    [Test]
    public void A_network_s_info_has_subnets_and_ports()
    {
        var info = GetNetworkInfo.ReadReply(Sample.Answered(release, "get_network_info").Single().Reply)!;

        Assert.That((info.Subnets.Single().Cidr, info.ProjectId is not null), Is.EqualTo(("10.20.0.0/24", true)));
        Assert.That(info.Ports.Select(port => port.NetworkId), Is.Not.Empty.And.All.EqualTo(info.Id));
    }

    [Test]
    public void Security_groups_come_with_their_rules()
    {
        var groups = Pulled("SecurityGroup").Select(of => NeutronSecurityGroup.Read(of)!).ToList();
        var rules = Pulled("SecurityGroupRule").Select(of => NeutronSecurityGroupRule.Read(of)!).ToList();

        Assert.That(groups[0].Stateful, Is.True);
        Assert.That(groups[0].Rules!.Select(rule => rule.Id), Is.EquivalentTo(rules.Where(rule => rule.SecurityGroupId == groups[0].Id).Select(rule => rule.Id)));

        // Later releases take the rules of a new group from a table, which the recording left empty.
        Assert.That(
            rules.Select(rule => (rule.Direction, rule.Ethertype, rule.RemoteGroupId == rule.SecurityGroupId)),
            Is.EquivalentTo(release == "zed" ? [("ingress", "IPv4", true), ("egress", "IPv4", false), ("ingress", "IPv6", true), ("egress", "IPv6", false)] : Array.Empty<(string?, string?, bool)>()));
    }

    [Test]
    public void Members_of_remote_groups_come_by_group_and_family()
    {
        var infos = Sample.Answered(release, "security_group_info_for_devices").Select(of => SecurityGroupInfo(of.Reply)).ToList();
        var members = infos.SelectMany(info => info.Members.Values).SelectMany(of => of).ToList();

        Assert.That(members, Has.Some.EqualTo(new GroupMember("IPv4", "198.51.100.0/24", null)));
        Assert.That(infos.SelectMany(info => info.SecurityGroups.Values).SelectMany(rules => rules).Select(rule => (string?)rule["direction"]), Has.Some.EqualTo("ingress"));
        Assert.That(infos.SelectMany(info => info.Devices.Keys), Is.Not.Empty);
    }

    [Test]
    public void Policies_and_trunks_are_pulled()
    {
        var pulls = Sample.Answered(release, "pull").Select(of => Pull.ReadReply(of.Reply)!).ToList();
        var policy = NeutronQosPolicy.Read(pulls.First(of => of.Name == "QosPolicy"))!;
        var trunk = NeutronTrunk.Read(pulls.First(of => of.Name == "Trunk"))!;

        Assert.That(policy.Rules.Select(rule => (rule.Type, rule.MaxKbps, rule.MaxBurstKbps, rule.Direction, rule.DscpMark)), Is.EqualTo(new[]
        {
            ("bandwidth_limit", 10000, 1000, "egress", null),
            ("dscp_marking", (int?)null, (int?)null, (string?)null, (int?)26),
        }));
        Assert.That(
            (trunk.Status, trunk.SubPorts.Single().SegmentationType, trunk.SubPorts.Single().SegmentationId, trunk.SubPorts.Single().TrunkId),
            Is.EqualTo(("DOWN", "vlan", (int?)101, trunk.Id)));
    }

    [Test]
    public void Subports_come_bound_by_trunk()
    {
        var (message, reply) = Sample.Answered(release, "update_subport_bindings").Single();

        var ports = UpdateSubportBindings.ReadReply(reply)[(string)message["args"]!["subports"]![0]!["trunk_id"]!];

        Assert.That((ports.Single().DeviceOwner, ports.Single().ActiveBinding!.Host), Is.EqualTo(("trunk:subport", "cloud-a")));
    }

    [Test]
    public void Reports_of_devices_are_answered_one_by_one()
    {
        var replies = Sample.Answered(release, "update_device_list").Select(of => UpdateDeviceList.ReadReply(of.Reply)).ToList();

        Assert.That(replies, Has.Some.Matches<DeviceListUpdated>(of => of.DevicesUp.Count == 1 && of.FailedDevicesUp.Count == 0));
    }

    [Test]
    public void Details_tell_a_port_that_is_bound_elsewhere_from_one_that_is_unknown()
    {
        var (_, reply) = Sample.Answered(release, "get_devices_details_list_and_failed_devices").First(of => of.Message["args"]!["devices"]!.AsArray().Count == 2);

        var details = GetDevicesDetailsListAndFailedDevices.ReadReply(reply).Devices;

        Assert.That(details.Select(of => (of.PortId, of.NoActiveBinding)), Is.EqualTo(new[] { ((string?)null, true), (null, false) }));
    }

    [Test]
    public void The_tunnels_and_the_address_for_distributed_routers_are_read()
    {
        var tunnels = TunnelSync.ReadReply(Sample.Answered(release, "tunnel_sync").Last().Reply);
        var mac = GetDvrMacAddressByHost.ReadReply(Sample.Answered(release, "get_dvr_mac_address_by_host").Last().Reply);

        Assert.That(tunnels, Is.EqualTo(new[] { new TunnelEndpoint("192.0.2.11", 4789, "cloud-a"), new TunnelEndpoint("192.0.2.12", 4789, "cloud-b") }));
        Assert.That((mac!.Host, mac.MacAddress), Is.EqualTo(("cloud-b", mac.MacAddress!.ToUpperInvariant())));
    }

    [Test]
    public void Everything_that_is_pulled_is_read_by_its_type()
    {
        foreach (var (message, reply) in Sample.Answered(release, "bulk_pull"))
        {
            var objects = BulkPull.ReadReply(reply);

            Assert.That(objects.Select(of => of.Name), Is.All.EqualTo((string)message["args"]!["resource_type"]!));
            Assert.That(objects.Select(Typed.Id), Is.All.Not.Null);
            Assert.That(objects, Has.Count.EqualTo(reply.GetArrayLength()));
        }
    }

    static SecurityGroupInfo SecurityGroupInfo(JsonElement reply) => SecurityGroupInfoForDevices.ReadReply(reply);

    IEnumerable<Oslo.Wire.Objects.VersionedObject> Pulled(string type) =>
        Sample.Answered(release, "bulk_pull").SelectMany(of => BulkPull.ReadReply(of.Reply)).Where(of => of.Name == type);

    // The dictionary has no level and no text of its own for what is null here.
#pragma warning disable IL2026, IL3050 // Tests are never trimmed.
    static string Comparable(NeutronPort port) => JsonSerializer.Serialize(new
    {
        port.Id,
        port.ProjectId,
        port.NetworkId,
        port.MacAddress,
        port.AdminStateUp,
        port.DeviceId,
        port.DeviceOwner,
        port.Status,
        port.FixedIps,
        port.AllowedAddressPairs,
        port.SecurityGroupIds,
        port.PortSecurityEnabled,
        port.QosPolicyId,
        port.DhcpOptions,
        Host = port.ActiveBinding?.Host,
        VifType = port.ActiveBinding?.VifType,
        VnicType = port.ActiveBinding?.VnicType,
    });
#pragma warning restore IL2026, IL3050
}
