using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;

namespace Cascade.Oslo.Messaging.Tests.Serving;

[TestFixture]
public sealed class DuplicateTests
{
    const string Queue = "compute.host1";

    static string Cast(string id) => $$"""{"method": "build", "args": {}, "version": "6.0", "_unique_id": "{{id}}"}""";

    [Test]
    public async Task A_copy_that_comes_while_the_first_is_in_work_is_not_served_and_is_acknowledged_with_it()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        var release = new TaskCompletionSource();
        var served = 0;
        await lane.ServeAsync(new Endpoint(async (_, _) =>
        {
            Interlocked.Increment(ref served);
            await release.Task;
            return null;
        }));
        await raw.SendAsync(Queue, Cast("a"));
        await raw.SendAsync(Queue, Cast("a"));
        await Wait.UntilAsync(() => lane.Log.Times(1203) == 1, "the copy is known");
        Assert.That(await lane.CountAsync(Queue), Is.EqualTo(2), "neither is acknowledged before the end");

        release.SetResult();

        await Wait.UntilAsync(async () => await lane.CountAsync(Queue) == 0, "both are acknowledged");
        Assert.That(served, Is.EqualTo(1));
    }

    [TestCase(Acknowledge.AfterHandler)]
    [TestCase(Acknowledge.OnDelivery)]
    public async Task A_copy_that_comes_afterwards_is_acknowledged_and_ignored(Acknowledge when)
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        var served = 0;
        await lane.ServeAsync(new Endpoint(_ => { Interlocked.Increment(ref served); return null; }), serving => serving with { Acknowledge = when });
        await raw.SendAsync(Queue, Cast("a"));
        await Wait.UntilAsync(async () => served == 1 && await lane.CountAsync(Queue) == 0, "the first is served");

        await raw.SendAsync(Queue, Cast("a"));
        await raw.SendAsync(Queue, Cast("b"));

        await Wait.UntilAsync(async () => served == 2 && await lane.CountAsync(Queue) == 0, "the other is served");
        Assert.That((served, lane.Log.Times(1203)), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task A_message_whose_handler_was_stopped_is_served_again_although_its_id_is_known()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        var started = new TaskCompletionSource();
        var first = await lane.ServeAsync(
            new Endpoint(async (_, cancelled) =>
            {
                started.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
                return null;
            }),
            serving => serving with { StopGrace = TimeSpan.Zero });
        await raw.SendAsync(Queue, Cast("a"));
        await started.Task.WaitAsync(Wait.Patience);
        await first.StopAsync(CancellationToken.None);
        var served = new TaskCompletionSource();

        await lane.ServeAsync(new Endpoint(_ => { served.TrySetResult(); return null; }));

        await served.Task.WaitAsync(Wait.Patience);
        await Wait.UntilAsync(async () => await lane.CountAsync(Queue) == 0, "it is acknowledged");
    }
}
