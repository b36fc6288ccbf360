using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.L3;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.Contracts.Neutron.Reports;

namespace Cascade.Contracts.Neutron.Tests;

/// <summary>A request of ours about routers is, member by member, the one that the real plugins took in every release.</summary>
public sealed class RouterRequestsTest
{
    static readonly Dictionary<string, Func<JsonObject, RequestsTest.Sent>> Ours = new(StringComparer.Ordinal)
    {
        ["get_router_ids"] = RequestsTest.Again<GetRouterIds, IReadOnlyList<string>>,
        ["sync_routers"] = RequestsTest.Again<SyncRouters, IReadOnlyList<NeutronRouter>>,
        ["update_floatingip_statuses"] = RequestsTest.Again<UpdateFloatingIpStatuses, bool>,
        ["get_agent_gateway_port"] = RequestsTest.Again<GetAgentGatewayPort, RouterPort?>,
        ["get_service_plugin_list"] = RequestsTest.Again<GetServicePluginList, IReadOnlyList<string>>,
        ["update_ha_routers_states"] = RequestsTest.Again<UpdateHaRoutersStates, bool>,
        ["update_all_ha_network_port_statuses"] = RequestsTest.Again<UpdateAllHaNetworkPortStatuses, bool>,
        ["get_host_ha_router_count"] = RequestsTest.Again<GetHostHaRouterCount, int>,
        ["get_networks"] = RequestsTest.Again<ListNetworks, IReadOnlyList<NeutronNetwork>>,
    };

    static IEnumerable<TestCaseData> Methods() =>
        from release in Sample.Releases from method in Ours.Keys select new TestCaseData(release, method);

    [TestCaseSource(nameof(Methods))]
    public void A_request_goes_out_exactly_as_the_sample_s(string release, string method)
    {
        var native = Sample.Requests(release).Where(of => (string?)of.Message["method"] == method && (string?)of.Target["topic"] == "q-l3-plugin" && of.Reply is not null).ToList();

        Assert.That(native, Is.Not.Empty);
        foreach (var (target, message, _) in native)
        {
            var sent = Ours[method](message["args"]!.AsObject());
            Assert.That((sent.Topic, sent.Method, sent.Version, sent.Namespace), Is.EqualTo(((string)target["topic"]!, method, (string)message["version"]!, (string?)null)));
            RequestsTest.Same(sent.Arguments, message["args"]);
        }
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void Nothing_an_agent_asks_about_routers_is_unknown_to_us(string release)
    {
        // What a distributed router's ARP table is filled with is of no use to us.
        var asked = Sample.Requests(release).Where(of => (string?)of.Target["topic"] == "q-l3-plugin").Select(of => (string)of.Message["method"]!).Distinct();

        Assert.That(asked.Except(["get_ports_by_subnet"]), Is.EquivalentTo(Ours.Keys));
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void The_agent_s_state_is_built_as_a_native_one_is(string release)
    {
        var reports = Sample.Answered(release, "report_state").Select(of => of.Message["args"]!.AsObject())
            .Where(args => (string?)args["agent_state"]!["agent_state"]!["agent_type"] == "L3 agent").ToList();

        Assert.That(reports, Has.Some.Matches<JsonObject>(RequestsTest.Starting).And.Some.Not.Matches<JsonObject>(RequestsTest.Starting));
        foreach (var report in reports)
        {
            var native = report["agent_state"]!["agent_state"]!;
            var built = new L3AgentState
            {
                Host = (string)native["host"]!,
                AgentMode = (string)native["configurations"]!["agent_mode"]!,
                Extensions = ["port_forwarding"],
            }.Build((string)native["uuid"]!, RequestsTest.Starting(report));
            var sent = ReportState.Of(built, DateTimeOffset.Parse((string)report["time"]! + "Z", System.Globalization.CultureInfo.InvariantCulture));

            RequestsTest.Same(JsonSerializer.SerializeToNode(sent, ReportState.Wire), report);
        }
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void What_is_built_for_a_caller_is_what_the_sample_has(string release)
    {
        foreach (var (type, field) in new[] { (NeutronObjects.PortForwarding, "floatingip_id"), (NeutronObjects.ConntrackHelper, "router_id") })
        {
            var pulled = Sample.Answered(release, "bulk_pull").Single(of => (string?)of.Message["args"]!["resource_type"] == type).Message["args"]!;
            RequestsTest.Same(Arguments(BulkPull.Of(type, field, (string)pulled["filter_kwargs"]![field]![0]!)), pulled);
        }

        var listed = Sample.Answered(release, "get_networks").Single(of => (string?)of.Message["version"] == "1.12").Message["args"]!;
        RequestsTest.Same(Arguments(ListNetworks.External() with { Fields = ["id", "name", "subnets"] }), listed);
    }

    [Test]
    public void What_no_sample_has_is_as_a_native_agent_says_it()
    {
        // neutron/agent/l3/agent.py: L3PluginApi.delete_agent_gateway_port, get_routers.
        RequestsTest.Same(Arguments(new DeleteAgentGatewayPort("cloud-a", "n")), JsonNode.Parse("""{"host":"cloud-a","network_id":"n"}"""));
        RequestsTest.Same(Arguments(new SyncRouters("cloud-a", null)), JsonNode.Parse("""{"host":"cloud-a","router_ids":null}"""));
        RequestsTest.Same(Arguments(new UpdateFloatingIpStatuses("r", [])), JsonNode.Parse("""{"router_id":"r","fip_statuses":{}}"""));
        Assert.That((DeleteAgentGatewayPort.Name.Method, DeleteAgentGatewayPort.Name.Since.ToString()), Is.EqualTo(("delete_agent_gateway_port", "1.7")));
    }

    static JsonObject Arguments<TReply>(IPluginCall<TReply> call) => call.Arguments();
}
