using System.Text.Json.Nodes;
using Cascade.NovaProxy.Servers.Groups;

namespace Cascade.NovaProxy.Tests.Servers;

public sealed class GroupTests : WorldTest
{
    readonly string group = Guid.NewGuid().ToString("D");

    [TestCase("affinity", null, "affinity")]
    [TestCase("soft-affinity", null, "soft-affinity")]
    [TestCase("soft-anti-affinity", null, "soft-anti-affinity")]
    [TestCase("anti-affinity", "3", "soft-anti-affinity", TestName = "more than one for each host of the parent")]
    public async Task Members_of_a_group_are_members_of_one_group_of_their_project_in_the_child(string policy, string? most, string childs)
    {
        var first = await BuildAsync("one", policy, most);
        await World.RebornAsync();
        var second = await BuildAsync("two", policy, most);

        var made = World.Child.Nova.Groups.Single();
        Assert.That((made.Name, made.Policy, made.ProjectId), Is.EqualTo(($"cascade:{group}", childs, World.Project)));
        Assert.That(new[] { HintOf(first), HintOf(second) }, Is.All.EqualTo(made.Id));
    }

    [TestCase("anti-affinity", TestName = "one for each host of the parent, so none beside it here")]
    [TestCase("of-tomorrow", TestName = "a policy that is not known")]
    public async Task A_group_that_says_nothing_about_the_childs_hosts_makes_none(string policy)
    {
        var vm = await BuildAsync("one", policy);

        Assert.That((World.Child.Nova.Groups, HintOf(vm)), Is.EqualTo((Array.Empty<Support.FakeGroup>(), (string?)null)));
    }

    [Test]
    public async Task Switched_off_there_are_none()
    {
        World.Grouping = new() { ServerGroups = false };
        await World.RebornAsync();
        var vm = await BuildAsync("one", "affinity");

        Assert.That((World.Child.Nova.Groups, HintOf(vm)), Is.EqualTo((Array.Empty<Support.FakeGroup>(), (string?)null)));
    }

    [Test]
    public async Task A_group_that_a_tenant_named_so_is_not_taken()
    {
        var forged = World.Child.Nova.PlantGroup($"cascade:{group}", "affinity", World.Project, "u1");
        var vm = await BuildAsync("one", "affinity");

        Assert.That(HintOf(vm), Is.Not.Null.And.Not.EqualTo(forged.Id));
    }

    [Test]
    public async Task A_lost_answer_makes_no_second_one()
    {
        World.Child.On("POST", "/os-server-groups").DropAfter();
        var vm = await BuildAsync("one", "affinity");

        Assert.That(World.Child.Nova.Groups.Single().Id, Is.EqualTo(HintOf(vm)));
    }

    [Test]
    public async Task Over_the_childs_quota_the_build_fails_with_its_words()
    {
        World.Child.Nova.MaxServerGroups = 0;
        var vm = new Wanted(World);
        await vm.BuildAsync(call =>
        {
            InGroup(call, "affinity", null);
            call["filter_properties"]!.AsObject().Remove("retry");
        });

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"));
        Assert.That(vm.Fault, Does.Contain("too many server groups"));
    }

    [Test]
    public async Task Two_builds_at_once_make_one()
    {
        await Task.WhenAll(BuildAsync("one", "affinity"), BuildAsync("two", "affinity"), BuildAsync("three", "affinity"));

        Assert.That(World.Child.Nova.Groups, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_empty_group_of_ours_goes_at_the_second_look_and_no_other()
    {
        var ours = World.Child.Keystone.UserId;
        _ = World.Child.Nova.PlantGroup($"cascade:{Guid.NewGuid():D}", "affinity", World.Project, ours);
        var tenants = World.Child.Nova.PlantGroup($"cascade:{Guid.NewGuid():D}", "affinity", World.Project, "u1");
        var named = World.Child.Nova.PlantGroup("mine", "affinity", World.Project, ours);
        var vm = await BuildAsync("one", "affinity");
        await World.Of<ChildGroups>().SweepAsync(default);
        Assert.That(World.Child.Nova.Groups, Has.Count.EqualTo(4), "a build may be about to use it");
        await World.Of<ChildGroups>().SweepAsync(default);

        Assert.That(World.Child.Nova.Groups.Select(one => one.Id), Is.EquivalentTo(new[] { tenants.Id, named.Id, HintOf(vm) }));
    }

    [Test]
    public async Task An_empty_group_that_a_build_was_given_stays_for_its_first_server()
    {
        var planted = World.Child.Nova.PlantGroup($"cascade:{group}", "affinity", World.Project, World.Child.Keystone.UserId);
        await World.Of<ChildGroups>().SweepAsync(default);
        var create = World.Child.On("POST", "/servers").HoldBefore();
        var building = BuildAsync("one", "affinity");
        await create.Arrived;
        await World.Of<ChildGroups>().SweepAsync(default);
        create.Release();
        var vm = await building;

        Assert.That((World.Child.Nova.Groups.SingleOrDefault()?.Id, HintOf(vm)), Is.EqualTo((planted.Id, planted.Id)));
    }

    async Task<Wanted> BuildAsync(string name, string policy, string? most = null)
    {
        var vm = new Wanted(World, name);
        await vm.BuildAsync(call => InGroup(call, policy, most));
        return vm;
    }

    void InGroup(JsonObject call, string policy, string? most)
    {
        var rules = most is null ? new JsonObject() : new JsonObject { ["max_server_per_host"] = most };
        call["request_spec"]!["nova_object.data"]!["scheduler_hints"] = new JsonObject { ["group"] = new JsonArray(group) };
        call["request_spec"]!["nova_object.data"]!["instance_group"] = new JsonObject
        {
            ["nova_object.name"] = "InstanceGroup",
            ["nova_object.data"] = new JsonObject { ["uuid"] = group, ["name"] = "web", ["policy"] = policy, ["_rules"] = rules },
        };
    }

    static string? HintOf(Wanted vm) => (string?)vm.Servers.Single().Asked["os:scheduler_hints"]?["group"];
}
