using System.Text.Json.Nodes;
using Cascade.Agent.Verbs;

namespace L2Proxy.Tests.Groups;

/// <summary>What <c>mirror list</c> says of groups, policies and trunks; it says it without changing anything.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class ListsTest : IAsyncDisposable
{
    GroupsWorld world = null!;
    string network = "";

    [SetUp]
    public async Task StartAsync()
    {
        world = await GroupsWorld.StartAsync();
        network = world.Parent.AddNetwork();
        world.Parent.AddSubnet(network);
    }

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Test]
    public async Task Groups_are_linked_named_missing_adrift_or_orphans()
    {
        var db = world.Parent.AddSecurityGroup("db");
        var web = world.Parent.AddSecurityGroup("web");
        world.Parent.AddRule(web, rule => rule["remote_group_id"] = db);
        var late = world.Parent.AddSecurityGroup("late");
        var bent = world.Parent.AddSecurityGroup("bent");
        await world.EnsureAsync(Port(web));
        await world.EnsureAsync(Port(bent));
        Port(late);
        world.Neutron.Make("security-group-rules", world.Ours, new()
        {
            ["security_group_id"] = (string)world.ChildGroup(bent)!["id"]!, ["direction"] = "ingress", ["ethertype"] = "IPv4",
        });
        var orphan = Guid.NewGuid().ToString();
        world.Neutron.Make("security-groups", world.Ours, new() { ["name"] = "old", ["description"] = "cascade:" + orphan });
        world.Words();

        var notes = await NotesAsync("security groups");

        Assert.That(notes, Is.EquivalentTo(new Dictionary<string, string>
        {
            [web] = "linked",
            [db] = "linked: only named by rules",
            [late] = "missing in the child",
            [bent] = "drift: 0 rules missing, 1 too many",
            [orphan] = "orphan: no port of this host needs it",
        }));
        Assert.That(world.Words(), Is.Empty);
    }

    [Test]
    public async Task Address_groups_are_linked_missing_adrift_or_orphans()
    {
        var (office, home, bent) = (world.Parent.AddAddressGroup("198.51.100.0/24"), world.Parent.AddAddressGroup(), world.Parent.AddAddressGroup("192.0.2.0/24"));
        var db = world.Parent.AddSecurityGroup("db");
        var web = world.Parent.AddSecurityGroup("web");
        world.Parent.AddRule(web, rule => rule["remote_group_id"] = db);
        world.Parent.AddRule(web, rule => rule["remote_address_group_id"] = office);
        world.Parent.AddRule(web, rule => rule["remote_address_group_id"] = bent);
        await world.EnsureAsync(Port(web));
        world.Neutron.Change("address-groups", (string)world.ChildList(bent)!["id"]!, list => list["addresses"] = new JsonArray("192.0.2.7/32"));
        var late = world.Parent.AddSecurityGroup("late");
        world.Parent.AddRule(late, rule => rule["remote_address_group_id"] = home);
        Port(late);
        var orphan = Guid.NewGuid().ToString();
        world.Neutron.Make("address-groups", world.Ours, new() { ["name"] = "old", ["description"] = "cascade:" + orphan });
        world.Words();

        var notes = await NotesAsync("address groups");

        Assert.That(notes, Is.EquivalentTo(new Dictionary<string, string>
        {
            [office] = "linked",
            [home] = "missing in the child",
            [bent] = "drift: 1 addresses missing, 1 too many",
            [db] = "linked: 0 members elsewhere",
            [orphan] = "orphan: no rule of a port of this host names it",
        }));
        Assert.That(world.Words(), Is.Empty);
    }

    [Test]
    public async Task A_child_without_address_groups_lists_none()
    {
        world.Neutron.SwitchOff("address-group");

        Assert.That(await NotesAsync("address groups"), Is.Empty);
    }

    [Test]
    public async Task Policies_are_listed()
    {
        var gold = world.Parent.AddQosPolicy();
        var silver = world.Parent.AddQosPolicy();
        world.Parent.AddPort(network, GroupsWorld.Host, port => port["qos_policy_id"] = gold);
        world.Parent.EditNetwork(network, edited => edited["qos_policy_id"] = silver);
        await world.Qos.EnsureAsync(gold, "port", default);

        Assert.That(await NotesAsync("QoS policies"), Is.EquivalentTo(new Dictionary<string, string> { [gold] = "linked", [silver] = "missing in the child" }));
    }

    [Test]
    public async Task Trunks_are_listed()
    {
        var port = world.Parent.AddPort(network, GroupsWorld.Host, edited => edited["binding:vif_details"] = new JsonObject { ["bridge_name"] = "tbr-f77caff3-5" });
        var trunk = world.Parent.AddTrunk(port);

        Assert.That(await NotesAsync("trunks"), Is.EquivalentTo(new Dictionary<string, string> { [trunk] = "missing in the child" }));
    }

    async Task<Dictionary<string, string>> NotesAsync(string noun) =>
        (await world.All<IMirrorSource>().Single(source => source.Noun == noun).ReadAsync(default)).ToDictionary(row => row.Uuid, row => row.Note);

    string Port(string group) => world.Parent.AddPort(network, GroupsWorld.Host, port => port["security_groups"] = new JsonArray(group));
}
