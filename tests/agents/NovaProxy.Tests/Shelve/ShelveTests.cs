using System.Text;
using Cascade.NovaProxy.Servers.Shelve;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Wire.Failures;
using Cascade.Support;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NovaProxy.Tests.Shelve;

public sealed class ShelveTests : WorldTest
{
    static readonly byte[] Disk = Encoding.UTF8.GetBytes("what the tenant wrote");

    [Test]
    public async Task A_shelve_stops_snapshots_and_leaves_the_child()
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("vm1-shelved");
        var childId = vm.Link!;
        World.Child.Nova.Hold("stop", "delete");
        await vm.ShelveAsync(image.Id);
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/shelving/1"));
        Assert.That(World.Child.Glance.Images.Where(one => one.Members.ContainsKey("cascade_snapshot")), Is.Empty, "not of a guest that runs");
        World.Child.Nova.Release("stop");
        await World.LookAsync();
        await World.LookAsync();
        await World.CarriedAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved/shelving_offloading/4"));
        World.Child.Nova.Release("delete");
        await World.LookAsync();

        var row = World.Row(vm.Uuid);
        var metadata = row["system_metadata"]!.AsObject();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved_offloaded/-/4"));
            Assert.That(World.Saves(vm.Uuid).TakeLast(5), Is.EqualTo(new[]
            {
                "system_metadata (\"shelving\")",
                "task_state=shelving_image_pending_upload (\"shelving\")",
                "task_state=shelving_image_uploading (\"shelving_image_pending_upload\")",
                "power_state=4 system_metadata task_state=shelving_offloading vm_state=shelved ([\"shelving\",\"shelving_image_uploading\"])",
                "availability_zone=null host=null launched_on=null node=null power_state=4 system_metadata task_state=null vm_state=shelved_offloaded ([\"shelving\",\"shelving_offloading\"])",
            }));
            Assert.That(vm.Events[^1], Is.EqualTo("shelve:compute_shelve_instance=Success"));
            Assert.That(World.Above.Glance.Find(image.Id)!.Bytes, Is.EqualTo(Disk));
            Assert.That((string?)metadata["shelved_image_id"], Is.EqualTo(image.Id));
            Assert.That((string?)metadata["shelved_host"], Is.EqualTo(World.Host));
            Assert.That((string?)metadata["shelved_at"], Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$"));
            Assert.That(metadata.Select(item => item.Key), Has.None.StartsWith("cascade_"));
            Assert.That(World.Above.Placement.Consumers.ContainsKey(vm.Uuid), Is.False);
            Assert.That(World.Child.Nova.Find(childId)!.Deleted, Is.True);
        }
    }

    [Test]
    public async Task What_was_offloaded_comes_back_from_its_image_and_the_image_goes()
    {
        var vm = await OffloadedAsync();
        var image = World.Row(vm.Uuid)["system_metadata"]!["shelved_image_id"]!.ToString();
        World.Child.Nova.Hold("build");
        await vm.UnshelveAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved_offloaded/spawning/4"));
        var below = World.Child.Nova.Find(vm.Link!)!;
        Assert.That(World.Child.Glance.Find(below.ImageId!)!.Bytes, Is.EqualTo(Disk), "what it was shelved with");
        World.Child.Nova.Release("build");
        await World.LookAsync();

        var row = World.Row(vm.Uuid);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
            Assert.That(World.Saves(vm.Uuid).TakeLast(4), Is.EqualTo(new[]
            {
                "task_state=spawning (\"unshelving\")",
                $"availability_zone=az-of-the-host host={World.Host} launched_on={World.Host} node={World.Host}",
                "system_metadata",
                "config_drive= power_state=1 system_metadata task_state=null vm_state=active (\"spawning\")",
            }));
            Assert.That(vm.Events[^1], Is.EqualTo("unshelve:compute_unshelve_instance=Success"));
            Assert.That((string?)row["image_ref"], Is.EqualTo(World.Image.Id), "the image that it was made from");
            Assert.That(row["system_metadata"]!.AsObject().Select(item => item.Key), Has.None.StartsWith("shelved_"));
            Assert.That(World.Above.Glance.Find(image), Is.Null);
            Assert.That(World.Child.Glance.Images.Where(one => (string?)one.Members["cascade_image"] == image), Is.Empty);
            Assert.That(vm.Servers, Has.Count.EqualTo(1));
            Assert.That(World.Above.Placement.Consumers.ContainsKey(vm.Uuid), Is.True);
        }
    }

    [Test]
    public async Task One_that_stays_in_the_child_is_started_again_and_its_image_goes()
    {
        World.Shelving = new() { OffloadAfter = null };
        await World.RebornAsync();
        var vm = await ActiveAsync();
        var image = vm.Queue("vm1-shelved");
        await ShelveAsync(vm, image.Id);
        Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved/-/4"));
        Assert.That(World.Row(vm.Uuid)["host"]!.ToString(), Is.EqualTo(World.Host));

        await vm.StartAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(World.Above.Glance.Find(image.Id), Is.Null);
        Assert.That(World.Row(vm.Uuid)["system_metadata"]!.AsObject().Select(item => item.Key), Has.None.StartsWith("shelved_"));
    }

    [Test]
    public async Task One_that_stays_and_is_deleted_in_the_child_is_shelved_still_and_comes_back_by_way_of_its_image()
    {
        World.Shelving = new() { OffloadAfter = null };
        await World.RebornAsync();
        var vm = await ActiveAsync();
        var image = vm.Queue("vm1-shelved");
        await ShelveAsync(vm, image.Id);
        World.Child.Nova.Vanish(vm.Link!);
        await AgainAsync();
        Assert.That((World.State(vm.Uuid), World.Said(4131).Count), Is.EqualTo(("shelved/-/0", 1)), "as natively: the state is kept, the power says it");

        // Natively an unshelve of what was not offloaded starts the guest, and none is there.
        Assert.That(async () => await vm.StartAsync(), Throws.InstanceOf<RpcFault>());
        await AgainAsync();
        Assert.That((World.State(vm.Uuid), World.Said(4131).Count, World.Above.Glance.Find(image.Id)!.Status), Is.EqualTo(("shelved/-/0", 1, "active")), "said once, and nothing is lost");

        await vm.OffloadAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved_offloaded/-/0"));
        Assert.That(vm.Events[^1], Is.EqualTo("shelveOffload:compute_shelve_offload_instance=Success"));
        await vm.UnshelveAsync();
        await World.LookAsync();
        Assert.That((World.State(vm.Uuid), vm.Servers.Count), Is.EqualTo(("active/-/1", 1)));

        async Task AgainAsync()
        {
            await World.RebornAsync();
            await World.LookAsync();
        }
    }

    [Test]
    public async Task One_that_is_deleted_in_the_child_while_it_is_started_stays_shelved()
    {
        World.Shelving = new() { OffloadAfter = null };
        await World.RebornAsync();
        var vm = await ActiveAsync();
        await ShelveAsync(vm, vm.Queue("vm1-shelved").Id);
        World.Child.Nova.Hold("start");
        await vm.StartAsync();
        World.Child.Nova.Vanish(vm.Link!);
        await World.RebornAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved/-/0"));
        Assert.That((vm.Events[^1], vm.Fault), Is.EqualTo(("start:compute_start_instance=Error", $"the server {vm.Link} was deleted in the child, not by this cloud")));
    }

    [Test]
    public async Task One_that_stays_is_offloaded_on_request()
    {
        World.Shelving = new() { OffloadAfter = null };
        await World.RebornAsync();
        var vm = await ActiveAsync();
        await ShelveAsync(vm, vm.Queue("vm1-shelved").Id);
        await vm.OffloadAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved_offloaded/-/4"));
        Assert.That(vm.Events[^1], Is.EqualTo("shelveOffload:compute_shelve_offload_instance=Success"));
    }

    [Test]
    public async Task One_that_has_stayed_long_enough_is_offloaded_by_itself()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await World.StartAsync(time: time);
        world.Shelving = new() { OffloadAfter = TimeSpan.FromMinutes(10) };
        await world.RebornAsync();
        var vm = new Wanted(world);
        await vm.BuildAsync();
        await world.LookAsync();
        await vm.ShelveAsync(vm.Queue("vm1-shelved").Id);
        for (var look = 0; look < 2; look++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await world.LookAsync();
        }

        await world.CarriedAsync();
        Assert.That(world.State(vm.Uuid), Is.EqualTo("shelved/-/4"));
        await world.Of<ShelvedPolling>().PassAsync(default);
        Assert.That(world.State(vm.Uuid), Is.EqualTo("shelved/-/4"), "not yet");
        time.Advance(TimeSpan.FromMinutes(11));
        await world.Of<ShelvedPolling>().PassAsync(default);
        await world.LookAsync();

        Assert.That(world.State(vm.Uuid), Is.EqualTo("shelved_offloaded/-/4"));
        Assert.That(vm.Events[^1], Is.EqualTo("shelve:compute_shelve_offload_instance=Success"), "the last action's, as natively");
    }

    [TestCase("paused", 3)]
    [TestCase("suspended", 4)]
    public async Task A_guest_that_stands_still_is_snapshot_as_it_is_and_leaves_at_once(string state, int power)
    {
        World.Shelving = new() { OffloadAfter = null };
        await World.RebornAsync();
        var vm = await ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = (state, power));
        World.Conductor.EditInstance(vm.Uuid, row => (row["vm_state"], row["power_state"]) = (state, power));
        await ShelveAsync(vm, vm.Queue("vm1-shelved").Id);
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Does.StartWith("shelved_offloaded/-"));
    }

    [Test]
    public async Task A_shelve_whose_image_does_not_come_leaves_the_server_where_it_is()
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("vm1-shelved");
        World.Child.Nova.Hold("snapshot");
        await vm.ShelveAsync(image.Id);
        await World.LookAsync();
        World.Child.Nova.FailSnapshot(vm.Link!);
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"), "and the power sync says what it is, as natively");
        Assert.That(vm.Events, Has.Member("shelve:compute_shelve_instance=Error"));
        Assert.That(World.Above.Glance.Find(image.Id), Is.Null);
        Assert.That(vm.Servers, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_does_not_go_keeps_its_image_and_is_shelved()
    {
        var vm = await ActiveAsync();
        var image = vm.Queue("vm1-shelved");
        World.Child.On("DELETE", "/servers/*").Fail(9, 409, "it is locked");
        await ShelveAsync(vm, image.Id);

        Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved/-/4"));
        Assert.That(World.Above.Glance.Find(image.Id)!.Status, Is.EqualTo("active"));
        Assert.That(vm.Events[^1], Is.EqualTo("shelve:compute_shelve_instance=Error"));
        World.Child.Heal();
        await vm.OffloadAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved_offloaded/-/4"), "and asking again works");
    }

    static IEnumerable<TestCaseData> Restarts()
    {
        yield return new TestCaseData("stop").SetName("Killed while the guest stops");
        yield return new TestCaseData("snapshot").SetName("Killed while the child makes the image");
        yield return new TestCaseData("upload").SetName("Killed while its bytes go up");
        yield return new TestCaseData("delete").SetName("Killed while the server leaves");
    }

    [TestCaseSource(nameof(Restarts))]
    public async Task A_later_life_finishes_a_shelve(string where)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await World.StartAsync(time: time);
        var vm = new Wanted(world);
        await vm.BuildAsync();
        await world.LookAsync();
        world.Child.Nova.Change(vm.Link!, server => server.Disk = Disk);
        var image = vm.Queue("vm1-shelved");
        var held = where == "upload" ? world.Child.On("GET", "/images/*/file").HoldBefore() : null;
        world.Child.Nova.Hold(where);
        await vm.ShelveAsync(image.Id);
        for (var look = 0; look < 2; look++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await world.LookAsync();
        }

        if (held is null)
        {
            await world.CarriedAsync();
        }
        else
        {
            await held.Arrived;
        }

        world.Of<Cascade.Images.Deliveries>().Dispose();
        await world.RebornAsync();
        world.Child.Heal();
        world.Child.Nova.Release(where);
        for (var pass = 0; pass < 6; pass++)
        {
            await world.ResumeAsync();
            time.Advance(TimeSpan.FromSeconds(30));
            await world.LookAsync();
            time.Advance(TimeSpan.FromSeconds(1));
            await world.LookAsync();
            await world.CarriedAsync();
        }

        Assert.That(world.State(vm.Uuid), Is.EqualTo("shelved_offloaded/-/4"));
        Assert.That(world.Above.Glance.Find(image.Id)!.Bytes, Is.EqualTo(Disk));
        Assert.That(vm.Events[^1], Is.EqualTo("shelve:compute_shelve_instance=Success"));
        Assert.That(world.Child.Nova.Servers, Is.Empty);
    }

    [Test]
    public async Task A_server_that_the_child_cannot_make_leaves_the_instance_offloaded_with_its_image()
    {
        var vm = await OffloadedAsync();
        var image = World.Row(vm.Uuid)["system_metadata"]!["shelved_image_id"]!.ToString();
        World.Child.Nova.Hold("schedule", "build");
        await vm.UnshelveAsync();
        World.Child.Nova.Fail(vm.Link!, "No valid host was found.");
        await World.LookAsync();

        var row = World.Row(vm.Uuid);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Does.StartWith("shelved_offloaded/-/"));
            Assert.That((row["host"], row["node"]), Is.EqualTo(((System.Text.Json.Nodes.JsonNode?)null, (System.Text.Json.Nodes.JsonNode?)null)));
            Assert.That(vm.Fault, Does.Contain("No valid host"));
            Assert.That(vm.Events[^1], Is.EqualTo("unshelve:compute_unshelve_instance=Error"));
            Assert.That(World.Above.Glance.Find(image)!.Status, Is.EqualTo("active"), "so that it can be unshelved again");
            Assert.That(World.Above.Placement.Consumers.ContainsKey(vm.Uuid), Is.False);
            Assert.That(vm.Link, Is.Null);
        }

        World.Child.Nova.Release("schedule", "build");
        await vm.UnshelveAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    static IEnumerable<TestCaseData> Faults()
    {
        yield return new TestCaseData("POST", "/servers", (Func<FaultRule, FaultRule>)(rule => rule.FailOnce(403, "quota")), false).SetName("POST /servers: the child's quota");
        yield return new TestCaseData("POST", "/servers", (Func<FaultRule, FaultRule>)(rule => rule.FailOnce(500)), false).SetName("POST /servers: it fell over, and a look shows that it made nothing");
        yield return new TestCaseData("POST", "/servers", (Func<FaultRule, FaultRule>)(rule => rule.DropAfter()), true).SetName("POST /servers: a lost answer is found by its stamp");
        yield return new TestCaseData("GET", "/images/*", (Func<FaultRule, FaultRule>)(rule => rule.Fail(9, 500)), false).SetName("GET /images: the copy cannot be looked for");
    }

    [TestCaseSource(nameof(Faults))]
    public async Task Every_request_of_an_unshelve_may_go_wrong(string method, string path, Func<FaultRule, FaultRule> rule, bool succeeds)
    {
        var vm = await OffloadedAsync();
        rule(World.Child.On(method, path));
        try
        {
            await vm.UnshelveAsync();
        }
        catch (RpcFault)
        {
            // Told in fault and event, too.
        }

        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), succeeds ? Is.EqualTo("active/-/1") : Does.StartWith("shelved_offloaded/-/"));
        Assert.That(vm.Events[^1], Is.EqualTo($"unshelve:compute_unshelve_instance={(succeeds ? "Success" : "Error")}"));
        Assert.That(vm.Servers, Has.Count.EqualTo(succeeds ? 1 : 0));
        World.Child.Heal();
        if (!succeeds)
        {
            await vm.UnshelveAsync();
            await World.LookAsync();
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), "and asking again works");
        }
    }

    [Test]
    public async Task A_second_delivery_of_an_unshelve_makes_no_second_server()
    {
        var vm = await OffloadedAsync();
        World.Child.Nova.Hold("build");
        await vm.UnshelveAsync();
        var call = vm.UnshelveCall();
        await World.RebornAsync();
        await World.DeliverAsync(call, vm.Ask("unshelve"));
        World.Child.Nova.Release("build");
        await World.LookAsync();
        await World.DeliverAsync(call, vm.Ask("unshelve"));

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(vm.Servers, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Without_an_allocation_nothing_is_made()
    {
        var vm = await OffloadedAsync();
        Assert.That(async () => await vm.UnshelveAsync(allocate: false), Throws.InstanceOf<RpcFault>().With.Property("Class").EqualTo("ComputeResourcesUnavailable"));
        Assert.That(World.State(vm.Uuid), Does.StartWith("shelved_offloaded/-/"));
        Assert.That(vm.Servers, Is.Empty);
    }

    [Test]
    public async Task An_old_unshelve_that_comes_again_takes_nothing_from_the_host_that_unshelves_it_now()
    {
        var vm = await OffloadedAsync();
        World.Child.On("POST", "/servers").FailOnce(403, "quota");
        Assert.That(async () => await vm.UnshelveAsync(), Throws.InstanceOf<RpcFault>());
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "unshelving");
        var elsewhere = World.Above.Placement.Add("elsewhere", ("VCPU", 8), ("MEMORY_MB", 8192));
        World.Above.Placement.Allocate(vm.Uuid, elsewhere.Uuid, World.Project, "u1", ("VCPU", 1), ("MEMORY_MB", 2048));
        var (saves, events) = (World.Saves(vm.Uuid).Count, vm.Events.Count);
        await World.RebornAsync();
        await World.DeliverAsync(vm.UnshelveCall(), vm.Ask("unshelve"));

        Assert.That((World.Saves(vm.Uuid).Count, vm.Events.Count, vm.Servers.Count), Is.EqualTo((saves, events, 0)));
        Assert.That(World.State(vm.Uuid), Does.StartWith("shelved_offloaded/unshelving/"));
        Assert.That(World.Above.Placement.Consumers[vm.Uuid].Allocations.Keys, Is.EqualTo(new[] { elsewhere.Uuid }));
    }

    async Task<Wanted> ActiveAsync()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => server.Disk = Disk);
        return vm;
    }

    async Task<Wanted> OffloadedAsync()
    {
        var vm = await ActiveAsync();
        await ShelveAsync(vm, vm.Queue("vm1-shelved").Id);
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved_offloaded/-/4"));
        return vm;
    }

    async Task ShelveAsync(Wanted vm, string image)
    {
        await vm.ShelveAsync(image);
        await World.LookAsync();
        await World.LookAsync();
        await World.CarriedAsync();
    }
}
