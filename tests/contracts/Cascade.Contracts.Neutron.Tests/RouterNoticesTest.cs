using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.L3;
using Cascade.Contracts.Neutron.Notices;
using Cascade.Contracts.Neutron.Objects;

namespace Cascade.Contracts.Neutron.Tests;

/// <summary>What the server says to agents of the third layer, in each release.</summary>
[TestFixtureSource(typeof(Sample), nameof(Sample.Releases))]
public sealed class RouterNoticesTest(string release)
{
    static readonly Dictionary<string, Func<JsonObject, JsonObject>> Ours = new(StringComparer.Ordinal)
    {
        ["routers_updated"] = NoticesTest.Again<RoutersUpdated>,
        ["router_deleted"] = NoticesTest.Again<RouterDeleted>,
        ["router_removed_from_agent"] = NoticesTest.Again<RouterRemovedFromAgent>,
        ["router_added_to_agent"] = NoticesTest.Again<RouterAddedToAgent>,
        ["agent_updated"] = NoticesTest.Again<AgentUpdated>,
        ["add_arp_entry"] = NoticesTest.Again<AddArpEntry>,
        ["del_arp_entry"] = NoticesTest.Again<DelArpEntry>,
        ["fipnamespace_delete_on_ext_net"] = NoticesTest.Again<FipNamespaceDeleteOnExtNet>,
        ["network_update"] = NoticesTest.Again<NetworkUpdate>,
        ["push"] = NoticesTest.Again<Push>,
    };

    static readonly string[] ToEverybody = ["router_deleted", "add_arp_entry", "del_arp_entry", "fipnamespace_delete_on_ext_net"];

    [Test]
    public void Every_word_to_an_agent_is_one_of_the_table_and_loses_nothing()
    {
        var topic = NeutronTopics.RouterNotices.Single(topic => topic.Name == NeutronTopics.L3Agent);
        var seen = new HashSet<string>();
        foreach (var (target, message) in Sample.Casts(release).Concat(Sample.Calls(release)).Where(said => (string?)said.Target["topic"] == "l3_agent"))
        {
            var (method, args) = ((string)message["method"]!, message["args"]!.AsObject());

            Assert.That(topic.Methods, Does.Contain(method));
            Assert.That(target["server"] is null, Is.EqualTo(ToEverybody.Contains(method)), method);
            RequestsTest.Same(Ours[method](args.DeepClone().AsObject()), args);
            seen.Add(method);
        }

        // No external network was deleted in the recordings.
        Assert.That(topic.Methods.Except(seen), Is.EquivalentTo(new[] { "fipnamespace_delete_on_ext_net" }));
    }

    [Test]
    public void Every_method_of_the_table_has_a_record_that_serves_all_of_1_x()
    {
        var methods = NeutronTopics.RouterNotices.Concat(NeutronTopics.RouterPushes).SelectMany(topic => topic.Methods).Distinct();

        Assert.That(methods, Is.EquivalentTo(Ours.Keys));
    }

    [Test]
    public void Only_one_word_of_the_server_s_is_a_call() =>
        Assert.That(Sample.Calls(release).Select(call => (string)call.Message["method"]!).Distinct(), Is.EqualTo(new[] { "router_added_to_agent" }));

    [Test]
    public void Notices_name_the_routers()
    {
        Assert.That(Of("routers_updated").Select(args => args.Deserialize(RoutersUpdated.Wire)!.Ids().Single().Length), Has.All.EqualTo(36), "one a message");
        Assert.That(Of("router_removed_from_agent").Select(args => args.Deserialize(RouterRemovedFromAgent.Wire)!.RouterId()!.Length), Is.Not.Empty.And.All.EqualTo(36));
        Assert.That(Of("router_added_to_agent").Select(args => args.Deserialize(RouterAddedToAgent.Wire)!.Ids().Single().Length), Is.Not.Empty.And.All.EqualTo(36));
        Assert.That(Of("router_deleted").Select(args => args.Deserialize(RouterDeleted.Wire)!.RouterId!.Length), Is.Not.Empty.And.All.EqualTo(36));
        Assert.That(Of("agent_updated").Select(args => args.Deserialize(AgentUpdated.Wire)!.AdminStateUp()), Is.EqualTo(new bool?[] { false, true }));
    }

    [Test]
    public void Routers_of_an_old_server_come_whole_and_odd_ones_are_left_out()
    {
        var ids = new RoutersUpdated([new JsonObject { ["id"] = "a" }, "b", null, 7]).Ids();

        Assert.That(ids, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(new RouterAddedToAgent(null).Ids(), Is.Empty);
        Assert.That(new RouterRemovedFromAgent(null).RouterId(), Is.Null);
    }

    [Test]
    public void Pushes_come_on_our_topics_and_a_port_forwarding_is_whole_when_it_is_deleted()
    {
        var topics = NeutronTopics.RouterPushes.Select(topic => topic.Name).ToHashSet();
        var pushes = Sample.Casts(release).Where(cast => topics.Contains((string)cast.Target["topic"]!)).Select(cast => cast.Message["args"].Deserialize(Push.Wire)!).ToList();
        var forwardings = pushes.Where(push => push.Resources().Single().Name == "PortForwarding").ToList();
        var (made, gone) = (Forwarding(forwardings.Single(push => push.EventType == "created")), Forwarding(forwardings.Single(push => push.IsDeletion)));

        Assert.That(pushes.SelectMany(push => push.Resources()).Select(Typed.Id), Has.All.Not.Null);
        Assert.That(pushes.SelectMany(push => push.Resources()).Select(of => of.Name), Has.Some.EqualTo("ConntrackHelper").And.Some.EqualTo("QosPolicy"));
        Assert.That((gone.Id, gone.FloatingIpId, gone.ExternalPort, gone.InternalPortId), Is.EqualTo((made.Id, made.FloatingIpId, made.ExternalPort, made.InternalPortId)));
    }

    IEnumerable<JsonObject> Of(string method) =>
        Sample.Casts(release).Concat(Sample.Calls(release)).Where(said => (string?)said.Message["method"] == method).Select(said => said.Message["args"]!.AsObject());

    static NeutronPortForwarding Forwarding(Push push) => NeutronPortForwarding.Read(push.Resources().Single())!;
}
