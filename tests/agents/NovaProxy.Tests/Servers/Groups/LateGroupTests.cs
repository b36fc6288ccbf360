using System.Text.Json.Nodes;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>Two members of one group that were scheduled at once.</summary>
public sealed class LateGroupTests : WorldTest
{
    const int Unseen = 4323;

    [TestCase("anti-affinity", null, World.Host, false, TestName = "apart, and another is here: too late")]
    [TestCase("anti-affinity", 2, World.Host, true, TestName = "apart with two for each host, and one is here")]
    [TestCase("anti-affinity", null, "cell-b", true, TestName = "apart, and the other is elsewhere")]
    [TestCase("affinity", null, "cell-b", false, TestName = "together, and the other is elsewhere: too late")]
    [TestCase("affinity", null, World.Host, true, TestName = "together, and the other is here")]
    [TestCase("affinity", null, null, true, TestName = "together, and the other is nowhere yet")]
    [TestCase("soft-anti-affinity", null, World.Host, true, TestName = "a wish is the scheduler's alone")]
    public async Task Who_breaks_the_groups_rule_is_built_on_another_host(string policy, int? most, string? at, bool built)
    {
        var other = new Wanted(World, "other");
        World.Conductor.EditInstance(other.Uuid, row => row["host"] = at);
        var vm = new Wanted(World);
        var group = World.Conductor.AddGroup("web", policy, most, other.Uuid, vm.Uuid);
        await vm.BuildAsync(call => Hint(call, group));

        Assert.That((World.State(vm.Uuid), World.Child.Nova.Made), Is.EqualTo(built ? ("building/spawning/0", 1) : ("building/scheduling/0", 0)));
        if (!built)
        {
            Assert.That(
                (string?)World.Conductor.Rescheduled.Single()["filter_properties"]!["retry"]!["exc_reason"],
                Is.EqualTo(policy == "affinity" ? "Affinity instance group policy was violated" : "Anti-affinity instance group policy was violated"));
            Assert.That((World.Row(vm.Uuid)["host"], World.Above.Placement.Consumers.ContainsKey(vm.Uuid)), Is.EqualTo(((JsonNode?)null, false)));
        }
    }

    [Test]
    public async Task Where_there_is_no_other_host_it_is_an_error_in_novas_words()
    {
        var (other, vm) = (await BuiltAsync("other"), new Wanted(World));
        var group = World.Conductor.AddGroup("web", "anti-affinity", null, other.Uuid, vm.Uuid);
        await vm.BuildAsync(call =>
        {
            Hint(call, group);
            call["filter_properties"]!.AsObject().Remove("retry");
        });

        Assert.That((World.State(vm.Uuid), vm.Fault), Is.EqualTo(("error/-/0", "Anti-affinity instance group policy was violated")));
    }

    [Test]
    public async Task A_member_that_is_on_its_way_here_counts_as_here()
    {
        var (other, vm) = (new Wanted(World, "other"), new Wanted(World));
        World.Conductor.EditInstance(other.Uuid, row => row["host"] = "cell-b");
        World.Conductor.AddMigration(new() { ["instance_uuid"] = other.Uuid, ["status"] = "migrating", ["dest_compute"] = World.Host, ["dest_node"] = World.Host });
        var group = World.Conductor.AddGroup("web", "anti-affinity", null, other.Uuid, vm.Uuid);
        await vm.BuildAsync(call => Hint(call, group));

        Assert.That(World.State(vm.Uuid), Is.EqualTo("building/scheduling/0"));
    }

    [TestCase(false, TestName = "a hint of an old conductor, in the filter properties, by the group's name")]
    [TestCase(true, TestName = "a group that is gone")]
    public async Task The_hint_names_the_group(bool gone)
    {
        var (other, vm) = (await BuiltAsync("other"), new Wanted(World));
        World.Conductor.AddGroup("web", "anti-affinity", null, other.Uuid, vm.Uuid);
        await vm.BuildAsync(call => call["filter_properties"]!["scheduler_hints"] = new JsonObject { ["group"] = gone ? "gone" : "web" });

        Assert.That(World.State(vm.Uuid), Is.EqualTo(gone ? "building/spawning/0" : "building/scheduling/0"));
    }

    [TestCase(false, true, 1, TestName = "a conductor without the API database: said once")]
    [TestCase(true, false, 0, TestName = "switched off as natively")]
    public async Task Nothing_is_judged_where_the_group_cannot_be_seen(bool database, bool check, int said)
    {
        World.Conductor.HasApiDatabase = database;
        World.Grouping = new() { LateCheck = check };
        await World.RebornAsync();
        var other = await BuiltAsync("other");
        foreach (var name in new[] { "one", "two" })
        {
            var vm = new Wanted(World, name);
            var group = World.Conductor.AddGroup(name, "anti-affinity", null, other.Uuid, vm.Uuid);
            await vm.BuildAsync(call => Hint(call, group));
            Assert.That(World.State(vm.Uuid), Is.EqualTo("building/spawning/0"));
        }

        Assert.That(World.Said(Unseen), Has.Count.EqualTo(said));
    }

    [Test]
    public async Task A_resize_that_breaks_the_rule_leaves_the_server_as_it_was()
    {
        var (other, vm) = (await BuiltAsync("other"), await BuiltAsync("one"));
        var group = World.Conductor.AddGroup("web", "anti-affinity", null, other.Uuid, vm.Uuid);
        var resize = new Resizing(World, vm) { Spec = Spec(group) };
        Assert.That(async () => await resize.PrepareAsync(), Throws.InstanceOf<Cascade.Oslo.Wire.Failures.RpcFault>());

        Assert.That((World.State(vm.Uuid), resize.Status, vm.Fault), Is.EqualTo(("active/-/1", "error", "Anti-affinity instance group policy was violated")));
        Assert.That(vm.Server.Actions, Is.Empty);
    }

    [Test]
    public async Task A_resize_of_a_lone_member_goes_through_although_its_own_migration_is_under_way()
    {
        var vm = await BuiltAsync("one");
        var group = World.Conductor.AddGroup("web", "anti-affinity", null, vm.Uuid);
        var resize = new Resizing(World, vm) { Spec = Spec(group) };
        await resize.ResizedAsync();
    }

    async Task<Wanted> BuiltAsync(string name)
    {
        var vm = new Wanted(World, name);
        await vm.ActiveAsync();
        return vm;
    }

    static JsonObject Spec(string group) => new()
    {
        ["nova_object.data"] = new JsonObject { ["scheduler_hints"] = new JsonObject { ["group"] = new JsonArray(group) } },
    };

    static void Hint(JsonObject call, string group) => call["request_spec"] = Spec(group);
}
