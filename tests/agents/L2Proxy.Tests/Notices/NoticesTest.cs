using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy;
using Cascade.L2Proxy.Notices;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Notices;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support.Parent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace L2Proxy.Tests.Notices;

/// <summary>What the server says becomes hints: everything that happens to the parent's things reaches the book.</summary>
sealed class NoticesTest
{
    readonly FakeTimeProvider time = new();
    readonly HintBook book = new(1000);
    FakeNeutronServer parent = null!;
    NoticeEndpoint endpoint = null!;

    [SetUp]
    public void Connect()
    {
        while (book.Take() is not null)
        {
        }

        parent = new(time);
        var services = new ServiceCollection()
            .AddSingleton(book).AddSingleton<PortNotices>().AddSingleton<NetworkNotices>().AddSingleton<SecurityGroupNotices>().AddSingleton<Pushes>();
        endpoint = new(new L2ProxyPage().Page(), services.BuildServiceProvider(), book, time, NullLogger.Instance);
    }

    [Test]
    public void A_port_that_is_plugged_in_is_told_with_its_network_and_host()
    {
        var network = parent.AddNetwork();
        parent.AddSubnet(network);
        Listen();
        var port = parent.AddPort(network, "here");

        var hint = Hints().Single(told => told.Type == NeutronObjects.Port);
        Assert.That((hint.Id, hint.Owner, hint.MayConcern("here"), hint.MayConcern("there")), Is.EqualTo((port, network, true, false)));
    }

    [Test]
    public void A_port_that_is_let_go_is_told_only_by_the_push_and_as_bound_nowhere()
    {
        var port = parent.AddPort(parent.AddNetwork(), "here");
        Listen();
        parent.UnbindPort(port);

        var hint = Hints().Single();
        Assert.That((hint.Id, hint.IsDeletion), Is.EqualTo((port, false)));
        Assert.That(hint.MayConcern("here"), Is.False, "who holds a mirror of it looks all the same");
    }

    [Test]
    public void A_port_that_is_deleted_concerns_everybody()
    {
        var port = parent.AddPort(parent.AddNetwork(), "here");
        Listen();
        parent.DeletePort(port);

        var hint = Hints().Single();
        Assert.That((hint.Id, hint.IsDeletion, hint.MayConcern("there")), Is.EqualTo((port, true, true)));
    }

    [Test]
    public void A_live_migration_concerns_both_ends()
    {
        var port = parent.AddPort(parent.AddNetwork(), "here");
        parent.AddInactiveBinding(port, "there");
        Listen();
        parent.ActivateBinding(port, "there");

        var hint = Hints().Single();
        Assert.That((hint.Id, hint.MayConcern("here"), hint.MayConcern("there")), Is.EqualTo((port, true, true)));
    }

    [Test]
    public void Networks_and_subnets_are_told_when_they_come_change_and_go()
    {
        var network = parent.AddNetwork();
        var subnet = parent.AddSubnet(network);
        Listen();
        parent.EditNetwork(network, changed => changed["mtu"] = 1400);
        parent.EditSubnet(subnet, changed => changed["enable_dhcp"] = false);

        Assert.That(Hints().Select(hint => (hint.Type, hint.Id, hint.Owner)), Is.EqualTo(new[] { ("Network", network, null), ("Subnet", subnet, network) }));
        parent.DeleteNetwork(network);
        Assert.That(Hints().Select(hint => (hint.Type, hint.Id, hint.IsDeletion)), Is.EqualTo(new[] { ("Subnet", subnet, true), ("Network", network, true) }));
    }

    [Test]
    public void Rules_tell_their_group_and_members_are_told_apart()
    {
        var group = parent.AddSecurityGroup();
        var port = parent.AddPort(parent.AddNetwork(), "here");
        Listen();
        var rule = parent.AddRule(group);
        Assert.That(
            Hints().Select(hint => (hint.Type, hint.Id, hint.Owner, hint.Events)),
            Is.EqualTo(new[] { ("SecurityGroupRule", rule, group, HintEvents.Changed), ("SecurityGroup", group, null, HintEvents.Changed) }));

        parent.EditPort(port, changed => changed["security_groups"] = new JsonArray(group));
        Assert.That(Hints().Single(hint => hint.Type == "SecurityGroup").Events, Is.EqualTo(HintEvents.Members));
        parent.DeleteRule(rule);
        Assert.That(Hints().Select(hint => (hint.Type, hint.Events)), Is.EqualTo(new[] { ("SecurityGroupRule", HintEvents.Deleted), ("SecurityGroup", HintEvents.Changed) }));
    }

    [Test]
    public void Address_groups_policies_and_trunks_are_told()
    {
        Listen();
        var addresses = parent.AddAddressGroup("192.0.2.0/24");
        var policy = parent.AddQosPolicy();
        var trunk = parent.AddTrunk(parent.AddPort(parent.AddNetwork(), "here"));

        Assert.That(
            Hints().Select(hint => (hint.Type, hint.Id)),
            Is.SupersetOf(new[] { (NeutronObjects.AddressGroup, addresses), (NeutronObjects.QosPolicy, policy), (NeutronObjects.Trunk, trunk) }));
    }

    [Test]
    public void A_subport_is_known_by_its_port()
    {
        Say("push", new() { ["event_type"] = "created", ["resource_list"] = Objects("SubPort", new() { ["port_id"] = "p1", ["trunk_id"] = "t1", ["segmentation_id"] = 5 }) });

        var hint = Hints().Single();
        Assert.That((hint.Type, hint.Id, hint.Owner), Is.EqualTo(("SubPort", "p1", "t1")));
    }

    [Test]
    public void What_is_told_five_times_is_looked_at_once()
    {
        var port = parent.AddPort(parent.AddNetwork(), "here");
        Listen(times: 5);
        parent.EditPort(port, changed => changed["name"] = "x");

        Assert.That(Hints(), Has.Count.EqualTo(1));
    }

    [Test]
    public void What_a_newer_parent_invented_is_ignored()
    {
        Say("port_teleported", new() { ["port_id"] = "p1" });

        Assert.That(book.Take(), Is.Null);
    }

    [Test]
    public void What_cannot_be_read_makes_everything_be_compared_once_a_minute()
    {
        Say("port_delete", new() { ["port_id"] = new JsonArray() });
        Assert.That(book.Take()!.Resync, Does.Contain("could not be read"));
        Say("port_delete", new() { ["port_id"] = 5 });
        Assert.That(book.Take(), Is.Null);

        time.Advance(TimeSpan.FromMinutes(2));
        Say("port_delete", new() { ["port_id"] = 5 });
        Assert.That(book.Take()!.Resync, Is.Not.Null);
    }

    void Listen(int times = 1) => parent.Told += notice =>
    {
        for (var said = 0; said < times; said++)
        {
            Say(notice.Method, notice.Arguments);
        }
    };

    void Say(string method, JsonObject arguments)
    {
        var said = endpoint.ServeAsync(new(method, JsonDocument.Parse(arguments.ToJsonString()).RootElement, null, new(1, 0), RpcContext.Admin("req-1")), CancellationToken.None);
        Assert.That(said.IsCompletedSuccessfully, "a notice never waits");
    }

    static JsonArray Objects(string type, JsonObject data) =>
        [new JsonObject { ["versioned_object.name"] = type, ["versioned_object.namespace"] = "versionedobjects", ["versioned_object.version"] = "1.0", ["versioned_object.data"] = data }];

    List<Hint> Hints()
    {
        var hints = new List<Hint>();
        while (book.Take() is { } taken)
        {
            hints.Add(taken.Hint!);
        }

        return hints;
    }
}
