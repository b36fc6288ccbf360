using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Capacity;
using Cascade.NovaProxy.Flavors;
using Cascade.NovaProxy.Keypairs;
using Cascade.NovaProxy.Servers;
using Cascade.NovaProxy.Servers.Build;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Tests.Servers;

public sealed class MapTests
{
    [Test]
    public void Flavors_of_the_same_content_are_the_same_whatever_they_are_called()
    {
        var one = FlavorMap.Of(Flavor(name: "m1.small"), SpecWords.None);
        var two = FlavorMap.Of(Flavor(name: "c1.small"), SpecWords.None);
        Assert.That(one.Id, Is.EqualTo(two.Id).And.StartsWith("cascade-").And.Length.EqualTo(40));
    }

    [TestCase("hw:cpu_policy", "dedicated", true, "what the guest gets")]
    [TestCase("quota:disk_read_iops_sec", "100", true, "what the guest gets")]
    [TestCase("aggregate_instance_extra_specs:ssd", "true", false, "the parent's aggregates")]
    [TestCase("trait:CUSTOM_GOLD", "required", false, "the parent's placement")]
    [TestCase("trait:HW_CPU_X86_AVX512F", "required", true, "some host of the child has it, and the child must choose that one")]
    [TestCase("trait:HW_CPU_X86_AVX512F", "forbidden", false, "a child with any such host was not chosen")]
    [TestCase("trait:COMPUTE_STATUS_DISABLED", "required", false, "the parent's own word about its host")]
    [TestCase("resources:CUSTOM_BAREMETAL", "1", false, "the parent's placement")]
    [TestCase("pci_passthrough:alias", "gpu:1", false, "a device of one cloud")]
    public void Extra_specs_that_the_guest_gets_are_part_of_the_content(string key, string value, bool passed, string because)
    {
        var plain = FlavorMap.Of(Flavor(), SpecWords.None);
        var with = FlavorMap.Of(Flavor(specs: new() { [key] = value }), SpecWords.None);
        Assert.That(with.Id != plain.Id, Is.EqualTo(passed), because);
        Assert.That(with.ExtraSpecs.ContainsKey(key), Is.EqualTo(passed), because);
    }

    [TestCase("resources:CUSTOM_GPU", "2", true, "the child has it")]
    [TestCase("resources:CUSTOM_LICENSE", "1", false, "an operator of the parent put it on the host")]
    [TestCase("resources:VGPU", "1", false, "no class that comes up")]
    [TestCase("resources:VCPU", "0", true, "bare metal is asked for so")]
    [TestCase("resources1:CUSTOM_GPU", "1", true, "a group of its own")]
    [TestCase("resources_NET-1:CUSTOM_GPU", "1", true, "a group with a name")]
    [TestCase("trait:CUSTOM_FAST", "required", true, "the child has it")]
    [TestCase("trait1:CUSTOM_FAST", "required", true, "of a group")]
    [TestCase("trait:CUSTOM_FAST", "forbidden", false, "a child with any such host was not chosen")]
    [TestCase("trait:CUSTOM_CHEAP", "required", false, "an operator of the parent put it on the host, and the child's placement would refuse a name that it does not know")]
    [TestCase("group_policy", "none", false, "without a group")]
    public void What_flavors_ask_of_placement_goes_down_when_the_child_has_it_to_give(string key, string value, bool passed, string because)
    {
        var names = new CustomNames(new HashSet<string> { "CUSTOM_GPU" }, new HashSet<string> { "CUSTOM_FAST" });
        var specs = FlavorMap.Of(Flavor(specs: new() { [key] = value }), SpecWords.None with { Custom = names }).ExtraSpecs;

        Assert.That(specs, Is.EqualTo(passed ? new Dictionary<string, string> { [key] = value } : []), because);
    }

    [Test]
    public void A_group_takes_its_policy_along()
    {
        var flavor = Flavor(specs: new() { ["resources1:CUSTOM_GPU"] = "1", ["resources2:CUSTOM_GPU"] = "1", ["group_policy"] = "none" });
        var names = new CustomNames(new HashSet<string> { "CUSTOM_GPU" }, new HashSet<string>());

        Assert.That(FlavorMap.Of(flavor, SpecWords.None with { Custom = names }).ExtraSpecs, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_key_of_the_parents_aggregates_that_the_map_names_is_the_childs_key()
    {
        var flavor = Flavor(specs: new() { ["aggregate_instance_extra_specs:ssd"] = "true", ["aggregate_instance_extra_specs:rack"] = "r1", ["ssd"] = "true" });
        var wanted = FlavorMap.Of(flavor, new(new Dictionary<string, string> { ["ssd"] = "fast_disks" }, CustomNames.None));

        Assert.That(wanted.ExtraSpecs, Is.EqualTo(new Dictionary<string, string> { ["aggregate_instance_extra_specs:fast_disks"] = "true" }));
    }

    [Test]
    public void Keys_and_values_cannot_be_shifted_into_each_other()
    {
        var one = FlavorMap.Of(Flavor(specs: new() { ["hw:a"] = "b\nhw:c=d" }), SpecWords.None);
        var two = FlavorMap.Of(Flavor(specs: new() { ["hw:a"] = "b", ["hw:c"] = "d" }), SpecWords.None);
        Assert.That(one.Id, Is.Not.EqualTo(two.Id));
    }

    [Test]
    public void A_keypair_is_named_by_its_key()
    {
        var one = KeypairMap.Of(Instance(new() { ["key_name"] = "a", ["key_data"] = "ssh-rsa A" }))!;
        var same = KeypairMap.Of(Instance(new() { ["key_name"] = "b", ["key_data"] = "ssh-rsa A" }))!;
        var other = KeypairMap.Of(Instance(new() { ["key_name"] = "a", ["key_data"] = "ssh-rsa B" }))!;
        Assert.That(same.Name, Is.EqualTo(one.Name));
        Assert.That(other.Name, Is.Not.EqualTo(one.Name));
        Assert.That(KeypairMap.Of(Instance([])), Is.Null);
    }

    [Test]
    public void Stamps_come_first_and_fit_novas_limits()
    {
        var tags = ServerStamp.Tags("u", new string('h', 80), Enumerable.Range(0, 60).Select(at => $"t{at}").Append("cascade-host:x"));
        Assert.That(tags, Has.Count.EqualTo(50));
        Assert.That(tags[0], Is.EqualTo("cascade:u"));
        Assert.That(tags.Select(tag => tag.Length), Is.All.LessThanOrEqualTo(60));
        Assert.That(tags.Count(tag => tag.StartsWith("cascade-host:", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [TestCase("web.example.com", true, true, "web.example.com")]
    [TestCase("web.example.com", true, false, "web", Description = "before 2.94")]
    [TestCase("web", true, false, "web")]
    [TestCase("web", false, false, null, Description = "before 2.90")]
    [TestCase("", true, true, null)]
    public void A_host_name_goes_as_far_as_the_child_takes_it(string hostname, bool any, bool domain, string? asked) =>
        Assert.That(ServerMap.Hostname(hostname, new(any, domain)), Is.EqualTo(asked));

    [Test]
    public void Hints_of_the_parents_own_scheduler_stay_there_and_servers_are_named_as_in_the_child()
    {
        var hints = new JsonObject
        {
            ["group"] = new JsonArray("6f9c1b1e-0000-4000-8000-00000000c0de"),
            ["query"] = new JsonArray("[]"),
            ["different_host"] = new JsonArray("here", "elsewhere"),
            ["same_host"] = new JsonArray("elsewhere"),
            ["rack"] = new JsonArray("r1"),
            ["zones"] = new JsonArray("a", "b"),
        };
        var mapped = HintMap.ToChild(hints, uuid => uuid == "here" ? "child-here" : null);
        Assert.That(mapped.Keys, Is.EquivalentTo(new[] { "different_host", "rack", "zones" }));
        Assert.That(mapped["different_host"].Values, Is.EqualTo(new[] { "child-here" }));
        Assert.That(mapped["rack"], Has.Property("IsList").False);
        Assert.That(mapped["zones"].Values, Is.EqualTo(new[] { "a", "b" }));
    }

    [TestCase(null, "scheduling", "building", BuildStage.Fresh)]
    [TestCase(null, null, "building", BuildStage.Begun)]
    [TestCase("cell-a", null, "building", BuildStage.Claimed)]
    [TestCase("cell-a", "networking", "building", BuildStage.Networking)]
    [TestCase("cell-a", "block_device_mapping", "building", BuildStage.Mapping)]
    [TestCase("cell-a", "spawning", "building", BuildStage.Spawning)]
    [TestCase("cell-b", "spawning", "building", BuildStage.Over, Description = "it went elsewhere")]
    [TestCase("cell-a", null, "active", BuildStage.Over)]
    [TestCase(null, null, "error", BuildStage.Over)]
    [TestCase("cell-a", "deleting", "building", BuildStage.Cancelled)]
    public void Where_an_earlier_life_stopped_is_read_from_the_row(string? host, string? task, string vm, object stage) =>
        Assert.That(BuildStages.Of(Instance(new() { ["host"] = host, ["task_state"] = task, ["vm_state"] = vm }), "cell-a"), Is.EqualTo(stage));

    // nova/compute/manager.py: _sync_instance_power_state, every branch.
    [TestCase("active", PowerState.Running, 1, false, false)]
    [TestCase("active", PowerState.Shutdown, 1, true, true)]
    [TestCase("active", PowerState.Crashed, 1, true, true)]
    [TestCase("active", PowerState.Suspended, 1, true, true)]
    [TestCase("active", PowerState.Paused, 1, true, false)]
    [TestCase("active", PowerState.NoState, 1, true, false)]
    [TestCase("stopped", PowerState.Running, 4, true, true)]
    [TestCase("stopped", PowerState.Shutdown, 4, false, false)]
    [TestCase("stopped", PowerState.NoState, 4, true, false)]
    [TestCase("paused", PowerState.Shutdown, 3, true, true)]
    [TestCase("paused", PowerState.Running, 3, true, false)]
    [TestCase("error", PowerState.Shutdown, 1, true, false)]
    [TestCase("rescued", PowerState.Shutdown, 1, true, false)]
    public void Power_is_synced_as_nova_does(string vm, object seen, int known, bool save, bool stop) =>
        Assert.That(PowerSync.Of(vm, known, (PowerState)seen), Is.EqualTo(new PowerSync(save, stop)));

    static VersionedObject Instance(JsonObject data) => new(ObjectDialect.Nova, "Instance", "2.7", data);

    static VersionedObject Flavor(string name = "m1", JsonObject? specs = null) => new(ObjectDialect.Nova, "Flavor", "1.2", new()
    {
        ["name"] = name,
        ["vcpus"] = 1,
        ["memory_mb"] = 512,
        ["root_gb"] = 5,
        ["ephemeral_gb"] = 0,
        ["swap"] = 0,
        ["extra_specs"] = specs ?? [],
    });
}
