using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Wire.Failures;
using Cascade.Support;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NovaProxy.Tests.Rescue;

public sealed class RescueTests : WorldTest
{
    [Test]
    public async Task Rescue_and_unrescue_end_when_the_child_is_there()
    {
        var vm = await ActiveAsync();
        World.Child.Nova.Hold("rescue");
        await vm.RescueAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/rescuing/1"));
        World.Child.Nova.Release("rescue");
        await World.LookAsync();
        var below = World.Child.Nova.Find(vm.Link!)!;
        Assert.That(World.State(vm.Uuid), Is.EqualTo("rescued/-/1"));
        Assert.That(World.Saves(vm.Uuid)[^1], Is.EqualTo("power_state=1 task_state=null vm_state=rescued (\"rescuing\")"));
        Assert.That(below.AdminPass, Is.EqualTo("r3scue"));
        Assert.That(below.RescueImageId, Is.EqualTo(below.ImageId), "the instance's base image");

        await vm.UnrescueAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(World.Saves(vm.Uuid)[^1], Is.EqualTo("power_state=1 task_state=null vm_state=active (\"unrescuing\")"));
        Assert.That(vm.Events.Skip(1), Is.EqualTo(new[] { "rescue:compute_rescue_instance=Success", "unrescue:compute_unrescue_instance=Success" }));
    }

    [Test]
    public async Task A_rescue_image_is_brought_with_what_it_says_of_a_stable_device()
    {
        var vm = await ActiveAsync();
        var image = World.Above.Glance.Add("medium", [7, 7], visibility: "private", owner: World.Project);
        World.Above.Glance.Edit(image.Id, members => (members["hw_rescue_device"], members["hw_rescue_bus"]) = ("cdrom", "usb"));
        await vm.RescueAsync(image.Id);
        await World.LookAsync();

        var copy = World.Child.Glance.Find(World.Child.Nova.Find(vm.Link!)!.RescueImageId!)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("rescued/-/1"));
            Assert.That(copy.Bytes, Is.EqualTo(new byte[] { 7, 7 }));
            Assert.That(((string?)copy.Members["hw_rescue_device"], (string?)copy.Members["hw_rescue_bus"]), Is.EqualTo(("cdrom", "usb")));
            Assert.That(World.Child.Glance.IsShared(copy.Id, World.Project), Is.True);
        }
    }

    [Test]
    public async Task Without_its_base_image_the_child_takes_what_it_has()
    {
        var vm = await ActiveAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["system_metadata"]!["image_base_image_ref"] = Guid.NewGuid().ToString());
        await vm.RescueAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("rescued/-/1"));
    }

    [Test]
    public async Task A_rescue_that_failed_in_the_child_is_an_error()
    {
        var vm = await ActiveAsync();
        World.Child.Nova.Hold("rescue");
        await vm.RescueAsync();
        World.Child.Nova.Fail(vm.Link!, "Driver Error: no boot");
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/1"));
        Assert.That(vm.Fault, Does.Contain("Driver Error: no boot"));
    }

    static IEnumerable<TestCaseData> Faults()
    {
        yield return Of("POST", "/servers/*/action", rule => rule.FailOnce(409, "it is locked"), false, "the child refuses");
        yield return Of("POST", "/servers/*/action", rule => rule.FailOnce(400, "not rescuable"), false, "the child finds the image unfit");
        yield return Of("POST", "/servers/*/action", rule => rule.DropBefore(), false, "never taken");
        yield return Of("POST", "/servers/*/action", rule => rule.DropAfter(), true, "a lost answer");
        yield return Of("GET", "/servers/*", rule => rule.FailOnce(500), true, "a look is repeated");
        yield return Of("GET", "/images/*", rule => rule.Fail(9, 500), false, "the image cannot be looked for");

        static TestCaseData Of(string method, string path, Func<FaultRule, FaultRule> rule, bool succeeds, string why) =>
            new TestCaseData(method, path, rule, succeeds).SetName($"{method} {path}: {why}");
    }

    [TestCaseSource(nameof(Faults))]
    public async Task Every_request_may_go_wrong(string method, string path, Func<FaultRule, FaultRule> rule, bool succeeds)
    {
        var vm = await ActiveAsync();
        rule(World.Child.On(method, path));
        try
        {
            await vm.RescueAsync();
        }
        catch (RpcFault)
        {
            // Told in fault and event, too.
        }

        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo(succeeds ? "rescued/-/1" : "active/-/1"));
        Assert.That(vm.Events[^1], Is.EqualTo($"rescue:compute_rescue_instance={(succeeds ? "Success" : "Error")}"));
    }

    [Test]
    public async Task A_later_life_finishes_what_was_asked_for()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await World.StartAsync(time: time);
        var vm = new Wanted(world);
        await vm.BuildAsync();
        await world.LookAsync();
        await vm.RescueAsync();
        await world.RebornAsync();
        await world.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await world.ResumeAsync();
        Assert.That(world.State(vm.Uuid), Is.EqualTo("rescued/-/1"));

        await vm.UnrescueAsync();
        await world.RebornAsync();
        await world.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await world.ResumeAsync();
        Assert.That(world.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    async Task<Wanted> ActiveAsync()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        return vm;
    }
}
