using System.Text.Json.Nodes;
using Cascade.Agent.Serving;
using Cascade.L2Proxy.Mirroring;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Qos;
using L2Proxy.Tests.Groups;

namespace L2Proxy.Tests.Qos;

/// <summary>QoS policies between both clouds.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class QosFlowTest : IAsyncDisposable
{
    GroupsWorld world = null!;

    [SetUp]
    public async Task StartAsync() => world = await GroupsWorld.StartAsync();

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Test]
    public async Task A_policy_is_made_in_our_project_with_its_rules_and_found_again()
    {
        var gold = Policy(Limit(10_000), Mark(26));

        var childId = await world.Qos.EnsureAsync(gold, "port", default);

        var made = Child(gold)!;
        Assert.That(((string)made["id"]!, (string)made["project_id"]!, (string)made["name"]!), Is.EqualTo((childId, world.Ours, "gold")));
        Assert.That(Rules(gold), Is.EqualTo(new[] { "bandwidth_limit 10000", "dscp_marking 26" }));

        world.Words();
        Assert.That(await world.Qos.EnsureAsync(gold, "another port", default), Is.EqualTo(childId));
        Assert.That(world.Words(), Is.Empty);
    }

    [Test]
    public async Task A_port_without_one_has_none() => Assert.That(await world.Qos.EnsureAsync(null, "port", default), Is.Null);

    [Test]
    public async Task What_changes_in_the_parent_changes_in_the_child_and_nothing_else()
    {
        var gold = Policy(Limit(10_000), Mark(26));
        await world.Qos.EnsureAsync(gold, "port", default);
        world.Words();

        world.Parent.EditQosPolicy(gold, policy => policy["rules"] = new JsonArray(Limit(20_000)));
        await world.SettledAsync();

        Assert.That(Rules(gold), Is.EqualTo(new[] { "bandwidth_limit 20000" }));
        Assert.That(world.Words(), Is.EqualTo(new[] { "DELETE qos/policies/*/dscp_marking_rules/*", "PUT qos/policies/*/bandwidth_limit_rules/*" }));
    }

    [Test]
    public async Task A_policy_that_nobody_has_goes_after_a_while()
    {
        var gold = Policy(Limit(10_000));
        await world.Qos.EnsureAsync(gold, "one", default);
        await world.Qos.EnsureAsync(gold, "two", default);

        world.Qos.Gone("one");
        await world.SettledAsync();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.SettledAsync();
        Assert.That(Child(gold), Is.Not.Null);

        await world.Qos.EnsureAsync(null, "two", default);
        await world.UntilAsync(() => Child(gold) is null);
    }

    [Test]
    public async Task A_copy_that_is_active_again_takes_none_away_before_it_has_compared()
    {
        var gold = Policy(Limit(10_000));
        await world.Qos.EnsureAsync(gold, "port", default);
        await Task.WhenAll(world.All<IRecovery>().Select(one => one.RecoverAsync(default)));

        world.Qos.Gone("port");
        await world.SettledAsync();
        Assert.That(world.Of<QosMirroring>().Policies.TroubleOf(gold), Does.Contain("not everything was compared yet"));

        await world.CompareAsync();
        await world.UntilAsync(() => Child(gold) is null);
    }

    [Test]
    public async Task A_lost_answer_makes_no_second_one()
    {
        var gold = Policy(Limit(10_000));
        world.Child.On("POST", "**/qos/policies").DropAfter();

        await world.Qos.EnsureAsync(gold, "port", default);

        Assert.That(Rules(gold), Is.EqualTo(new[] { "bandwidth_limit 10000" }));
    }

    [Test]
    public async Task What_an_earlier_life_left_is_looked_at()
    {
        var gold = Policy(Limit(10_000));
        await world.Qos.EnsureAsync(gold, "port", default);
        world = await world.NextLifeAsync();

        await world.CompareAsync();

        await world.UntilAsync(() => Child(gold) is null);
    }

    [Test]
    public void A_policy_that_the_parent_lost_is_asked_for_again() =>
        Assert.That(async () => await world.Qos.EnsureAsync(Guid.NewGuid().ToString(), "port", default), Throws.TypeOf<LaterException>());

    string Policy(params JsonObject[] rules) => world.Parent.AddQosPolicy(policy => policy["rules"] = new JsonArray([.. rules]));

    JsonObject? Child(string policy) => world.Neutron.QosPolicies.SingleOrDefault(one => (string?)one["description"] == "cascade:" + policy);

    string[] Rules(string policy) => [.. Child(policy)!["rules"]!.AsArray().Select(rule => $"{rule!["type"]} {rule["max_kbps"] ?? rule["dscp_mark"]}").Order(StringComparer.Ordinal)];

    static JsonObject Limit(int kbps) => new() { ["id"] = Guid.NewGuid().ToString(), ["type"] = "bandwidth_limit", ["max_kbps"] = kbps, ["max_burst_kbps"] = 0, ["direction"] = "egress" };

    static JsonObject Mark(int mark) => new() { ["id"] = Guid.NewGuid().ToString(), ["type"] = "dscp_marking", ["dscp_mark"] = mark };
}
