using System.Text.Json.Nodes;

namespace Cascade.L3Proxy.Tests.Mirroring;

/// <summary>Limits of gateways and floating IPs, which the child keeps by policies of its own.</summary>
public sealed class QosFlowTest : WorldTest
{
    /// <summary>Longer than a policy that nobody needs is left alone.</summary>
    static readonly TimeSpan Long = TimeSpan.FromSeconds(40);

    [Test]
    public async Task A_gateway_and_many_floating_IPs_with_one_policy_have_one_in_the_child()
    {
        var gold = world.Limit(5000);
        var (router, ips) = await LimitedAsync(gold, gold, gold);

        var policy = world.ChildPolicy(gold)!;
        Assert.That(world.Child.Neutron.QosPolicies, Has.Count.EqualTo(1));
        Assert.That(((string?)policy["project_id"], (string?)policy["name"], Rates(gold)), Is.EqualTo((world.Project, "gold", "egress 5000")));
        Assert.That(GatewayPolicy(router), Is.EqualTo((string?)policy["id"]));
        Assert.That(ips.Select(PolicyOf), Is.All.EqualTo((string?)policy["id"]));
        Assert.That(ips.Select(world.StatusOf), Is.All.EqualTo("ACTIVE"));
    }

    [Test]
    public async Task Of_a_network_with_a_policy_that_one_counts()
    {
        var gold = world.Limit(5000);
        var router = await world.RouterAsync(gateway: false);
        world.Parent.EditRouter(router, of => of["qos_network_policy_id"] = gold);
        world.Parent.SetGateway(router, world.Outside);
        var ip = world.Parent.AddFloatingIp(world.Outside, world.AddServer(), edit: of => of["qos_network_policy_id"] = gold);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");

        Assert.That((GatewayPolicy(router), PolicyOf(ip)), Is.EqualTo(((string?)world.ChildPolicy(gold)!["id"], (string?)world.ChildPolicy(gold)!["id"])));
    }

    [Test]
    public async Task Rules_that_change_in_the_parent_change_in_the_child_and_nothing_else()
    {
        var gold = world.Limit(5000);
        await LimitedAsync(gold, gold);
        var before = world.Writes.Count;

        world.Parent.EditQosPolicy(gold, policy => policy["rules"] = new JsonArray(World.LimitOf(7000)));
        await world.SettleAsync();

        Assert.That(Rates(gold), Is.EqualTo("egress 7000"));
        Assert.That(world.Writes.Skip(before).Select(request => request.Method), Is.EqualTo(new[] { "PUT" }));
    }

    [Test]
    public async Task Rules_that_changed_while_nobody_listened_are_found_by_a_comparison()
    {
        var gold = world.Limit(5000);
        await LimitedAsync(gold, gold);
        world.Silent = true;
        world.Parent.EditQosPolicy(gold, policy => policy["rules"] = new JsonArray(World.LimitOf(7000)));
        world.Silent = false;

        await world.CompareAsync();

        Assert.That(Rates(gold), Is.EqualTo("egress 7000"));
    }

    [Test]
    public async Task Only_rates_are_limited_as_in_a_native_agent()
    {
        var gold = world.Parent.AddQosPolicy(policy => policy["rules"] = new JsonArray(
            World.LimitOf(5000), new JsonObject { ["id"] = Guid.NewGuid().ToString(), ["type"] = "dscp_marking", ["dscp_mark"] = 26 }));
        var (router, _) = await LimitedAsync(gold, gold);

        Assert.That((Rates(gold), world.Trouble(router)), Is.EqualTo(("egress 5000", "")));
    }

    [Test]
    public async Task Another_policy_takes_the_place_of_the_first_while_the_floating_IP_goes_on_leading()
    {
        var (gold, silver) = (world.Limit(5000), world.Limit(1000));
        var (router, ips) = await LimitedAsync(gold, gold);
        var before = world.Writes.Count;

        world.Parent.EditFloatingIp(ips[0], of => of["qos_policy_id"] = silver);
        world.Parent.SetGateway(router, world.Outside, edit: of => of["qos_policy_id"] = silver);
        await World.UntilAsync(() => world.ChildPolicy(silver) is { } there && PolicyOf(ips[0]) == (string?)there["id"] && GatewayPolicy(router) == (string?)there["id"]);
        await world.SettleAsync();

        Assert.That(world.Writes.Skip(before).Where(request => request.Path.Contains("/floatingips/", StringComparison.Ordinal)).Select(request => request.Body), Is.All.Not.Contains("port_id"));
        Assert.That(world.StatusOf(ips[0]), Is.EqualTo("ACTIVE"));
        await World.UntilAsync(() => world.ChildPolicy(gold) is null, Long);
        Assert.That(world.ChildPolicy(silver), Is.Not.Null);
    }

    [Test]
    public async Task A_policy_that_is_taken_off_limits_nothing_and_goes_when_nobody_has_it()
    {
        var gold = world.Limit(5000);
        var (router, ips) = await LimitedAsync(gold, gold);

        world.Parent.EditFloatingIp(ips[0], of => of["qos_policy_id"] = null);
        world.Parent.SetGateway(router, world.Outside);
        await World.UntilAsync(() => PolicyOf(ips[0]) is null && GatewayPolicy(router) is null);

        await World.UntilAsync(() => world.ChildPolicy(gold) is null, Long);
        Assert.That((world.StatusOf(ips[0]), world.ChildGateway(router).Count), Is.EqualTo(("ACTIVE", 1)));
    }

    [Test]
    public async Task What_L2_Proxy_has_for_ports_is_left_alone()
    {
        var gold = world.Limit(5000);
        var theirs = (string)world.Child.Neutron.Make("qos/policies", world.Project, new() { ["name"] = "gold", ["description"] = $"cascade:{gold}" })["id"]!;
        var (router, _) = await LimitedAsync(gold, gold);
        await world.RebornAsync();

        world.Parent.ClearGateway(await LeaveAsync(router));
        await World.UntilAsync(() => world.ChildPolicy(gold) is null, Long);

        Assert.That(world.Child.Neutron.Find("qos/policies", theirs), Is.Not.Null);
    }

    [Test]
    public async Task A_router_that_leaves_takes_its_policies_with_it()
    {
        var gold = world.Limit(5000);
        var (router, _) = await LimitedAsync(gold, gold);

        world.Parent.MoveRouter(router, World.There);

        await World.UntilAsync(() => world.Child.Neutron.QosPolicies.Count == 0, Long);
        Assert.That(world.Child.Neutron.Routers, Is.Empty);
    }

    [Test]
    public async Task A_new_life_changes_nothing_that_is_as_it_shall_be_and_ends_what_nobody_needs()
    {
        var (gold, silver) = (world.Limit(5000), world.Limit(1000));
        await LimitedAsync(gold, gold);
        world.Child.Neutron.Make("qos/policies", world.Project, new() { ["name"] = "left", ["description"] = $"cascade:{silver} (routers)" });
        var before = world.Writes.Count;

        await world.RebornAsync();
        Assert.That(world.Writes.Skip(before), Is.Empty);

        await World.UntilAsync(() => world.ChildPolicy(silver) is null, Long);
        Assert.That(world.ChildPolicy(gold), Is.Not.Null);
    }

    [Test]
    public async Task A_policy_that_somebody_in_the_child_took_away_is_made_anew()
    {
        var gold = world.Limit(5000);
        var (router, ips) = await LimitedAsync(gold, gold);
        world.Child.Neutron.Vanish("qos/policies", (string)world.ChildPolicy(gold)!["id"]!);
        var second = world.Parent.AddFloatingIp(world.Outside, world.AddServer(), edit: of => of["qos_policy_id"] = gold);

        await World.UntilAsync(() => world.StatusOf(second) == "ACTIVE");
        await world.CompareAsync();

        await World.UntilAsync(() => world.ChildPolicy(gold) is { } there && new[] { GatewayPolicy(router), PolicyOf(ips[0]), PolicyOf(second) }.All(one => one == (string?)there["id"]));
    }

    [Test]
    public async Task A_child_that_cannot_limit_refuses_the_floating_IP_and_makes_the_gateway_without()
    {
        world.Child.Neutron.SwitchOff("qos-fip", "qos-gateway-ip");
        await world.RebornAsync();
        var gold = world.Limit(5000);
        var router = await world.RouterAsync(gateway: false);
        world.Parent.SetGateway(router, world.Outside, edit: of => of["qos_policy_id"] = gold);
        var ip = world.Parent.AddFloatingIp(world.Outside, world.AddServer(), edit: of => of["qos_policy_id"] = gold);
        await World.UntilAsync(() => world.StatusOf(ip) == "ERROR");
        await world.SettleAsync();

        Assert.That(world.Trouble(router), Does.Contain("qos-fip").And.Contain("qos-gateway-ip"));
        Assert.That((world.ChildGateway(router).Count, world.ChildPolicy(gold)), Is.EqualTo((1, (JsonObject?)null)));
        var rows = await world.ListAsync();
        Assert.That(rows.Routers.Single().Note, Does.StartWith("not whole").And.Contain("qos-gateway-ip"));
        Assert.That(rows.FloatingIps.Single().Note, Does.StartWith("refused").And.Contain("qos-fip"));

        world.Parent.EditFloatingIp(ip, of => of["qos_policy_id"] = null);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
    }

    [Test]
    public async Task A_type_of_rule_that_the_child_cannot_do_is_refused_until_it_can()
    {
        world.Child.Neutron.QosRuleTypes = ["dscp_marking"];
        var gold = world.Limit(5000);
        var router = await world.RouterAsync();
        var ip = world.Parent.AddFloatingIp(world.Outside, world.AddServer(), edit: of => of["qos_policy_id"] = gold);
        await World.UntilAsync(() => world.StatusOf(ip) == "ERROR");
        await World.UntilAsync(() => world.Trouble(router).Contains("bandwidth_limit", StringComparison.Ordinal));

        world.Child.Neutron.QosRuleTypes = ["dscp_marking", "bandwidth_limit"];
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
    }

    [TestCase(409)]
    [TestCase(403)]
    [TestCase(500)]
    public async Task A_policy_that_the_child_does_not_take_for_a_while_keeps_the_rest_of_the_router_from_nothing(int status)
    {
        world.Child.On("POST", "/qos/policies").Fail(3, status, $$$"""{"NeutronError": {"type": "Odd", "message": "no", "detail": ""}}""");
        var gold = world.Limit(5000);
        var router = await world.RouterAsync();
        var free = world.Parent.AddFloatingIp(world.Outside, world.AddServer());
        var limited = world.Parent.AddFloatingIp(world.Outside, world.AddServer(), edit: of => of["qos_policy_id"] = gold);

        await World.UntilAsync(() => world.StatusOf(free) == "ACTIVE" && world.StatusOf(limited) == "ACTIVE");

        Assert.That(PolicyOf(limited), Is.EqualTo((string?)world.ChildPolicy(gold)!["id"]));
        await World.UntilAsync(() => world.Trouble(router).Length == 0);
    }

    [Test]
    public async Task What_is_shown_for_an_operator_makes_nothing()
    {
        var gold = world.Limit(5000);
        await LimitedAsync(gold, gold);
        var before = world.Writes.Count;

        var rows = await world.ListAsync();

        Assert.That((rows.Routers.Single().Note, rows.FloatingIps.Single().Note), Is.EqualTo(("linked", "linked")));
        Assert.That(world.Writes.Skip(before), Is.Empty);
    }

    async Task<(string Router, IReadOnlyList<string> FloatingIps)> LimitedAsync(string gateway, params string[] floatingIps)
    {
        var router = await world.RouterAsync(gateway: false);
        world.Parent.SetGateway(router, world.Outside, edit: of => of["qos_policy_id"] = gateway);
        var ips = floatingIps.Select(policy => world.Parent.AddFloatingIp(world.Outside, world.AddServer(), edit: of => of["qos_policy_id"] = policy)).ToList();
        await World.UntilAsync(() => ips.TrueForAll(ip => world.StatusOf(ip) == "ACTIVE"));
        await world.SettleAsync();
        return (router, ips);
    }

    async Task<string> LeaveAsync(string router)
    {
        foreach (var ip in world.Child.Neutron.FloatingIps.Select(ip => ((string)ip["description"]!)["cascade:".Length..]).ToList())
        {
            world.Parent.DeleteFloatingIp(ip);
        }

        await world.SettleAsync();
        return router;
    }

    string? GatewayPolicy(string router) => (string?)world.ChildRouter(router)?["external_gateway_info"]?["qos_policy_id"];

    string? PolicyOf(string ip) => (string?)world.ChildFloatingIp(ip)?["qos_policy_id"];

    string Rates(string policy) => string.Join(", ", world.ChildPolicy(policy)!["rules"]!.AsArray().Select(rule => $"{rule!["direction"]} {rule["max_kbps"]}"));
}
