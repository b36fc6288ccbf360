using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Tests.Volumes;

/// <summary>An attach that fails in the moment in which the child goes away.</summary>
public sealed class TakenBackTests : VolumesTest
{
    [TestCase("POST", "/attachments/*/action", TestName = "it fails again, and is taken back then")]
    [TestCase("PUT", "/attachments/*", TestName = "it does not even get to connect, and what the first delivery attached is taken back all the same")]
    public async Task A_child_that_goes_away_before_an_attach_is_taken_back_gives_it_back_when_it_returns(string method, string path)
    {
        var (vm, volume) = (await ActiveAsync(), Volume());
        var (call, context) = (await AskedAsync(vm, volume), vm.Ask("attach_volume"));
        GoAwayBeforeTakingBack(call, context);
        Assert.That((Status(volume), Server(vm).Volumes.Count, Bdm(vm, volume) is null, vm.Fault), Is.EqualTo(("attaching", 1, false, (string?)null)), "nothing is told yet");

        World.Above.On(method, path).Fail(int.MaxValue, 500);
        await ReturnsAsync();
        var fault = Assert.ThrowsAsync<RpcFault>(() => World.DeliverAsync(call, context))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Status(volume), ChildStatus(volume), Server(vm).Volumes.Count, Bdm(vm, volume)), Is.EqualTo(("available", "available", 0, (JsonObject?)null)));
            Assert.That((vm.Fault, vm.Events[^1]), Is.EqualTo((NovaProxy.Parent.FaultText.Message(fault), "attach_volume:compute_attach_volume=Error")));
        }
    }

    [Test]
    public async Task What_failed_as_the_child_went_away_and_goes_well_when_it_is_back_is_attached()
    {
        var (vm, volume) = (await ActiveAsync(), Volume());
        var (call, context) = (await AskedAsync(vm, volume), vm.Ask("attach_volume"));
        GoAwayBeforeTakingBack(call, context);

        await ReturnsAsync();
        await World.DeliverAsync(call, context);

        Assert.That((Status(volume), Server(vm).Volumes.Count, vm.Events[^1]), Is.EqualTo(("in-use", 1, "attach_volume:compute_attach_volume=Success")));
        Assert.That(vm.Events, Has.None.Contains("Error"));
    }

    /// <summary>The guest has it, Cinder refuses to complete it, and in that moment the child is gone.</summary>
    void GoAwayBeforeTakingBack(AttachVolume call, RpcContext context)
    {
        World.Above.On("POST", "/attachments/*/action").Fail(int.MaxValue, 500);
        World.Above.Arriving = request =>
        {
            World.Child.Unreachable |= request.Path.StartsWith("/attachments/", StringComparison.Ordinal) && request.Method == "POST";
            return Task.CompletedTask;
        };
        Assert.ThrowsAsync<ParkException>(() => World.DeliverAsync(call, context));
        World.Above.Arriving = null;
        World.Above.Heal();
    }

    async Task ReturnsAsync()
    {
        World.Child.Unreachable = false;
        await World.Of<ChildHealth>().CheckAsync(default);
    }
}
