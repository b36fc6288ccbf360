using Cascade.NovaProxy.Tests.Servers;
using Cascade.NovaProxy.Zones;

namespace Cascade.NovaProxy.Tests.Zones;

public sealed class ZoneTests : WorldTest
{
    const int Missing = 4350;
    const int There = 4351;

    [TestCase("az-east", "childs-east", TestName = "a zone of the map is the child's")]
    [TestCase("az-west", null, TestName = "a zone that the map does not name leaves the choice to the child")]
    [TestCase(null, null, TestName = "no zone at all leaves it, too")]
    public async Task A_build_asks_for_the_zone_that_its_own_stands_for(string? parents, string? childs)
    {
        await MapAsync(("az-east", "childs-east"));
        World.Child.Nova.AddService("nova-compute", "east-1", "childs-east");
        var vm = new Wanted(World, edit: row => row["availability_zone"] = parents);
        await vm.ActiveAsync();

        Assert.That((string?)vm.Server.Asked["server"]!["availability_zone"], Is.EqualTo(childs));
        Assert.That(vm.Server.Host, Is.EqualTo(childs is null ? "node-1" : "east-1"));
    }

    [Test]
    public async Task Without_a_map_no_zone_is_named_and_none_is_asked_about()
    {
        var vm = new Wanted(World, edit: row => row["availability_zone"] = "az-east");
        await vm.ActiveAsync();
        await World.Of<ZoneWatch>().RunAsync(default);

        Assert.That(vm.Server.Asked["server"]!.AsObject().ContainsKey("availability_zone"), Is.False);
        Assert.That(World.Child.Count("GET", "/os-availability-zone"), Is.Zero);
    }

    [Test]
    public async Task An_unshelve_asks_for_the_zone_of_the_host_that_it_comes_to()
    {
        await MapAsync(("az-of-the-host", "childs-east"));
        World.Child.Nova.AddService("nova-compute", "east-1", "childs-east");
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.OffloadedByShelveAsync();
        await vm.UnshelveAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That((string?)vm.Server.Asked["server"]!["availability_zone"], Is.EqualTo("childs-east"));
    }

    [TestCase(true, "building/scheduling/0", TestName = "another host of the parent may have its zone")]
    [TestCase(false, "error/-/0", TestName = "where there is no other, the fault says it")]
    public async Task A_zone_that_the_child_does_not_have_is_the_fault_of_the_build(bool retry, string state)
    {
        await MapAsync(("nova", "nowhere"));
        var vm = new Wanted(World);
        await vm.BuildAsync(call =>
        {
            if (!retry)
            {
                call["filter_properties"]!.AsObject().Remove("retry");
            }
        });

        var said = retry ? (string?)World.Conductor.Rescheduled.Single()["filter_properties"]!["retry"]!["exc_reason"] : vm.Fault;
        Assert.That(World.State(vm.Uuid), Is.EqualTo(state));
        Assert.That(said, Does.Contain("the child child has no availability zone nowhere, which [cascade] availability_zones names"));
        Assert.That(vm.Servers, Is.Empty);
    }

    [Test]
    public async Task A_refusal_for_another_reason_keeps_the_childs_words()
    {
        await MapAsync(("nova", "nova"));
        World.Child.On("POST", "/servers").Fail(int.MaxValue, 400, "Flavor's memory is too small for requested image.");
        var vm = new Wanted(World);
        await vm.BuildAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"), "wrong anywhere");
        Assert.That(vm.Fault, Does.Contain("memory is too small").And.Not.Contain("zone"));
    }

    [Test]
    public async Task What_the_child_lacks_is_said_once_shown_in_the_status_and_taken_back_when_it_is_there()
    {
        await MapAsync(("az-a", "nova"), ("az-b", "nowhere"));
        var watch = World.Of<ZoneWatch>();
        await watch.LookAsync(default);
        await watch.LookAsync(default);
        Assert.That(World.Said(Missing), Is.EqualTo(new[] { "[cascade] availability_zones: the child child has no availability zone nowhere. Builds that need it are refused until it is there" }));
        Assert.That(watch.Read(), Is.EqualTo(new Dictionary<string, string> { ["az-a"] = "nova", ["az-b"] = "nowhere: the child child has no availability zone nowhere" }));

        World.Child.Nova.AddService("nova-compute", "new-1", "nowhere");
        World.Child.Nova.EnableHost("new-1", false);
        await watch.LookAsync(default);
        Assert.That(World.Said(Missing)[^1], Does.Contain("no host in availability zone nowhere of the child child is enabled"));

        World.Child.Nova.EnableHost("new-1", true);
        await watch.LookAsync(default);
        Assert.That((World.Said(Missing).Count, World.Said(There).Count), Is.EqualTo((2, 1)));
        Assert.That(watch.Read(), Has.None.Matches<KeyValuePair<string, string>>(one => one.Value.Contains(':')));
    }

    [Test]
    public async Task A_flavor_that_asks_for_an_aggregate_of_the_parent_asks_for_the_childs()
    {
        World.Zoning = new() { AggregateKeys = new Dictionary<string, string> { ["ssd"] = "fast_disks" } };
        await World.RebornAsync();
        var vm = new Wanted(World, edit: row => row["flavor"]!["nova_object.data"]!["extra_specs"]!["aggregate_instance_extra_specs:ssd"] = "true");
        await vm.ActiveAsync();

        Assert.That(
            World.Child.Nova.AllFlavors.Single(flavor => flavor.Id == vm.Server.FlavorId).ExtraSpecs,
            Is.EqualTo(new Dictionary<string, string> { ["aggregate_instance_extra_specs:fast_disks"] = "true" }));
    }

    async Task MapAsync(params (string Parent, string Child)[] pairs)
    {
        World.Zoning = new() { Zones = pairs.ToDictionary(pair => pair.Parent, pair => pair.Child) };
        await World.RebornAsync();
    }
}
