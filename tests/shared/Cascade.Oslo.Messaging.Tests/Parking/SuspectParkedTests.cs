using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Tests.Parking;

[TestFixture]
public sealed class SuspectParkedTests
{
    const string Queue = "compute.host1";
    const string Parked = "cascade.parked." + Queue;
    const string Suspects = "cascade.suspects." + Queue;

    [Test]
    public async Task A_suspect_that_could_not_be_cleared_when_it_was_to_be_parked_is_parked_when_it_comes_again()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        var host1 = new RpcTarget("compute", new(6, 0), "host1");
        var begun = new TaskCompletionSource();
        var left = await lane.ServeAsync(
            new Endpoint(async (_, cancelled) =>
            {
                begun.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
                return null;
            }),
            serving => serving with { StopGrace = TimeSpan.Zero });
        await lane.Transport().Caller.CastAsync(host1, "build", [], RpcContext.Admin("req-1"));
        await begun.Task.WaitAsync(Wait.Patience);
        await left.DisposeAsync();

        await lane.ServeAsync(new Endpoint(async (_, _) =>
        {
            // It is noted that it begins; what is written after that the broker refuses.
            await raw.Channel.QueueDeleteAsync(Suspects, ifUnused: false, ifEmpty: false);
            await raw.Channel.QueueDeclareAsync(
                Suspects, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-max-length"] = 0, ["x-overflow"] = "reject-publish" });
            throw new ParkException("the child is away");
        }));

        await Wait.UntilAsync(() => lane.Log.Times(1306) == 1, "parking failed");
        await Wait.UntilAsync(async () => await lane.CountAsync(Parked) == 1 && await lane.CountAsync(Queue) == 0, "it is parked");
    }
}
