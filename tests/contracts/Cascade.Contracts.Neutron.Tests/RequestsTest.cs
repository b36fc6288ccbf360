using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.Contracts.Neutron.Reports;
using Cascade.Contracts.Neutron.Trunks;

namespace Cascade.Contracts.Neutron.Tests;

/// <summary>A request of ours is, member by member, the one that the real plugins took in every release.</summary>
public sealed class RequestsTest
{
    static readonly Dictionary<string, Func<JsonObject, Sent>> Ours = new(StringComparer.Ordinal)
    {
        ["has_alive_neutron_server"] = Again<HasAliveNeutronServer, bool>,
        ["report_state"] = Again<ReportState, ReportAnswer>,
        ["get_ports"] = Again<GetPorts, IReadOnlyList<NeutronPort>>,
        ["get_networks"] = Again<GetNetworks, IReadOnlyList<NeutronNetwork>>,
        ["bulk_pull"] = Again<BulkPull, IReadOnlyList<Oslo.Wire.Objects.VersionedObject>>,
        ["pull"] = Again<Pull, Oslo.Wire.Objects.VersionedObject?>,
        ["update_device_list"] = Again<UpdateDeviceList, DeviceListUpdated>,
        ["get_devices_details_list_and_failed_devices"] = Again<GetDevicesDetailsListAndFailedDevices, DevicesDetails>,
        ["tunnel_sync"] = Again<TunnelSync, IReadOnlyList<TunnelEndpoint>>,
        ["get_dvr_mac_address_by_host"] = Again<GetDvrMacAddressByHost, DvrMac?>,
        ["create_dhcp_port"] = Again<CreateDhcpPort, NeutronPort?>,
        ["release_dhcp_port"] = Again<ReleaseDhcpPort, bool>,
        ["security_group_info_for_devices"] = Again<SecurityGroupInfoForDevices, SecurityGroupInfo>,
        ["get_network_info"] = Again<GetNetworkInfo, NetworkInfo?>,
        ["update_subport_bindings"] = Again<UpdateSubportBindings, IReadOnlyDictionary<string, IReadOnlyList<NeutronPort>>>,
        ["update_trunk_status"] = Again<UpdateTrunkStatus, bool>,
    };

    static IEnumerable<TestCaseData> Methods() =>
        from release in Sample.Releases from method in Ours.Keys select new TestCaseData(release, method);

    [TestCaseSource(nameof(Methods))]
    public void A_request_goes_out_exactly_as_the_sample_s(string release, string method)
    {
        var native = Sample.Requests(release).Where(of => (string?)of.Message["method"] == method && (string?)of.Target["topic"] != "q-l3-plugin" && of.Reply is not null).ToList();

        Assert.That(native, Is.Not.Empty);
        foreach (var (target, message, _) in native)
        {
            var sent = Ours[method](message["args"]!.AsObject());
            Assert.That(
                (sent.Topic, sent.Method, sent.Version, sent.Namespace),
                Is.EqualTo(((string)target["topic"]!, method, (string)message["version"]!, (string?)message["namespace"])));
            Same(sent.Arguments, message["args"]);
        }
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void The_agent_s_state_is_built_as_a_native_one_is(string release)
    {
        var reports = Sample.Answered(release, "report_state").Select(of => of.Message["args"]!.AsObject())
            .Where(args => (string?)args["agent_state"]!["agent_state"]!["agent_type"] == "Open vSwitch agent").ToList();
        var mappings = new Dictionary<string, string> { ["physnet1"] = "br-phys", ["physext"] = "br-ex" };

        Assert.That(reports, Has.Some.Matches<JsonObject>(Starting).And.Some.Not.Matches<JsonObject>(Starting));
        foreach (var report in reports)
        {
            var native = report["agent_state"]!["agent_state"]!;
            AtOurVersions(native);
            var host = (string)native["host"]!;
            var built = new OvsAgentState
            {
                Host = host,
                BridgeMappings = mappings,
                TunnelingIp = (string?)native["configurations"]!["tunneling_ip"],
            }.Build((string)native["uuid"]!, Starting(report));
            var sent = ReportState.Of(built, DateTimeOffset.Parse((string)report["time"]! + "Z", System.Globalization.CultureInfo.InvariantCulture));

            Same(JsonSerializer.SerializeToNode(sent, ReportState.Wire), report);
        }
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void What_is_built_for_a_caller_is_what_the_sample_has(string release)
    {
        var (dhcp, made) = Sample.Answered(release, "create_dhcp_port").Single();
        var port = dhcp["args"]!["port"]!["port"]!;
        var ours = CreateDhcpPort.Of(
            (string)dhcp["args"]!["host"]!, (string)port["network_id"]!, (string)port["device_id"]!, (string)port["tenant_id"]!,
            (string)port["fixed_ips"]![0]!["subnet_id"]!);
        Same(Arguments(ours), dhcp["args"]);
        Assert.That(((IPluginCall<NeutronPort?>)ours).Read(made)!.FixedIps.Single().IpAddress, Does.StartWith("10.10.0."));

        var (subports, _) = Sample.Answered(release, "update_subport_bindings").Single();
        var subport = subports["args"]!["subports"]![0]!;
        Same(
            Arguments(UpdateSubportBindings.Of((string)subport["trunk_id"]!, [NeutronSubPort.Read(subport.AsObject())!])),
            subports["args"]);

        var (ports, _) = Sample.Answered(release, "get_ports").First();
        Same(Arguments(new GetPorts(Filters.Of("binding:host_id", "cloud-a"))), ports["args"]);

        var pulled = Sample.Answered(release, "bulk_pull").First(of => (string?)of.Message["args"]!["resource_type"] == "Network").Message["args"]!;
        pulled["version"] = "1.1";
        Same(Arguments(BulkPull.Of("Network", "id", (string)pulled["filter_kwargs"]!["id"]![0]!)), pulled);
    }

    // The recorded agent reports its own release's versions, we report Zed's to all.
    static void AtOurVersions(JsonNode native)
    {
        if (native["resource_versions"] is not null)
        {
            native["resource_versions"] = Sample.ResourceVersions["zed"]!.DeepClone();
        }
    }

    internal static bool Starting(JsonObject report) => report["agent_state"]!["agent_state"]!["start_flag"] is not null;

    static JsonObject Arguments<TReply>(IPluginCall<TReply> call) => call.Arguments();

    internal static Sent Again<TCall, TReply>(JsonObject args)
        where TCall : IPluginCall<TCall, TReply>
    {
        IPluginCall<TReply> call = args.Deserialize(TCall.Wire)!;
        return new(call.SentTo, call.Method.Method, call.Method.Since.ToString(), call.Method.Namespace, call.Arguments());
    }

    internal static void Same(JsonNode? ours, JsonNode? native) =>
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(ours?.ToJsonString() ?? "null"), native), Is.True, () => $"{ours?.ToJsonString()}\nis not\n{native?.ToJsonString()}");

    internal sealed record Sent(string Topic, string Method, string Version, string? Namespace, JsonObject Arguments);
}
