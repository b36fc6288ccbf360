using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.NovaProxy.Volumes;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NovaProxy.Tests.Volumes;

public sealed class DetachTests : VolumesTest
{
    readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());

    private protected override TimeProvider Clock => clock;

    [Test]
    public async Task The_guest_loses_it_first_and_then_it_is_free()
    {
        var volume = Volume();
        var vm = await WithVolumeAsync(volume);
        World.Child.Nova.Hold("detach-volume");

        var detaching = DetachAsync(vm, volume);
        await World.Child.UntilAsync(_ => World.Of<VolumeLooks>().Waiting == 1);
        Assert.That((Status(volume), Bdm(vm, volume) is null), Is.EqualTo(("detaching", false)), "the guest still has it");
        World.Child.Nova.Release("detach-volume");
        World.Of<VolumeLooks>().Nudge();
        await detaching;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Status(volume), ChildStatus(volume), Server(vm).Volumes.Count), Is.EqualTo(("available", "available", 0)));
            Assert.That(Bdm(vm, volume), Is.Null);
            Assert.That(World.Above.Matching("DELETE", "/attachments/*").Single().Headers, Does.ContainKey("x-service-token"), "else Cinder keeps what an instance uses");
            Assert.That(vm.Events[^1], Is.EqualTo("detach_volume:compute_detach_volume=Success"));
        }
    }

    [Test]
    public async Task A_guest_that_keeps_it_keeps_it_in_the_parent_too()
    {
        var volume = Volume();
        var vm = await WithVolumeAsync(volume);
        World.Child.Nova.Refuse("detach-volume");

        var fault = Assert.ThrowsAsync<RpcFault>(() => DetachAsync(vm, volume))!;

        Assert.That((fault.Class, Status(volume), vm.Events[^1]), Is.EqualTo(("DeviceDetachFailed", "in-use", "detach_volume:compute_detach_volume=Error")));
        Assert.That(fault.Message, Is.EqualTo($"Device detach failed for /dev/vdb: the guest in the child keeps volume {ChildOf(volume)}"));
        Assert.That(Bdm(vm, volume), Is.Not.Null);
    }

    [Test]
    public async Task A_guest_that_does_not_answer_keeps_it()
    {
        var volume = Volume();
        var vm = await WithVolumeAsync(volume);
        World.Child.Nova.Hold("detach-volume");
        var detaching = DetachAsync(vm, volume);
        await World.Child.UntilAsync(_ => World.Of<VolumeLooks>().Waiting == 1);

        clock.Advance(TimeSpan.FromSeconds(171));

        Assert.That(Assert.ThrowsAsync<RpcFault>(() => detaching)!.Message, Does.Contain("has not detached volume").And.Contain("within 170 s"));
        Assert.That((Status(volume), Bdm(vm, volume) is null), Is.EqualTo(("in-use", false)));
    }

    [Test]
    public async Task What_was_detached_in_the_child_behind_the_parents_back_is_detached_here_as_a_disk_that_is_not_found()
    {
        var volume = Volume();
        var vm = await WithVolumeAsync(volume);
        World.Child.Nova.Change(vm.Link!, server => server.Volumes.Clear());
        World.Child.Cinder.DetachByHand(ChildOf(volume));

        await DetachAsync(vm, volume);

        Assert.That((Status(volume), Bdm(vm, volume), vm.Events[^1]), Is.EqualTo(("available", (JsonObject?)null, "detach_volume:compute_detach_volume=Success")));
    }

    [Test]
    public Task Killed_at_every_step_the_volume_is_free_and_the_mapping_gone() => KilledEverywhereAsync(
        async () =>
        {
            var volume = Volume();
            var vm = await WithVolumeAsync(volume);
            Parent.BeginDetaching(volume);
            return (Vm: vm, Volume: volume, Context: vm.Ask("detach_volume"));
        },
        (one, death) => World.DeliverAsync(new DetachVolume(one.Vm.Envelope(), one.Volume, null), one.Context, death),
        (one, when) =>
        {
            Assert.That((Status(one.Volume), ChildStatus(one.Volume), Server(one.Vm).Volumes.Count), Is.EqualTo(("available", "available", 0)), when);
            Assert.That(Bdm(one.Vm, one.Volume), Is.Null, when);
            Assert.That(one.Vm.Events[^1], Is.EqualTo("detach_volume:compute_detach_volume=Success"), when);
            return Task.CompletedTask;
        },
        atLeast: 3);

    static IEnumerable<TestCaseData> ServerRefusals()
    {
        yield return Of("DELETE", "/servers/*/os-volume_attachments/*", 409, "the server is locked");
        yield return Of("DELETE", "/servers/*/os-volume_attachments/*", 403, "a policy of the child");
        yield return Of("DELETE", "/servers/*/os-volume_attachments/*", 400, "the root device");
        yield return Of("DELETE", "/servers/*/os-volume_attachments/*", 500, "the child's Nova is broken");
        yield return Of("GET", "/volumes/*", 500, "the child's Cinder is broken");
        yield return Of("GET", "/servers/*/os-volume_attachments/*", 500, "the child's Nova cannot be read");

        static TestCaseData Of(string method, string path, int status, string reason) => new(method, path, status) { TestName = $"{reason} ({method} {path} {status})" };
    }

    [TestCaseSource(nameof(ServerRefusals))]
    public async Task What_the_child_refuses_is_rolled_back_and_may_be_asked_again(string method, string path, int status)
    {
        var volume = Volume();
        var vm = await WithVolumeAsync(volume);
        World.Child.On(method, path).Fail(int.MaxValue, status, $$$"""{"badRequest": {"code": {{{status}}}, "message": "says no"}}""");

        var fault = Assert.ThrowsAsync<RpcFault>(() => DetachAsync(vm, volume))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault.Class, Is.EqualTo("DeviceDetachFailed"));
            Assert.That(fault.Message, Does.Contain("says no"));
            Assert.That((Status(volume), ChildStatus(volume), Bdm(vm, volume) is null), Is.EqualTo(("in-use", "in-use", false)));
            Assert.That(vm.Events[^1], Is.EqualTo("detach_volume:compute_detach_volume=Error"));
        }

        World.Child.Heal();
        await DetachAsync(vm, volume);
        Assert.That(Status(volume), Is.EqualTo("available"));
    }

    [Test]
    public async Task A_lost_answer_of_the_child_is_looked_for()
    {
        var volume = Volume();
        var vm = await WithVolumeAsync(volume);
        World.Child.On("DELETE", "/servers/*/os-volume_attachments/*").DropAfter();

        await DetachAsync(vm, volume);

        Assert.That((Status(volume), vm.Events[^1]), Is.EqualTo(("available", "detach_volume:compute_detach_volume=Success")));
    }

    [Test]
    public async Task What_Cinder_does_not_free_is_a_fault_and_the_mapping_stays_as_natively()
    {
        var volume = Volume();
        var vm = await WithVolumeAsync(volume);
        World.Above.On("DELETE", "/attachments/*").Fail(int.MaxValue, 500, """{"computeFault": {"code": 500, "message": "the backend says no"}}""");

        var fault = Assert.ThrowsAsync<RpcFault>(() => DetachAsync(vm, volume))!;

        Assert.That((Status(volume), Bdm(vm, volume) is null, Server(vm).Volumes.Count), Is.EqualTo(("detaching", false, 0)));
        Assert.That(fault.Message, Does.Contain("the backend says no"));
        World.Above.Heal();
        await World.DeliverAsync(new DetachVolume(vm.Envelope(), volume, null), vm.Ask("detach_volume"));
        Assert.That((Status(volume), Bdm(vm, volume)), Is.EqualTo(("available", (JsonObject?)null)));
    }

    [Test]
    public async Task An_attachment_that_is_gone_is_success()
    {
        var volume = Volume();
        var vm = await WithVolumeAsync(volume);
        World.Above.On("DELETE", "/attachments/*").FailOnce(404, """{"itemNotFound": {"code": 404, "message": "no such attachment"}}""");

        await DetachAsync(vm, volume);

        Assert.That((Bdm(vm, volume), vm.Events[^1]), Is.EqualTo(((JsonObject?)null, "detach_volume:compute_detach_volume=Success")));
    }

    [Test]
    public async Task The_tenants_token_that_counts_no_more_is_followed_by_ours()
    {
        var volume = Volume();
        var vm = await WithVolumeAsync(volume);
        Parent.BeginDetaching(volume);
        var context = vm.Ask("detach_volume");
        World.Above.Keystone.Revoke(World.TenantToken);

        await World.DeliverAsync(new DetachVolume(vm.Envelope(), volume, null), context);

        Assert.That(Status(volume), Is.EqualTo("available"));
    }
}
