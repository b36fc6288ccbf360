using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;

namespace Cascade.NovaProxy.Tests.Servers;

public sealed class BuildTests : WorldTest
{
    [Test]
    public async Task A_build_writes_what_a_native_compute_writes_in_its_order_and_ends_active()
    {
        var vm = new Wanted(World);
        await vm.BuildAsync();
        await World.LookAsync();

        Assert.That(World.Saves(vm.Uuid), Is.EqualTo(new[]
        {
            """task_state=null vm_state=building (["scheduling",null])""",
            "host=cell-a launched_on=cell-a node=cell-a",
            "task_state=networking vm_state=building ([null])",
            "root_device_name=/dev/vda task_state=block_device_mapping vm_state=building",
            "system_metadata task_state=spawning vm_state=building (\"block_device_mapping\")",
            "system_metadata",
            "config_drive= power_state=1 system_metadata task_state=null vm_state=active (\"spawning\")",
        }));
        Assert.That(vm.Events, Is.EqualTo(new[] { "create:compute__do_build_and_run_instance=Success" }));
        Assert.That(vm.Servers, Has.Count.EqualTo(1));
        Assert.That(vm.Link, Is.EqualTo(vm.Servers[0].Id));
    }

    [Test]
    public async Task System_metadata_keeps_every_key_and_loses_only_what_was_for_the_build()
    {
        var vm = new Wanted(World);
        await vm.BuildAsync();
        Assert.That(World.Row(vm.Uuid)["system_metadata"]!["boot_roles"]!.ToString(), Is.EqualTo("member,reader"));
        await World.LookAsync();

        var keys = World.Row(vm.Uuid)["system_metadata"]!.AsObject().Select(item => item.Key);
        Assert.That(keys, Is.EquivalentTo(new[] { "image_base_image_ref", "image_hw_rng_model", "boot_roles", "cascade_server_id" }));
    }

    [Test]
    public async Task The_server_in_the_child_is_the_tenants_and_carries_what_he_asked_for()
    {
        var vm = new Wanted(World, "web", row =>
        {
            row["hostname"] = "web.example";
            row["display_description"] = "first";
            row["metadata"] = new JsonObject { ["tier"] = "front" };
            row["user_data"] = "I2Nsb3VkLWNvbmZpZw==";
            row["config_drive"] = "True";
            row["key_name"] = "mine";
            row["key_data"] = "ssh-ed25519 AAAA";
            row["tags"] = Wanted.List("Tag", "1.1", new JsonObject { ["tag"] = "blue" }, new JsonObject { ["tag"] = "cascade:forged" });
        });
        await vm.BuildAsync();

        var server = vm.Servers.Single();
        var asked = server.Asked["server"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.ProjectId, Is.EqualTo(World.Project));
            Assert.That(server.UserId, Is.EqualTo(World.Child.Keystone.UserId));
            Assert.That(server.Name, Is.EqualTo("web"));
            Assert.That(server.Hostname, Is.EqualTo("web"), "Zed takes no domain name: 2.94");
            Assert.That(server.Description, Is.EqualTo("first"));
            Assert.That(server.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["tier"] = "front" }));
            Assert.That(asked["user_data"]!.ToString(), Is.EqualTo("I2Nsb3VkLWNvbmZpZw=="));
            Assert.That(asked["config_drive"]!.GetValue<bool>());
            Assert.That(asked["adminPass"]!.ToString(), Is.EqualTo("s3cret"));
            Assert.That(asked["networks"]!.ToString(), Is.EqualTo("none"));
            Assert.That(server.KeyName, Does.StartWith("cascade-"));
            Assert.That(server.Tags, Is.EqualTo(new[] { $"cascade:{vm.Uuid}", "cascade-host:cell-a", "blue" }));
        }
    }

    [Test]
    public async Task The_image_is_copied_once_under_its_own_id_and_open_to_the_tenant_only()
    {
        var own = World.Above.Glance.Add("private", [9, 9, 9], visibility: "shared");
        var vms = Enumerable.Range(0, 5).Select(at => new Wanted(World, $"vm{at}", row => row["image_ref"] = own.Id)).ToList();

        await Task.WhenAll(vms.Select(vm => vm.BuildAsync()));

        var copy = World.Child.Glance.Find(own.Id)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(copy.Uploads, Is.EqualTo(1), "one copy however many want it at once");
            Assert.That(copy.HashValue, Is.EqualTo(own.HashValue));
            Assert.That(copy.Members["visibility"]!.ToString(), Is.EqualTo("shared"));
            Assert.That(World.Child.Glance.IsShared(own.Id, World.Project));
            Assert.That(vms.Select(vm => vm.Servers.Single().ImageId), Is.All.EqualTo(own.Id));
        }
    }

    [Test]
    public async Task A_second_delivery_of_the_same_build_makes_no_second_server_and_tells_nothing_twice()
    {
        var vm = new Wanted(World);
        await vm.BuildAsync();
        await World.RebornAsync();
        await vm.BuildAsync();
        await World.LookAsync();
        await vm.BuildAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.Child.Nova.Made, Is.EqualTo(1));
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
            Assert.That(vm.Events, Is.EqualTo(new[] { "create:compute__do_build_and_run_instance=Success" }));
        }
    }

    [Test]
    public async Task After_a_restart_the_event_of_the_request_that_began_it_is_finished()
    {
        World.Child.Nova.Hold("build");
        var vm = new Wanted(World);
        await vm.BuildAsync();
        World.Conductor.AddAction(vm.Uuid, "lock", "req-another", "u1");
        await World.RebornAsync();
        World.Child.Nova.Release("build");
        await World.LookAsync();

        Assert.That(vm.Events, Is.EqualTo(new[] { "create:compute__do_build_and_run_instance=Success" }));
    }

    [Test]
    public async Task A_server_that_runs_but_is_not_linked_is_not_told_before_the_build_comes_again_and_links_it()
    {
        var vm = new Wanted(World);
        await vm.BuildAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["system_metadata"]!.AsObject().Remove("cascade_server_id"));
        await World.RebornAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("building/spawning/0"));

        await vm.ActiveAsync();
        Assert.That(vm.Link, Is.EqualTo(vm.Servers.Single().Id));
    }

    [Test]
    public async Task A_lost_answer_to_the_create_is_looked_up_and_adopted()
    {
        World.Child.On("POST", "/servers").DropAfter();
        var vm = new Wanted(World);
        await vm.BuildAsync();
        await World.LookAsync();

        Assert.That(World.Child.Nova.Made, Is.EqualTo(1));
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [Test]
    public async Task A_server_that_a_tenant_stamped_is_not_taken_for_ours()
    {
        var vm = new Wanted(World);
        var forged = World.Child.Nova.Plant("forged", World.Project, "tenant", $"cascade:{vm.Uuid}", "cascade-host:cell-a");
        await vm.BuildAsync();

        Assert.That(vm.Link, Is.Not.EqualTo(forged.Id));
    }

    [Test]
    public async Task A_stamp_put_on_another_instances_server_does_not_lend_it_out()
    {
        var first = new Wanted(World, "first");
        await first.ActiveAsync();
        var second = new Wanted(World, "second");
        World.Child.Nova.Change(first.Link!, server => server.Tags.Add($"cascade:{second.Uuid}"));
        await World.RebornAsync();
        await second.BuildAsync();

        Assert.That(second.Link, Is.Not.EqualTo(first.Link));
        Assert.That(World.Child.Nova.Made, Is.EqualTo(2));
    }

    [Test]
    public async Task A_child_that_finds_no_host_sends_the_build_back_to_the_scheduler()
    {
        World.Child.Nova.Hold("schedule", "build");
        var vm = new Wanted(World);
        await vm.BuildAsync();
        World.Child.Nova.Fail(vm.Link!, "No valid host was found. There are not enough hosts available.");
        await World.LookAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("building/scheduling/0"));
            Assert.That(World.Row(vm.Uuid)["host"], Is.Null);
            Assert.That(World.Above.Placement.Consumers, Is.Empty);
            Assert.That(World.Conductor.Rescheduled, Has.Count.EqualTo(1));
            Assert.That(World.Conductor.Rescheduled[0]["filter_properties"]!["retry"]!["exc_reason"]!.ToString(), Does.Contain("No valid host was found"));
            Assert.That(vm.Link, Is.Null);
            Assert.That(vm.Events, Is.EqualTo(new[] { "create:compute__do_build_and_run_instance=Success" }));
            Assert.That(vm.Servers, Is.Empty, "what failed in the child is removed there");
        }
    }

    [Test]
    public async Task A_failed_build_that_may_not_go_elsewhere_ends_in_error_with_the_childs_words()
    {
        World.Child.Nova.Hold("schedule", "build");
        var vm = new Wanted(World);
        await vm.BuildAsync(call => call["filter_properties"]!.AsObject().Remove("retry"));
        World.Child.Nova.Fail(vm.Link!, "Build of instance aborted: disk is full");
        await World.LookAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"));
            Assert.That(vm.Fault, Does.Contain("disk is full"));
            Assert.That(World.Above.Placement.Consumers, Is.Empty);
            Assert.That(World.Conductor.Rescheduled, Is.Empty);
        }
    }

    [Test]
    public async Task A_failure_seen_after_a_restart_cannot_be_handed_back_and_is_an_error()
    {
        World.Child.Nova.Hold("schedule", "build");
        var vm = new Wanted(World);
        await vm.BuildAsync();
        World.Child.Nova.Fail(vm.Link!, "No valid host was found.");
        await World.RebornAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"));
        Assert.That(vm.Fault, Does.Contain("No valid host was found."));
        Assert.That(World.Conductor.Rescheduled, Is.Empty);
    }

    [TestCase(400, "Flavor's memory is too small for requested image.", "error/-/0", Description = "wrong anywhere: abort, as FlavorMemoryTooSmall")]
    [TestCase(403, "Quota exceeded for instances: Requested 1, but already used 10 of 10 instances", "building/scheduling/0", Description = "another host may have room")]
    [TestCase(500, "Unexpected API Error.", "building/scheduling/0", Description = "as any failure of a hypervisor")]
    public async Task What_the_child_answers_to_the_create_decides_between_error_and_another_host(int status, string words, string state)
    {
        World.Child.On("POST", "/servers").Fail(int.MaxValue, status, words);
        var vm = new Wanted(World);
        await vm.BuildAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo(state));
        var said = state.StartsWith("error", StringComparison.Ordinal) ? vm.Fault : World.Conductor.Rescheduled[0]["filter_properties"]!["retry"]!["exc_reason"]!.ToString();
        Assert.That(said, Does.Contain(words).And.Contain("child request req-"));
    }

    [Test]
    public async Task Deleted_before_it_began_nothing_is_made_and_nothing_is_said()
    {
        var vm = new Wanted(World);
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "deleting");
        await vm.BuildAsync();

        Assert.That(World.Child.Nova.Made, Is.Zero);
        Assert.That(World.Conductor.Faults(vm.Uuid), Is.Empty);
        Assert.That(World.Above.Placement.Consumers, Is.Empty);
    }

    [Test]
    public async Task While_the_child_is_away_the_build_is_put_aside_untouched_and_goes_through_later()
    {
        World.Child.Unreachable = true;
        await World.Of<ChildHealth>().CheckAsync(default);
        var vm = new Wanted(World);
        Assert.That(async () => await vm.BuildAsync(), Throws.InstanceOf<ParkException>());
        Assert.That(World.Saves(vm.Uuid), Is.Empty);

        World.Child.Unreachable = false;
        await World.Of<ChildHealth>().CheckAsync(default);
        await vm.ActiveAsync();
    }

    [Test]
    public async Task A_child_that_goes_away_in_the_middle_is_waited_for_and_the_build_goes_on_where_it_was()
    {
        World.Child.On("POST", "/servers").DropBefore(int.MaxValue);
        World.Child.On("GET", "/servers/*").DropBefore(int.MaxValue);
        World.Child.On("GET", "/servers/detail").DropBefore(int.MaxValue);
        var vm = new Wanted(World);
        Assert.That(async () => await vm.BuildAsync(), Throws.InstanceOf<ParkException>());
        Assert.That(World.State(vm.Uuid), Is.EqualTo("building/spawning/0"));

        World.Child.Heal();
        await World.Of<ChildHealth>().CheckAsync(default);
        await vm.ActiveAsync();
        Assert.That(World.Child.Nova.Made, Is.EqualTo(1));
        Assert.That(vm.Events, Is.EqualTo(new[] { "create:compute__do_build_and_run_instance=Success" }));
    }

    [Test]
    public async Task One_that_was_handed_back_and_that_another_host_builds_is_left_to_it()
    {
        var vm = new Wanted(World, allocate: false);
        var other = World.Above.Placement.Add("host-b", ("VCPU", 8), ("MEMORY_MB", 8192));
        World.Above.Placement.Allocate(vm.Uuid, other.Uuid, World.Project, "u1", ("VCPU", 1), ("MEMORY_MB", 2048));

        await vm.BuildAsync();

        Assert.That(World.Child.Nova.Made, Is.Zero);
        Assert.That(World.Conductor.Rescheduled, Is.Empty);
        Assert.That(World.Above.Placement.Consumers.Keys, Does.Contain(vm.Uuid), "what the other host has is its own");
    }

    [Test]
    public async Task An_allocation_that_is_gone_is_not_built_on()
    {
        var vm = new Wanted(World, allocate: false);
        await vm.BuildAsync();

        Assert.That(World.Child.Nova.Made, Is.Zero);
        Assert.That(World.Conductor.Rescheduled, Has.Count.EqualTo(1));
    }
}
