using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Child;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.NovaProxy.Tests.Servers;

public sealed class ResizeTests : WorldTest
{
    static readonly string[] Done = ["resize:compute_prep_resize=Success", "resize:compute_resize_instance=Success", "resize:compute_finish_resize=Success"];

    [Test]
    public async Task A_resize_goes_through_novas_chain()
    {
        var vm = await ActiveAsync();
        var saves = World.Saves(vm.Uuid).Count;
        var resize = new Resizing(World, vm);
        World.Child.Nova.Hold("resize");
        await resize.PrepareAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/resize_migrating/1"));
        Assert.That(resize.Status, Is.EqualTo("migrating"));
        Assert.That(World.Row(vm.Uuid)["migration_context"]!["nova_object.data"]!["migration_id"]!.ToJsonString(), Is.EqualTo(resize.Migration["id"]!.ToJsonString()));
        World.Child.Nova.Release("resize");
        await World.LookAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("resized/-/1"));
            Assert.That(World.Saves(vm.Uuid).Skip(saves), Is.EqualTo(new[]
            {
                "flavor=m1.small new_flavor=m1.large old_flavor=null system_metadata",
                "migration_context",
                "task_state=resize_migrating (\"resize_prep\")",
                "flavor=m1.small host=cell-a new_flavor=m1.large node=cell-a old_flavor=m1.small task_state=resize_migrated (\"resize_migrating\")",
                "ephemeral_gb=0 flavor=m1.large instance_type_id=2 memory_mb=4096 new_flavor=m1.large old_flavor=m1.small root_gb=40 "
                    + "task_state=resize_finish vcpus=2 (\"resize_migrated\")",
                "task_state=null vm_state=resized (\"resize_finish\")",
            }));
            Assert.That(World.Row(vm.Uuid)["system_metadata"]!["old_vm_state"]!.ToString(), Is.EqualTo("active"));
            Assert.That((resize.Status, resize.Held), Is.EqualTo(("finished", ((int?)1, (int?)2))));
            Assert.That(vm.Events.Skip(1), Is.EqualTo(Done));
            Assert.That(World.Child.Nova.Find(vm.Link!)!.FlavorId, Does.StartWith("cascade-"));
            Assert.That(MigrationSaves(), Is.EqualTo(new[] { "pre-migrating", "migrating", "post-migrating", "finished" }));
        }
    }

    [Test]
    public async Task A_migration_to_the_same_flavor_is_the_childs_migrate()
    {
        var vm = await ActiveAsync();
        var move = new Resizing(World, vm, id: 1);
        await move.ResizedAsync();

        Assert.That(World.Child.Nova.Find(vm.Link!)!.Actions.Select(action => action.Action), Is.EqualTo(new[] { "migrate" }));
        Assert.That(World.Saves(vm.Uuid)[^2], Is.EqualTo("task_state=resize_finish (\"resize_migrated\")"));
    }

    [Test]
    public async Task A_stopped_server_is_resized_and_stays_stopped()
    {
        var vm = await ActiveAsync();
        await vm.StopAsync();
        await World.LookAsync();
        var resize = new Resizing(World, vm);
        await resize.ResizedAsync();
        await resize.ConfirmAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
    }

    [TestCase(400, "{\"badRequest\": {\"code\": 400, \"message\": \"Unable to resize disk\"}}", "Unable to resize disk", TestName = "a disk that may not shrink")]
    [TestCase(403, "{\"forbidden\": {\"code\": 403, \"message\": \"Quota exceeded for cores\"}}", "Quota exceeded for cores", TestName = "over the quota of the child")]
    [TestCase(409, "{\"conflictingRequest\": {\"code\": 409, \"message\": \"Instance is locked\"}}", "Instance is locked", TestName = "locked in the child")]
    [TestCase(413, "{\"overLimit\": {\"code\": 413, \"message\": \"Too fast\"}}", "Too fast", TestName = "too many requests")]
    [TestCase(500, "{\"computeFault\": {\"code\": 500, \"message\": \"Unexpected API Error\"}}", "Unexpected API Error", TestName = "a failure of the child's API")]
    public async Task A_refusal_leaves_the_server_as_it_was_with_the_childs_words(int status, string body, string words)
    {
        var vm = await ActiveAsync();
        var resize = new Resizing(World, vm);
        World.Child.On("POST", "/servers/*/action").Fail(int.MaxValue, status, body);
        Assert.That(async () => await resize.PrepareAsync(), Throws.InstanceOf<RpcFault>());

        await AsBeforeAsync(vm, resize, words);
        Assert.That(vm.Events.Skip(1), Is.EqualTo(new[] { "resize:compute_prep_resize=Success", "resize:compute_resize_instance=Error" }));
    }

    [TestCase("GET", "/servers/*", TestName = "the server cannot be read")]
    [TestCase("GET", "/flavors/*", TestName = "the flavor cannot be read")]
    [TestCase("POST", "/flavors", TestName = "the flavor cannot be made")]
    [TestCase("POST", "/flavors/*/action", TestName = "the flavor cannot be opened to the project")]
    [TestCase("POST", "/servers/*/action", TestName = "the order fails")]
    public async Task After_a_failure_at_any_call_the_same_request_works(string method, string path)
    {
        var vm = await ActiveAsync();
        var failed = new Resizing(World, vm);
        // What only reads is asked twice.
        World.Child.On(method, path).Fail(method == "GET" ? 2 : 1, 500);
        Assert.That(async () => await failed.PrepareAsync(), Throws.InstanceOf<RpcFault>());
        await AsBeforeAsync(vm, failed, "");

        await new Resizing(World, vm).ResizedAsync();
    }

    [Test]
    public async Task No_host_in_the_child_is_said_with_the_words_of_its_action()
    {
        var vm = await ActiveAsync();
        var resize = new Resizing(World, vm);
        World.Child.Nova.Hold("resize");
        await resize.PrepareAsync();
        World.Child.Nova.FailMove(vm.Link!, "No valid host was found. No valid host found for resize");
        await World.LookAsync();

        await AsBeforeAsync(vm, resize, "No valid host found for resize");
        Assert.That(vm.Fault, Does.Contain(World.Child.Nova.Find(vm.Link!)!.Actions[^1].RequestId), "the child's request, for its operator");
        Assert.That(vm.Events[^1], Is.EqualTo("resize:compute_resize_instance=Error"));
    }

    [Test]
    public async Task A_smaller_disk_is_refused_by_the_childs_hypervisor_and_changes_nothing()
    {
        var vm = await ActiveAsync();
        var resize = new Resizing(World, vm, disk: 10);
        await resize.PrepareAsync();
        await World.LookAsync();

        await AsBeforeAsync(vm, resize, "Unable to resize disk down");
    }

    [Test]
    public async Task A_server_that_breaks_in_the_child_is_an_error()
    {
        var vm = await ActiveAsync();
        var resize = new Resizing(World, vm);
        World.Child.Nova.Hold("resize");
        await resize.PrepareAsync();
        World.Child.Nova.Fail(vm.Link!, "the disk was lost on the way");
        await World.LookAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/1"));
        Assert.That(vm.Fault, Does.Contain("the disk was lost on the way"));
        Assert.That(resize.Status, Is.EqualTo("error"));
    }

    [Test]
    public async Task A_lost_answer_is_looked_after_and_not_asked_twice()
    {
        var vm = await ActiveAsync();
        var resize = new Resizing(World, vm);
        World.Child.On("POST", "/servers/*/action").DropAfter();
        await resize.ResizedAsync();

        Assert.That(World.Child.Nova.Find(vm.Link!)!.Actions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_second_delivery_goes_on_where_the_first_stopped()
    {
        var vm = await ActiveAsync();
        var resize = new Resizing(World, vm);
        await resize.PrepareAsync();
        await World.RebornAsync();
        await resize.PrepareAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("resized/-/1"));
        var said = World.Conductor.Calls.Count;
        await resize.PrepareAsync();

        Assert.That(World.Child.Nova.Find(vm.Link!)!.Actions, Has.Count.EqualTo(1));
        Assert.That(World.Conductor.Calls.Skip(said).Select(call => call.ObjectMethod), Is.EqualTo(new[] { "Instance.get_by_uuid", "Migration.get_by_id" }));
    }

    [Test]
    public async Task A_delivery_that_was_cut_while_it_rolled_back_is_told_to_its_end()
    {
        var vm = await ActiveAsync();
        var resize = new Resizing(World, vm);
        World.Conductor.EditMigration(resize.Consumer, row => row["status"] = "error");
        Assert.That(async () => await resize.PrepareAsync(), Throws.InstanceOf<RpcFault>());

        await AsBeforeAsync(vm, resize, "the proxy was stopped");
    }

    [Test]
    public async Task A_child_that_confirms_at_once_by_itself_is_believed()
    {
        var vm = await ActiveAsync();
        var resize = new Resizing(World, vm);
        await resize.PrepareAsync();
        _ = World.Child.Nova.Servers;
        World.Child.Nova.ConfirmByItself(vm.Link!);
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That((resize.Status, resize.Held), Is.EqualTo(("confirmed", ((int?)null, (int?)2))));
        Assert.That(World.Row(vm.Uuid)["flavor"]!["nova_object.data"]!["name"]!.ToString(), Is.EqualTo("m1.large"));
    }

    [TestCase("resize_migrating", TestName = "the order was given")]
    [TestCase("resize_migrated", TestName = "the source was told of")]
    [TestCase("resize_finish", TestName = "the destination was told of")]
    public async Task A_later_life_goes_on_from_the_row_alone(string task)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await World.StartAsync(time: time);
        var vm = new Wanted(world);
        await vm.ActiveAsync();
        var resize = new Resizing(world, vm);
        await resize.PrepareAsync();
        if (task != "resize_migrating")
        {
            world.Conductor.Before = call => CutBefore(call, task);
            await world.LookAsync();
            world.Conductor.Before = null;
        }

        Assert.That(world.State(vm.Uuid), Is.EqualTo($"active/{task}/1"));
        await world.RebornAsync();
        await world.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await world.ResumeAsync();
        await world.LookAsync();

        Assert.That(world.State(vm.Uuid), Is.EqualTo("resized/-/1"));
        Assert.That(resize.Status, Is.EqualTo("finished"));
        Assert.That(world.Child.Nova.Find(vm.Link!)!.Actions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_server_of_another_host_is_handed_back_for_the_next()
    {
        var vm = await ActiveAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["host"] = "cell-b");
        var resize = new Resizing(World, vm, host: "cell-b");
        await resize.PrepareAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.Conductor.ResizesGivenBack, Has.Count.EqualTo(1));
            Assert.That(World.Conductor.ResizesGivenBack[0]["scheduler_hint"]!["filter_properties"]!["retry"]!["exc"]!.ToJsonString(), Does.Contain("servers do not move between clouds"));
            Assert.That((resize.Status, resize.Held), Is.EqualTo(("pre-migrating", ((int?)null, (int?)1))), "as the conductor expects to find it");
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/resize_prep/1"));
            Assert.That(vm.Fault, Does.Contain("servers do not move between clouds"));
            Assert.That(vm.Events[^1], Is.EqualTo("resize:compute_prep_resize=Success"));
            Assert.That(World.Child.Nova.Find(vm.Link!)!.Actions, Is.Empty);
        }
    }

    [TestCase(true, TestName = "no host is left")]
    [TestCase(false, TestName = "an operator named the host")]
    public async Task Without_another_host_the_server_is_as_it_was(bool retry)
    {
        var vm = await ActiveAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["host"] = "cell-b");
        World.Conductor.HasAnotherHost = false;
        var resize = new Resizing(World, vm, host: "cell-b");
        Assert.That(async () => await resize.PrepareAsync(retry), Throws.InstanceOf<RpcFault>().With.Property("Class").EqualTo("MigrationPreCheckError"));

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That((resize.Status, resize.Held), Is.EqualTo(("error", ((int?)null, (int?)1))));
        Assert.That(vm.Events[^1], Is.EqualTo("resize:compute_prep_resize=Error"));
    }

    [Test]
    public async Task A_child_that_is_away_keeps_the_message_and_the_row_waiting()
    {
        var vm = await ActiveAsync();
        World.Child.Unreachable = true;
        await World.Of<ChildHealth>().CheckAsync(default);
        var resize = new Resizing(World, vm);
        Assert.That(async () => await resize.PrepareAsync(), Throws.InstanceOf<ParkException>());
        Assert.That((World.State(vm.Uuid), resize.Status), Is.EqualTo(("active/resize_prep/1", "pre-migrating")));

        World.Child.Unreachable = false;
        await World.Of<ChildHealth>().CheckAsync(default);
        await resize.ResizedAsync();
    }

    [Test]
    public async Task A_delete_before_it_began_leaves_nothing_held([Values] bool deletedFirst)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var resize = new Resizing(World, vm);
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "deleting");
        if (deletedFirst)
        {
            await vm.DeleteAsync();
        }

        await resize.PrepareAsync();
        if (!deletedFirst)
        {
            await vm.DeleteAsync();
        }

        await World.LookAsync();
        Assert.That((World.State(vm.Uuid), resize.Held), Is.EqualTo(("deleted", ((int?)null, (int?)null))));
        Assert.That(resize.Status, Is.EqualTo("error"));
    }

    [Test]
    public async Task A_delete_in_the_middle_leaves_nothing_held()
    {
        var vm = await ActiveAsync();
        var resize = new Resizing(World, vm);
        World.Child.Nova.Hold("resize");
        await resize.PrepareAsync();
        await vm.DeleteAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
        Assert.That((resize.Status, resize.Held), Is.EqualTo(("error", ((int?)null, (int?)null))));
    }

    async Task<Wanted> ActiveAsync()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        return vm;
    }

    /// <summary>And it can be asked for again.</summary>
    Task AsBeforeAsync(Wanted vm, Resizing resize, string words)
    {
        var row = World.Row(vm.Uuid);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
            Assert.That(vm.Fault, Does.Contain(words));
            Assert.That((resize.Status, resize.Held), Is.EqualTo(("error", ((int?)null, (int?)1))));
            Assert.That((row["new_flavor"], row["old_flavor"], row["migration_context"]), Is.EqualTo(((object?)null, (object?)null, (object?)null)));
            Assert.That(row["system_metadata"]!["old_vm_state"], Is.Null);
            Assert.That(row["flavor"]!["nova_object.data"]!["name"]!.ToString(), Is.EqualTo("m1.small"));
        }

        return Task.CompletedTask;
    }

    IEnumerable<string> MigrationSaves() => World.Conductor.Calls.Where(call => call.ObjectMethod == "Migration.save")
        .Select(call => call.Arguments["objinst"]!["nova_object.data"]!["status"]!.ToString());

    /// <summary>The parent dies in the middle: nothing of ours is heard from the save after this task state on.</summary>
    static void CutBefore(Support.Parent.FakeConductorCall call, string task)
    {
        var next = task == "resize_migrated" ? "resize_finish" : null;
        if (call.ObjectMethod == "Instance.save" && call.Arguments["objinst"]!["nova_object.data"] is System.Text.Json.Nodes.JsonObject data
            && data.ContainsKey("task_state") && data["task_state"]?.ToString() == next)
        {
            throw new RpcFault("builtins", "OperationalError", "the database went away");
        }
    }
}
