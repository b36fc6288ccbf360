using System.Text.Json.Nodes;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.SecurityGroups;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using L2Proxy.Tests.Groups;

namespace L2Proxy.Tests.SecurityGroups;

/// <summary>Security groups between both clouds: what is made, what is not said twice, what goes.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class SecurityGroupFlowTest : IAsyncDisposable
{
    GroupsWorld world = null!;
    string network = "";

    [SetUp]
    public async Task StartAsync()
    {
        world = await GroupsWorld.StartAsync();
        Prepare();
    }

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Test]
    public async Task A_group_is_made_in_our_project_stamped_and_with_the_parent_s_rules_alone()
    {
        var web = Group("web", Egress("IPv4"), Tcp(80, prefix: "192.0.2.0/24"));

        var mirrored = await world.EnsureAsync(Port(web));

        var made = world.ChildGroup(web)!;
        Assert.That(mirrored, Is.EqualTo(new Dictionary<string, string> { [web] = (string)made["id"]! }));
        Assert.That(((string)made["project_id"]!, (string)made["name"]!), Is.EqualTo((world.Ours, "web")));
        Assert.That(world.Rules(web), Is.EqualTo(new[] { "egress IPv4 any - anybody", "ingress IPv4 tcp 80-80 192.0.2.0/24" }), "the automatic rule for IPv6 is gone, the one for IPv4 stayed");
        Assert.That(world.Words(), Is.EqualTo(new[] { "POST security-groups", "POST security-group-rules", "DELETE security-group-rules/*" }));
    }

    [Test]
    public async Task The_next_port_with_it_asks_nothing_of_either_cloud()
    {
        var web = Group("web", Tcp(80));
        await world.EnsureAsync(Port(web));
        var port = await world.PortAsync(Port(web));
        await world.SettledAsync();
        world.Words();
        var asked = world.Parent.Calls.Count;

        await world.Groups.EnsureAsync(port, default);

        Assert.That((world.Words().Length, world.Questions(), world.Parent.Calls.Count - asked), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task A_rule_that_comes_or_goes_is_one_word_to_the_child()
    {
        var web = Group("web", Tcp(80));
        await world.EnsureAsync(Port(web));
        world.Words();

        var rule = world.Parent.AddRule(web, Tcp(443));
        await world.SettledAsync();
        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 443-443 anybody", "ingress IPv4 tcp 80-80 anybody" }));
        Assert.That(world.Words(), Is.EqualTo(new[] { "POST security-group-rules" }));

        world.Parent.DeleteRule(rule);
        await world.SettledAsync();
        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 80-80 anybody" }));
        Assert.That(world.Words(), Is.EqualTo(new[] { "DELETE security-group-rules/*" }));
    }

    [Test]
    public async Task The_members_of_a_remote_group_elsewhere_are_in_an_address_group()
    {
        var db = Group("db");
        var web = Group("web", Tcp(22, remote: db));
        var far = Port(db, host: "child-2");

        await world.EnsureAsync(Port(web));

        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 22-22 group db", "ingress IPv4 tcp 22-22 list members of db elsewhere" }));
        Assert.That(world.Addresses(db), Is.EqualTo(new[] { Address(far) }));
        Assert.That(world.Rules(db), Has.Length.EqualTo(2), "a group that is only named keeps what the child gave it: nobody carries it");

        world.Words();
        var another = Port(db, host: "child-2");
        await world.SettledAsync();
        Assert.That(world.Addresses(db), Is.EquivalentTo(new[] { Address(far), Address(another) }));
        Assert.That(world.Words(), Is.EqualTo(new[] { "PUT address-groups/*/add_addresses" }));

        world.Parent.DeletePort(far);
        await world.SettledAsync();
        Assert.That(world.Addresses(db), Is.EqualTo(new[] { Address(another) }));
        Assert.That(world.Words(), Is.EqualTo(new[] { "PUT address-groups/*/remove_addresses" }));
    }

    [Test]
    public async Task Address_pairs_of_a_member_elsewhere_are_followed()
    {
        var db = Group("db");
        var web = Group("web", Tcp(22, remote: db));
        var far = Port(db, host: "child-2");
        await world.EnsureAsync(Port(web));

        world.Parent.EditPort(far, port => port["allowed_address_pairs"] = new JsonArray(new JsonObject { ["ip_address"] = "192.0.2.77", ["mac_address"] = "fa:16:3e:00:00:77" }));
        await world.SettledAsync();
        Assert.That(world.Addresses(db), Is.EquivalentTo(new[] { Address(far), "192.0.2.77/32" }));

        world.Parent.EditPort(far, port => port["allowed_address_pairs"] = new JsonArray());
        await world.SettledAsync();
        Assert.That(world.Addresses(db), Is.EqualTo(new[] { Address(far) }));
    }

    [Test]
    public async Task Members_of_another_family_are_asked_for_when_a_rule_names_them()
    {
        var db = Group("db");
        var web = Group("web", Tcp(22, remote: db));
        var far = Port(db, host: "child-2");
        world.Parent.EditPort(far, port => port["fixed_ips"]!.AsArray().Add(new JsonObject { ["subnet_id"] = port["fixed_ips"]![0]!["subnet_id"]!.DeepClone(), ["ip_address"] = "2001:db8::7" }));
        await world.EnsureAsync(Port(web));
        await world.SettledAsync();
        Assert.That(world.Addresses(db), Is.EqualTo(new[] { Address(far) }));

        world.Parent.AddRule(web, rule =>
        {
            Tcp(22, remote: db)(rule);
            rule["ethertype"] = "IPv6";
        });
        await world.SettledAsync();

        Assert.That(world.Addresses(db), Is.EquivalentTo(new[] { Address(far), "2001:db8::7/128" }));
    }

    [Test]
    public async Task What_is_no_longer_allowed_is_shut_although_the_child_fails_with_what_is_new()
    {
        var web = Group("web", Tcp(80));
        var rule = world.Parent.AddRule(web, Tcp(22));
        await world.EnsureAsync(Port(web));
        world.Child.On("POST", "**/security-group-rules").Fail(1000, 500);

        world.Parent.AddRule(web, Tcp(443));
        world.Parent.DeleteRule(rule);
        await world.UntilAsync(() => world.Rules(web).Length == 1);
        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 80-80 anybody" }));

        world.Child.Heal();
        await world.UntilAsync(() => world.Rules(web).Length == 2);
        Assert.That(world.Rules(web), Does.Contain("ingress IPv4 tcp 443-443 anybody"));
    }

    [Test]
    public async Task A_member_here_is_the_child_s_own_business()
    {
        var web = world.Parent.AddSecurityGroup();
        world.Parent.AddRule(web, Tcp(22, remote: web));
        await world.EnsureAsync(Port(web));
        Assert.That(world.Addresses(web), Is.Empty);
        world.Words();

        await world.EnsureAsync(Port(web));
        await world.SettledAsync();

        Assert.That(world.Words(), Is.Empty, "the child's remote group knows its own ports");
        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 22-22 group web", "ingress IPv4 tcp 22-22 list members of web elsewhere" }));
    }

    [Test]
    public async Task A_member_that_moves_away_is_listed_from_then_on()
    {
        var web = world.Parent.AddSecurityGroup();
        world.Parent.AddRule(web, Tcp(22, remote: web));
        await world.EnsureAsync(Port(web));
        var mover = Port(web);
        await world.EnsureAsync(mover);
        await world.SettledAsync();
        Assert.That(world.Addresses(web), Is.Empty);

        world.Parent.EditPort(mover, port => port["binding:host_id"] = "child-2");
        world.Groups.Gone(mover);
        await world.SettledAsync();

        Assert.That(world.Addresses(web), Is.EqualTo(new[] { Address(mover) }));
    }

    [Test]
    public async Task A_child_without_address_groups_has_a_rule_for_each_member_elsewhere()
    {
        world.Neutron.SwitchOff("address-group", "security-groups-remote-address-group");
        var db = Group("db");
        var web = Group("web", Tcp(22, remote: db));
        var far = Port(db, host: "child-2");
        await world.EnsureAsync(Port(web));
        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 22-22 " + Address(far), "ingress IPv4 tcp 22-22 group db" }));

        world.Words();
        var another = Port(db, host: "child-2");
        await world.SettledAsync();
        Assert.That(world.Rules(web), Has.Member("ingress IPv4 tcp 22-22 " + Address(another)));
        Assert.That(world.Words(), Is.EqualTo(new[] { "POST security-group-rules" }));

        world.Parent.DeletePort(far);
        await world.SettledAsync();
        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 22-22 " + Address(another), "ingress IPv4 tcp 22-22 group db" }));
    }

    [Test]
    public async Task An_address_group_of_the_parent_s_is_followed_and_goes_with_the_last_rule_that_names_it()
    {
        var office = world.Parent.AddAddressGroup("198.51.100.0/24");
        var web = world.Parent.AddSecurityGroup();
        var rule = world.Parent.AddRule(web, Tcp(22, list: office));
        await world.EnsureAsync(Port(web));
        Assert.That((world.Rules(web).Single(), world.Addresses(office).Single()), Is.EqualTo(("ingress IPv4 tcp 22-22 list ag", "198.51.100.0/24")));

        world.Parent.EditAddressGroup(office, list => list["addresses"] = new JsonArray("203.0.113.0/24"));
        await world.SettledAsync();
        Assert.That(world.Addresses(office), Is.EqualTo(new[] { "203.0.113.0/24" }));

        world.Parent.DeleteRule(rule);
        await world.UntilAsync(() => world.ChildList(office) is null);
        Assert.That(world.Rules(web), Is.Empty);
    }

    [Test]
    public async Task Two_groups_that_name_each_other_are_both_made()
    {
        var one = world.Parent.AddSecurityGroup("one");
        var two = Group("two", Tcp(1, remote: one));
        world.Parent.AddRule(one, Tcp(2, remote: two));
        var first = await world.PortAsync(Port(one));
        var second = await world.PortAsync(Port(two));

        await Task.WhenAll(world.Groups.EnsureAsync(first, default), world.Groups.EnsureAsync(second, default));

        Assert.That(world.Rules(one), Is.EqualTo(new[] { "ingress IPv4 tcp 2-2 group two", "ingress IPv4 tcp 2-2 list members of two elsewhere" }));
        Assert.That(world.Rules(two), Is.EqualTo(new[] { "ingress IPv4 tcp 1-1 group one", "ingress IPv4 tcp 1-1 list members of one elsewhere" }));
    }

    [Test]
    public async Task Many_ports_at_once_make_one_group()
    {
        var web = Group("web", Tcp(80));
        var ports = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.PortAsync(Port(web))));

        await Task.WhenAll(ports.Select(port => world.Groups.EnsureAsync(port, default)));

        Assert.That(world.Words().Where(word => word.StartsWith("POST", StringComparison.Ordinal)), Is.EqualTo(new[] { "POST security-groups", "POST security-group-rules" }));
    }

    [Test]
    public async Task A_create_whose_answer_is_lost_is_found_again()
    {
        var web = Group("web", Tcp(80));
        world.Child.On("POST", "**/security-groups").DropAfter();

        await world.EnsureAsync(Port(web));

        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 80-80 anybody" }));
    }

    [Test]
    public async Task Rules_whose_answer_is_lost_are_not_made_twice()
    {
        var web = Group("web", Tcp(80), Tcp(443));
        world.Child.On("POST", "**/security-group-rules").DropAfter();

        await world.EnsureAsync(Port(web));

        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 443-443 anybody", "ingress IPv4 tcp 80-80 anybody" }));
    }

    [Test]
    public async Task Addresses_whose_answer_is_lost_are_looked_at_again()
    {
        var db = Group("db");
        var web = Group("web", Tcp(22, remote: db));
        await world.EnsureAsync(Port(web));
        world.Child.On("PUT", "**/address-groups/*/add_addresses").DropAfter();

        var far = Port(db, host: "child-2");
        await world.SettledAsync();

        Assert.That(world.Addresses(db), Is.EqualTo(new[] { Address(far) }));
    }

    [Test]
    public async Task A_group_that_nobody_carries_goes_after_a_while()
    {
        var db = Group("db");
        var web = Group("web", Tcp(22, remote: db));
        var port = Port(web);
        await world.EnsureAsync(port);

        var began = world.Time.GetUtcNow();
        world.Groups.Gone(port);
        await world.SettledAsync();
        Assert.That(world.ChildGroup(web), Is.Not.Null, "servers come and go together");

        await world.UntilAsync(() => world.ChildGroup(web) is null && world.ChildGroup(db) is null && world.ChildList(db) is null);
        Assert.That(world.Time.GetUtcNow() - began, Is.GreaterThanOrEqualTo(Unneeded.Grace));
    }

    [Test]
    public async Task A_group_that_another_names_stays_and_loses_no_rule_of_the_other()
    {
        var db = Group("db", Tcp(5432));
        var web = Group("web", Tcp(22, remote: db));
        await world.EnsureAsync(Port(web));
        var port = Port(db);
        await world.EnsureAsync(port);

        world.Groups.Gone(port);
        await world.SettledAsync();
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.SettledAsync();

        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 22-22 group db", "ingress IPv4 tcp 22-22 list members of db elsewhere" }));
    }

    [Test]
    public async Task A_group_that_a_port_of_the_child_still_has_stays_until_it_is_free()
    {
        var web = Group("web", Tcp(80));
        var port = Port(web);
        var childId = (await world.EnsureAsync(port))[web];
        var there = world.Neutron.Make("networks", world.Ours, new() { ["name"] = "n" });
        var held = world.Neutron.Make("ports", world.Ours, new() { ["network_id"] = (string)there["id"]!, ["security_groups"] = new JsonArray(childId) });

        world.Groups.Gone(port);
        await world.UntilAsync(() => world.Child.Matching("DELETE", "**/security-groups/*").Any(request => request.Status == 409));
        Assert.That(world.ChildGroup(web), Is.Not.Null);

        world.Neutron.Vanish("ports", (string)held["id"]!);
        await world.UntilAsync(() => world.ChildGroup(web) is null);
    }

    [Test]
    public async Task Rules_that_changed_while_nobody_carried_a_group_are_right_for_the_next_port()
    {
        var web = Group("web", Tcp(80));
        var port = Port(web);
        await world.EnsureAsync(port);
        world.Groups.Gone(port);
        await world.SettledAsync();

        world.Parent.AddRule(web, Tcp(443));
        await world.EnsureAsync(Port(web));

        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 443-443 anybody", "ingress IPv4 tcp 80-80 anybody" }));
    }

    [Test]
    public async Task A_next_life_that_finds_everything_as_it_is_says_nothing()
    {
        var db = Group("db", Tcp(5432));
        var web = Group("web", Tcp(22, remote: db), Tcp(80));
        Port(db, host: "child-2");
        await world.EnsureAsync(Port(web));
        await world.EnsureAsync(Port(db));
        await world.SettledAsync();
        world = await world.NextLifeAsync();
        world.Words();

        await world.CompareAsync();

        Assert.That(world.Words(), Is.Empty);
        Assert.That(await world.EnsureAsync(Port(web)), Has.Count.EqualTo(1));
        Assert.That(world.Words(), Is.Empty);
    }

    [Test]
    public async Task A_comparison_mends_what_is_not_as_it_shall_be_and_nothing_else()
    {
        var db = Group("db", Tcp(5432));
        var web = Group("web", Tcp(22, remote: db), Tcp(80));
        var far = Port(db, host: "child-2");
        await world.EnsureAsync(Port(web));
        await world.EnsureAsync(Port(db));
        world = await world.NextLifeAsync();
        var child = (string)world.ChildGroup(web)!["id"]!;
        world.Neutron.Vanish("security-group-rules", (string)world.Neutron.SecurityGroupRulesOf(child).First(rule => (int?)rule["port_range_min"] == 80)["id"]!);
        world.Neutron.Change("address-groups", (string)world.ChildList(db)!["id"]!, list => list["addresses"] = new JsonArray("192.0.2.99/32"));
        var orphan = world.Neutron.Make("security-groups", world.Ours, new() { ["name"] = "old", ["description"] = "cascade:" + Guid.NewGuid() });
        var foreign = world.Neutron.Make("security-groups", world.Ours, new() { ["name"] = "of somebody else", ["description"] = "not ours" });
        world.Words();

        await world.CompareAsync();

        Assert.That(world.Rules(web), Has.Member("ingress IPv4 tcp 80-80 anybody"));
        Assert.That(world.Addresses(db), Is.EqualTo(new[] { Address(far) }));
        Assert.That(
            world.Words(),
            Is.EquivalentTo(new[] { "POST security-group-rules", "PUT address-groups/*/add_addresses", "PUT address-groups/*/remove_addresses" }));

        await world.UntilAsync(() => world.Neutron.Find("security-groups", (string)orphan["id"]!) is null);
        Assert.That(world.Neutron.Find("security-groups", (string)foreign["id"]!), Is.Not.Null);
    }

    [Test]
    public async Task A_rule_that_goes_while_a_comparison_is_about_to_make_it_is_not_there()
    {
        var db = Group("db", Tcp(5432));
        var web = Group("web", Tcp(22, remote: db));
        var rule = world.Parent.AddRule(web, Tcp(80));
        Port(db, host: "child-2");
        await world.EnsureAsync(Port(web));
        world = await world.NextLifeAsync();
        world.Neutron.Vanish("security-group-rules", (string)world.Neutron.SecurityGroupRulesOf((string)world.ChildGroup(web)!["id"]!).First(seen => (int?)seen["port_range_min"] == 80)["id"]!);
        world.Neutron.Change("address-groups", (string)world.ChildList(db)!["id"]!, list => list["addresses"] = new JsonArray());
        var members = world.Child.On("PUT", "/address-groups/*/add_addresses").HoldBefore();

        var comparing = world.CompareAsync();
        await members.Arrived;
        world.Parent.DeleteRule(rule);
        await world.HearAsync();
        members.Release();
        await comparing;

        Assert.That(world.Rules(web), Has.None.Contains("80-80"), "what the comparison read is older than what the look at the group saw");
    }

    [Test]
    public async Task Members_of_a_group_that_gets_its_first_port_during_a_comparison_are_followed()
    {
        var db = Group("db");
        var web = Group("web", Tcp(22, remote: db));
        var first = Port(db, host: "child-2");
        await world.EnsureAsync(Port(Group("other", Tcp(80))));
        var left = Port(web);
        await world.EnsureAsync(left);
        world = await world.NextLifeAsync();
        world.Parent.DeletePort(left);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Parent.Hold = call => call.Method is "bulk_pull" && call.Arguments.ToJsonString().Contains("\"SecurityGroup\"", StringComparison.Ordinal) && asked.TrySetResult()
            ? answer.Task : Task.CompletedTask;

        var comparing = world.CompareAsync();
        await asked.Task;
        await world.EnsureAsync(Port(web));
        answer.SetResult();
        await comparing;
        var second = Port(db, host: "child-2");
        await world.SettledAsync();

        Assert.That(world.Addresses(db), Is.EquivalentTo(new[] { Address(first), Address(second) }));
    }

    [Test]
    public async Task A_comparison_of_many_groups_asks_little()
    {
        var groups = Enumerable.Range(0, 60).Select(number => Group($"g{number}", Tcp(number + 1))).ToList();
        foreach (var group in groups)
        {
            world.Parent.AddRule(group, Tcp(5000, remote: groups[0]));
            await world.EnsureAsync(Port(group));
        }

        world = await world.NextLifeAsync();
        world.Words();
        var asked = world.Parent.Calls.Count;

        await world.CompareAsync();

        Assert.That(world.Words(), Is.Empty);
        Assert.That(world.Questions(), Is.LessThan(12), "lists, not one question for each");
        Assert.That(world.Parent.Calls.Count - asked, Is.LessThan(12));
    }

    [Test]
    public async Task A_group_of_the_same_stamp_in_another_project_is_nobody_s_of_ours()
    {
        var web = Group("web", Tcp(80));
        var forged = world.Neutron.Make("security-groups", "tenant", new() { ["name"] = "web", ["description"] = "cascade:" + web });

        var mirrored = await world.EnsureAsync(Port(web));

        Assert.That(mirrored[web], Is.Not.EqualTo((string)forged["id"]!));
    }

    [Test]
    public async Task A_stateless_group_is_stateless_in_the_child()
    {
        var web = world.Parent.AddSecurityGroup("web", group => group["stateful"] = false);

        await world.EnsureAsync(Port(web));

        Assert.That((bool)world.ChildGroup(web)!["stateful"]!, Is.False);
    }

    [Test]
    public async Task And_stateful_where_the_child_knows_no_others()
    {
        world.Neutron.SwitchOff("stateful-security-group");
        var web = world.Parent.AddSecurityGroup("web", group => group["stateful"] = false);

        Assert.That(await world.EnsureAsync(Port(web)), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_quota_of_the_child_is_told_as_it_says_it()
    {
        world.Neutron.SetQuota(world.Ours, "security_group", 0);
        var web = Group("web", Tcp(80));

        Assert.That(async () => await world.EnsureAsync(Port(web)), Throws.TypeOf<RefusedException>().With.Message.Contains("uota"));
    }

    [Test]
    public async Task A_quota_of_rules_keeps_none_of_the_others_out()
    {
        var web = Group("web", Tcp(80), Tcp(443), Tcp(8080));
        world.Neutron.SetQuota(world.Ours, "security_group_rule", 8);

        Assert.That(async () => await world.EnsureAsync(Port(web)), Throws.TypeOf<RefusedException>());
        Assert.That(world.Rules(web), Is.Not.Empty);

        world.Neutron.SetQuota(world.Ours, "security_group_rule", -1);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.EnsureAsync(Port(web));
        Assert.That(world.Rules(web), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task What_the_child_refused_of_a_group_is_not_tried_anew_by_each_of_its_ports()
    {
        var web = Group("web", [.. Enumerable.Range(8080, 6).Select(port => Tcp(port))]);
        world.Neutron.SetQuota(world.Ours, "security_group_rule", 8);
        Assert.That(async () => await world.EnsureAsync(Port(web)), Throws.TypeOf<RefusedException>());
        var next = await world.PortAsync(Port(web));
        await world.SettledAsync();
        world.Words();

        Assert.That(async () => await world.Groups.EnsureAsync(next, default), Throws.TypeOf<RefusedException>());

        Assert.That((world.Words().Length, world.Questions()), Is.EqualTo((0, 0)));
        Assert.That(world.Groups.Known(next)!.Keys, Is.EqualTo(new[] { web }));
    }

    [Test]
    public async Task A_group_that_the_child_lost_is_made_anew()
    {
        var web = Group("web", Tcp(80));
        var port = Port(web);
        var first = (await world.EnsureAsync(port))[web];
        world.Neutron.Vanish("security-groups", first);

        world.Groups.Forget([web]);
        var second = (await world.EnsureAsync(port))[web];

        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 80-80 anybody" }));
    }

    [Test]
    public async Task Groups_of_ports_elsewhere_are_none_of_our_business()
    {
        var web = Group("web", Tcp(80));
        Port(web, host: "child-2");
        world.Parent.AddRule(web, Tcp(443));
        await world.SettledAsync();

        Assert.That((world.Words().Length, world.Questions(), world.Parent.Calls.Count), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task A_group_that_is_deleted_takes_the_rules_along_that_name_it()
    {
        var db = Group("db");
        var web = Group("web", Tcp(80));
        var rule = world.Parent.AddRule(web, Tcp(22, remote: db));
        await world.EnsureAsync(Port(web));
        Assert.That(world.Rules(web), Has.Length.EqualTo(3));

        // The parent's database deletes the rule with the group; only the group is told.
        world.Parent.DropRule(rule);
        world.Parent.DeleteSecurityGroup(db);

        await world.UntilAsync(() => world.ChildGroup(db) is null && world.ChildList(db) is null);
        Assert.That(world.Rules(web), Is.EqualTo(new[] { "ingress IPv4 tcp 80-80 anybody" }));
    }

    [Test]
    public async Task Members_are_never_taken_for_none_because_a_witness_just_left()
    {
        var db = Group("db");
        var web = Group("web", Tcp(22, remote: db));
        var far = Port(db, host: "child-2");
        var port = Port(web);
        await world.EnsureAsync(port);
        world.Parent.DeletePort(port);

        world.Parent.EditPort(far, edited => edited["name"] = "renamed");
        await world.SettledAsync();

        Assert.That(world.Addresses(db), Is.EqualTo(new[] { Address(far) }));
    }

    void Prepare()
    {
        network = world.Parent.AddNetwork();
        world.Parent.AddSubnet(network);
    }

    string Group(string name, params Action<JsonObject>[] rules)
    {
        var group = world.Parent.AddSecurityGroup(name);
        foreach (var rule in rules)
        {
            world.Parent.AddRule(group, rule);
        }

        return group;
    }

    string Port(string group, string host = GroupsWorld.Host) => world.Parent.AddPort(network, host, port => port["security_groups"] = new JsonArray(group));

    string Address(string port) => addresses.TryGetValue(port, out var known) ? known : addresses[port] = (string)world.Parent.Port(port)!["fixed_ips"]![0]!["ip_address"]! + "/32";

    readonly Dictionary<string, string> addresses = [];

    static Action<JsonObject> Egress(string ethertype) => rule => (rule["direction"], rule["ethertype"]) = ("egress", ethertype);

    static Action<JsonObject> Tcp(int port, string? prefix = null, string? remote = null, string? list = null) => rule =>
    {
        (rule["protocol"], rule["port_range_min"], rule["port_range_max"]) = ("tcp", port, port);
        (rule["remote_ip_prefix"], rule["remote_group_id"], rule["remote_address_group_id"]) = (prefix, remote, list);
    };
}
