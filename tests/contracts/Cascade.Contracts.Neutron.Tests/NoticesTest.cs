using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Notices;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Tests;

/// <summary>What the server casts and pushes, in each release.</summary>
[TestFixtureSource(typeof(Sample), nameof(Sample.Releases))]
public sealed class NoticesTest(string release)
{
    static readonly Dictionary<string, Func<JsonObject, JsonObject>> Ours = new(StringComparer.Ordinal)
    {
        ["port_update"] = Again<PortUpdate>,
        ["port_delete"] = Again<PortDelete>,
        ["network_update"] = Again<NetworkUpdate>,
        ["network_delete"] = Again<NetworkDelete>,
        ["binding_activate"] = Again<BindingActivate>,
        ["binding_deactivate"] = Again<BindingDeactivate>,
        ["security_groups_rule_updated"] = Again<SecurityGroupsRuleUpdated>,
        ["security_groups_member_updated"] = Again<SecurityGroupsMemberUpdated>,
        ["tunnel_update"] = Again<TunnelUpdate>,
        ["tunnel_delete"] = Again<TunnelDelete>,
        ["dvr_mac_address_update"] = Again<DvrMacAddressUpdate>,
        ["add_fdb_entries"] = Again<AddFdbEntries>,
        ["remove_fdb_entries"] = Again<RemoveFdbEntries>,
        ["update_fdb_entries"] = Again<UpdateFdbEntries>,
        ["push"] = Again<Push>,
    };

    [Test]
    public void Every_cast_comes_on_a_topic_of_the_table_and_loses_nothing()
    {
        var topics = NeutronTopics.Notices.ToDictionary(topic => topic.Name);
        var seen = 0;
        foreach (var (target, message) in Sample.Casts(release).Where(cast => ((string)cast.Target["topic"]!).StartsWith("q-agent-notifier-", StringComparison.Ordinal)))
        {
            var (topic, method, args) = (topics[(string)target["topic"]!], (string)message["method"]!, message["args"]!.AsObject());

            Assert.That(topic.Methods, Does.Contain(method));
            Assert.That(topic.ToHost || target["server"] is null, Is.True, "cast to one host only where the table says so");
            var ours = Ours[method](args.DeepClone().AsObject());
            foreach (var (name, value) in args)
            {
                RequestsTest.Same(ours[name], value);
            }

            seen++;
        }

        Assert.That(seen, Is.GreaterThan(20));
    }

    [Test]
    public void Every_method_of_the_table_has_a_record_that_serves_all_of_1_x()
    {
        var methods = NeutronTopics.Notices.Concat(NeutronTopics.Pushes).SelectMany(topic => topic.Methods).Distinct();

        Assert.That(methods, Is.EquivalentTo(Ours.Keys));
    }

    [Test]
    public void Pushes_of_our_versions_come_on_our_topics_and_are_read()
    {
        var pushes = Sample.Casts(release).Where(cast => (string?)cast.Message["method"] == "push").ToList();
        var topics = NeutronTopics.Pushes.Select(topic => topic.Name).ToHashSet();

        Assert.That(pushes.Select(push => (string)push.Target["topic"]!), Has.Some.Matches<string>(topics.Contains));
        foreach (var (_, message) in pushes.Where(push => NeutronObjects.Pushed.Contains(((string)push.Target["topic"]!).Split('-')[2])))
        {
            var push = message["args"].Deserialize(Push.Wire)!;
            Assert.That(push.Resources().Select(Typed.Id), Is.Not.Empty.And.All.Not.Null);
        }
    }

    [Test]
    public void A_deletion_has_only_the_id()
    {
        var push = Sample.Casts(release).Where(cast => (string?)cast.Message["method"] == "push")
            .Select(cast => cast.Message["args"].Deserialize(Push.Wire)!).First(of => of.IsDeletion);

        var port = NeutronPort.Read(push.Resources().Single())!;

        Assert.That((port.Id.Length, port.MacAddress, port.FixedIps.Count, port.SecurityGroupIds.Count, port.ActiveBinding), Is.EqualTo((36, (string?)null, 0, 0, (PortBinding?)null)));
    }

    [Test]
    public void An_update_tells_port_and_segment()
    {
        var update = Sample.Casts(release).Where(cast => (string?)cast.Message["method"] == "port_update")
            .Select(cast => cast.Message["args"].Deserialize(PortUpdate.Wire)!).First();

        Assert.That((update.NetworkType, update.SegmentationId > 0, update.Read()!.ActiveBinding!.Host), Is.EqualTo(("vxlan", true, "cloud-a")));
    }

    [Test]
    public void One_odd_item_of_a_push_spoils_no_other()
    {
        var push = new Push([new JsonObject { ["not"] = "an object" }, null, "text", JsonNode.Parse("""{"versioned_object.name":"Port","versioned_object.data":{"id":"p"}}""")], "updated");

        Assert.That(push.Resources().Select(Typed.Id), Is.EqualTo(new[] { "p" }));
    }

    internal static JsonObject Again<T>(JsonObject args)
        where T : IRpcCall<T> => JsonSerializer.SerializeToNode(args.Deserialize(T.Wire)!, T.Wire)!.AsObject();
}
