using System.Text;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.Support;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NovaProxy.Tests.Snapshots;

public sealed class SnapshotTests : WorldTest
{
    static readonly byte[] Disk = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(at => $"block {at};")));

    [Test]
    public async Task A_snapshot_goes_through_novas_chain_and_its_bytes_into_the_parents_image()
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("snap", more: ("cascade_server_id", vm.Link!));
        World.Child.Nova.Hold("snapshot");
        await vm.SnapshotAsync(image.Id);
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/image_snapshot/1"), "the child is at it");
        World.Child.Nova.Release("snapshot");
        await World.LookAsync();
        await World.CarriedAsync();

        var arrived = World.Above.Glance.Find(image.Id)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
            Assert.That(World.Saves(vm.Uuid).TakeLast(5), Is.EqualTo(new[]
            {
                "system_metadata task_state=image_snapshot (\"image_snapshot_pending\")",
                "power_state=1",
                "task_state=image_pending_upload (\"image_snapshot\")",
                "task_state=image_uploading (\"image_pending_upload\")",
                "system_metadata task_state=null (\"image_uploading\")",
            }));
            Assert.That(vm.Events[^1], Is.EqualTo("createImage:compute_snapshot_instance=Success"));
            Assert.That(arrived.Status, Is.EqualTo("active"));
            Assert.That(arrived.Bytes, Is.EqualTo(Disk));
            Assert.That((string?)arrived.Members["disk_format"], Is.EqualTo("qcow2"));
            Assert.That((string?)arrived.Members["container_format"], Is.EqualTo("bare"));
            Assert.That((string?)arrived.Members["image_location"], Is.EqualTo("snapshot"));
            Assert.That(arrived.Members.Select(member => member.Key).Where(name => name.StartsWith("cascade_", StringComparison.Ordinal)), Is.Empty, "what only means something to us is not the tenant's");
            ExpectNothingLeft(vm);
        }
    }

    [Test]
    public async Task A_snapshot_of_a_stopped_server_leaves_it_stopped()
    {
        var vm = await ActiveAsync();
        await vm.StopAsync();
        await World.LookAsync();
        var image = vm.Queue("snap");
        await SnapshotAsync(vm, image.Id);

        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
        Assert.That(World.Above.Glance.Find(image.Id)!.Bytes, Is.EqualTo(Disk));
    }

    [Test]
    public async Task A_snapshot_that_the_child_gives_up_is_a_fault_and_its_image_is_deleted_in_the_parent()
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("snap");
        World.Child.Nova.Hold("snapshot");
        await vm.SnapshotAsync(image.Id);
        World.Child.Nova.FailSnapshot(vm.Link!);
        await World.LookAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
            Assert.That(vm.Fault, Does.Contain("did not finish the image"));
            Assert.That(vm.Events[^1], Is.EqualTo("createImage:compute_snapshot_instance=Error"));
            Assert.That(World.Above.Glance.Find(image.Id), Is.Null);
            ExpectNothingLeft(vm);
        }
    }

    [Test]
    public async Task An_image_that_the_tenant_deleted_before_the_child_was_asked_ends_it_quietly()
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("snap");
        World.Above.Glance.Remove(image.Id);
        await vm.SnapshotAsync(image.Id);

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(vm.Events[^1], Is.EqualTo("createImage:compute_snapshot_instance=Success"), "as natively, of an ImageNotFound");
        ExpectNothingLeft(vm);
    }

    [Test]
    public async Task An_image_that_the_tenant_deletes_while_its_bytes_come_ends_it_quietly()
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("snap");
        var uploading = World.Above.On("PUT", "/images/*/file").HoldBefore();
        await vm.SnapshotAsync(image.Id);
        await World.LookAsync();
        await uploading.Arrived;
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/image_uploading/1"));
        World.Above.Glance.Remove(image.Id);
        uploading.Release();
        await World.CarriedAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(World.Conductor.Faults(vm.Uuid), Is.Empty);
        ExpectNothingLeft(vm);
    }

    [TestCase(false, TestName = "Deleted while the child makes the image")]
    [TestCase(true, TestName = "Deleted while its bytes go up")]
    public async Task An_instance_that_is_deleted_in_the_middle_takes_the_unfinished_image_along(bool uploading)
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("snap");
        var held = World.Above.On("PUT", "/images/*/file").HoldBefore(uploading ? 1 : 0);
        if (!uploading)
        {
            World.Child.Nova.Hold("snapshot");
        }

        await vm.SnapshotAsync(image.Id);
        await World.LookAsync();
        if (uploading)
        {
            await held.Arrived;
        }

        await vm.DeleteAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"), "the delete does not wait for the bytes");
        held.Release();
        await World.CarriedAsync();

        Assert.That(World.Above.Glance.Find(image.Id), Is.Null);
        Assert.That(World.Conductor.Faults(vm.Uuid), Is.Empty);
        Assert.That(Temporary(), Is.Empty);
    }

    [Test]
    public async Task Bytes_that_are_not_what_the_child_made_are_never_kept()
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("snap");
        World.Child.On("GET", "/images/*/file").Garbage();
        await SnapshotAsync(vm, image.Id);

        Assert.That(World.Above.Glance.Find(image.Id), Is.Null);
        Assert.That(vm.Fault, Does.Contain("not what the child made"));
        Assert.That(vm.Events[^1], Is.EqualTo("createImage:compute_snapshot_instance=Error"));
        ExpectNothingLeft(vm);
    }

    static IEnumerable<TestCaseData> Faults()
    {
        yield return Of("child", "POST", "/servers/*/action", rule => rule.FailOnce(409, "Cannot 'createImage' while it is locked"), false, "the child refuses: its words, and the image goes");
        yield return Of("child", "POST", "/servers/*/action", rule => rule.FailOnce(500), false, "it fell over and made nothing");
        yield return Of("child", "POST", "/servers/*/action", rule => rule.FailOnce(404), false, "the server is gone there");
        yield return Of("child", "POST", "/servers/*/action", rule => rule.DropBefore(), false, "nothing was done, and nothing is repeated blindly");
        yield return Of("child", "POST", "/servers/*/action", rule => rule.DropAfter(), true, "a lost answer: the image is found by its stamp");
        yield return Of("child", "GET", "/images", rule => rule.FailOnce(500), true, "a look is repeated");
        yield return Of("child", "GET", "/images/*/file", rule => rule.FailOnce(503), true, "bytes are asked for again");
        yield return Of("child", "GET", "/images/*/file", rule => rule.Fail(9, 500), false, "bytes that never come");
        yield return Of("child", "DELETE", "/images/*", rule => rule.Fail(9, 500), true, "what cannot be cleared away is the reaper's");
        yield return Of("parent", "GET", "/images/*", rule => rule.FailOnce(500), true, "a look is repeated");
        yield return Of("parent", "PATCH", "/images/*", rule => rule.FailOnce(500), true, "begun anew");
        yield return Of("parent", "PATCH", "/images/*", rule => rule.FailOnce(403), false, "a property protection");
        yield return Of("parent", "PUT", "/images/*/file", rule => rule.FailOnce(413, "quota"), false, "the tenant's quota");
        yield return Of("parent", "PUT", "/images/*/file", rule => rule.DropAfter(), true, "a lost answer: the image is active");

        static TestCaseData Of(string cloud, string method, string path, Func<FaultRule, FaultRule> rule, bool succeeds, string why) =>
            new TestCaseData(cloud, method, path, rule, succeeds).SetName($"{cloud} {method} {path}: {why}");
    }

    [TestCaseSource(nameof(Faults))]
    public async Task Every_request_may_go_wrong(string cloud, string method, string path, Func<FaultRule, FaultRule> rule, bool succeeds)
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("snap");
        rule((cloud == "child" ? World.Child : World.Above).On(method, path));
        try
        {
            await SnapshotAsync(vm, image.Id);
        }
        catch (Oslo.Wire.Failures.RpcFault)
        {
            // Told in fault and event, too.
        }

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(vm.Events[^1], Is.EqualTo($"createImage:compute_snapshot_instance={(succeeds ? "Success" : "Error")}"));
        Assert.That(World.Above.Glance.Find(image.Id)?.Bytes, succeeds ? Is.EqualTo(Disk) : Is.Null);
        Assert.That(World.Above.Glance.Find(image.Id), succeeds ? Is.Not.Null : Is.Null);
        Assert.That(World.Child.Glance.Images.Count(one => one.Members.ContainsKey("cascade_snapshot")), Is.LessThanOrEqualTo(path == "/images/*" && method == "DELETE" ? 1 : 0));

        // And asking again works.
        World.Child.Heal();
        World.Above.Heal();
        var again = vm.Queue("again");
        await SnapshotAsync(vm, again.Id);
        Assert.That(World.Above.Glance.Find(again.Id)!.Bytes, Is.EqualTo(Disk));
    }

    [TestCase("before the child was asked", "conductor")]
    [TestCase("while the child makes it", "working")]
    [TestCase("before its bytes go up", "downloading")]
    [TestCase("while its bytes go up", "uploading")]
    public async Task A_later_life_finishes_it_from_the_row_alone(string _, string where)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await World.StartAsync(time: time);
        var vm = new Wanted(world);
        await vm.BuildAsync();
        await world.LookAsync();
        world.Child.Nova.Change(vm.Link!, server => server.Disk = Disk);
        var image = vm.Queue("snap");
        world.Child.Nova.Hold("snapshot");
        switch (where)
        {
            case "conductor":
                world.Conductor.EditInstance(vm.Uuid, row =>
                {
                    row["task_state"] = "image_snapshot";
                    row["system_metadata"]!["cascade_snapshot_image"] = image.Id;
                });
                break;
            case "working":
                await vm.SnapshotAsync(image.Id);
                break;
            default:
                world.Child.Nova.Release("snapshot");
                var held = (where == "downloading" ? world.Child.On("GET", "/images/*/file") : world.Above.On("PUT", "/images/*/file")).HoldBefore();
                await vm.SnapshotAsync(image.Id);
                time.Advance(TimeSpan.FromSeconds(1));
                await world.LookAsync();
                await held.Arrived;
                Assert.That(world.State(vm.Uuid), Is.EqualTo("active/image_uploading/1"));
                world.Of<Cascade.Images.Deliveries>().Dispose();
                break;
        }

        await world.RebornAsync();
        world.Above.Heal();
        world.Child.Heal();
        world.Child.Nova.Release("snapshot");
        await world.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await world.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await world.LookAsync();
        await world.CarriedAsync();

        Assert.That(world.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(world.Above.Glance.Find(image.Id)!.Bytes, Is.EqualTo(Disk));
        Assert.That(world.Child.Glance.Images.Where(one => one.Members.ContainsKey("cascade_snapshot")), Is.Empty);
        Assert.That(world.Row(vm.Uuid)["system_metadata"]!.AsObject().Select(item => item.Key), Has.None.StartsWith("cascade_snapshot"));
    }

    [Test]
    public async Task A_second_delivery_asks_the_child_for_no_second_image()
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("snap");
        World.Child.Nova.Hold("snapshot");
        await vm.SnapshotAsync(image.Id);
        await World.RebornAsync();
        await World.DeliverAsync(new SnapshotInstance(vm.Envelope(), image.Id), vm.Ask("createImage"));
        Assert.That(Temporary(), Has.Count.EqualTo(1));
        World.Child.Nova.Release("snapshot");
        await World.LookAsync();
        await World.CarriedAsync();
        await World.DeliverAsync(new SnapshotInstance(vm.Envelope(), image.Id), vm.Ask("createImage"));

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(World.Above.Glance.Find(image.Id)!.Bytes, Is.EqualTo(Disk));
        ExpectNothingLeft(vm);
    }

    [Test]
    public async Task A_row_that_an_administrator_reset_is_not_snapshot_and_its_image_goes()
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("snap");
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = null);
        Assert.That(
            async () => await World.DeliverAsync(new SnapshotInstance(vm.Envelope(), image.Id), vm.Ask("createImage")),
            Throws.InstanceOf<Oslo.Wire.Failures.RpcFault>().With.Property("Class").EqualTo("UnexpectedTaskStateError"));

        Assert.That(World.Above.Glance.Find(image.Id), Is.Null);
        ExpectNothingLeft(vm);
    }

    [Test]
    public async Task A_forged_image_of_a_tenant_is_not_taken_for_the_childs_snapshot()
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("snap");
        var forged = World.Child.Glance.Add($"cascade-{image.Id}", [6, 6, 6], owner: World.Project);
        World.Child.Glance.Edit(forged.Id, members => members["cascade_snapshot"] = image.Id);
        await SnapshotAsync(vm, image.Id);

        Assert.That(World.Above.Glance.Find(image.Id)!.Bytes, Is.EqualTo(Disk));
        Assert.That(World.Child.Glance.Find(forged.Id), Is.Not.Null, "and it is not ours to remove");
    }

    [Test]
    public async Task Images_of_snapshots_that_nobody_waits_for_are_reaped_after_the_grace_time()
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("snap");
        World.Child.Nova.Hold("snapshot");
        await vm.SnapshotAsync(image.Id);
        var snapshots = World.Of<NovaProxy.Servers.Snapshots.SnapshotReaper>();
        Assert.That(await snapshots.OrphansAsync(default), Is.Empty, "an instance waits for it");
        World.Conductor.EditInstance(vm.Uuid, row => row["deleted"] = true);
        var orphan = (await snapshots.OrphansAsync(default)).Single();
        Assert.That(orphan.ParentId, Is.EqualTo(image.Id));
        await snapshots.ReapAsync(orphan, default);

        Assert.That(World.Above.Glance.Find(image.Id), Is.Null, "it would be queued for ever");
        Assert.That(Temporary(), Is.Empty);
    }

    async Task<Wanted> ActiveAsync()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => server.Disk = Disk);
        return vm;
    }

    async Task SnapshotAsync(Wanted vm, string image)
    {
        await vm.SnapshotAsync(image);
        await World.LookAsync();
        await World.CarriedAsync();
    }

    IReadOnlyList<FakeImage> Temporary() => [.. World.Child.Glance.Images.Where(image => image.Members.ContainsKey("cascade_snapshot"))];

    void ExpectNothingLeft(Wanted vm)
    {
        Assert.That(Temporary(), Is.Empty, "the child's image was only the way");
        Assert.That(World.Row(vm.Uuid)["system_metadata"]!.AsObject().Select(item => item.Key), Has.None.StartsWith("cascade_snapshot"));
    }
}
