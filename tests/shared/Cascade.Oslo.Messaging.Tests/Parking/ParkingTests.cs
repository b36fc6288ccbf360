using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Oslo.Messaging.Tests.Parking;

[TestFixture]
public sealed class ParkingTests
{
    const string Queue = "compute.host1";
    const string Parked = "cascade.parked.compute.host1";
    static readonly RpcTarget Host1 = new("compute", new(6, 0), "host1");

    /// <summary>A child that may be away; remembers the order of what it did.</summary>
    sealed class Child
    {
        readonly List<int> did = [];

        public bool Away { get; set; }

        public int[] Did
        {
            get
            {
                lock (did)
                {
                    return [.. did];
                }
            }
        }

        public Endpoint Endpoint => new(request =>
        {
            if (Away)
            {
                throw new ParkException("the child is away");
            }

            if (request.Arguments.TryGetProperty("n", out var n))
            {
                lock (did)
                {
                    did.Add(n.GetInt32());
                }
            }

            return "done";
        });
    }

    static async Task CastAsync(IRpcCaller caller, int from, int to)
    {
        for (var n = from; n <= to; n++)
        {
            await caller.CastAsync(Host1, "build", new JsonObject { ["n"] = n }, RpcContext.Admin(n.ToString(CultureInfo.InvariantCulture)));
        }
    }

    [Test]
    public async Task Casts_that_cannot_be_done_are_parked_with_all_behind_them_and_come_back_in_order()
    {
        await using var lane = await Lane.OpenAsync();
        var child = new Child { Away = true };
        var server = await lane.ServeAsync(child.Endpoint);
        var caller = lane.Transport().Caller;
        await CastAsync(caller, 1, 20);
        await Wait.UntilAsync(async () => await lane.CountAsync(Parked) == 20 && await lane.CountAsync(Queue) == 0, "all are parked");

        child.Away = false;
        await CastAsync(caller, 21, 30);
        await Wait.UntilAsync(async () => await lane.CountAsync(Parked) == 30, "later ones stand behind");
        await server.ResumeAsync(CancellationToken.None);
        await CastAsync(caller, 31, 40);

        await Wait.UntilAsync(() => child.Did.Length == 40, "all are done");
        Assert.That(child.Did, Is.EqualTo(Enumerable.Range(1, 40)));
        await Wait.UntilAsync(async () => await lane.CountAsync(Parked) == 0, "the last are acknowledged");
    }

    [Test]
    public async Task A_cast_whose_handler_waits_in_vain_for_a_peer_is_parked_and_never_counted_as_poison()
    {
        await using var lane = await Lane.OpenAsync();
        var away = true;
        var done = new TaskCompletionSource();
        var server = await lane.ServeAsync(
            new Endpoint(_ =>
            {
                if (away)
                {
                    throw new RpcTimeoutException("conductor: no answer within 60 s");
                }

                done.TrySetResult();
                return null;
            }),
            serving => serving with { PoisonAfter = 1 });
        await CastAsync(lane.Transport().Caller, 1, 1);
        await Wait.UntilAsync(async () => await lane.CountAsync(Parked) == 1 && await lane.CountAsync(Queue) == 0, "it is parked");

        away = false;
        await server.ResumeAsync(CancellationToken.None);

        await done.Task.WaitAsync(Wait.Patience);
        await Wait.UntilAsync(async () => await lane.CountAsync(Parked) == 0, "it is done");
    }

    [Test]
    public async Task A_call_is_answered_at_once_while_casts_are_parked()
    {
        await using var lane = await Lane.OpenAsync();
        var child = new Child { Away = true };
        var server = await lane.ServeAsync(
            child.Endpoint, serving => serving with { Unavailable = reason => new("nova.exception", "ComputeServiceUnavailable", reason) });
        await server.ParkAsync("the child is away", CancellationToken.None);
        var caller = lane.Transport().Caller;
        await CastAsync(caller, 1, 1);

        var fault = Assert.ThrowsAsync<RpcFault>(() => caller.CallAsync(Host1, "ask", [], RpcContext.Admin("req-1"), TimeSpan.FromSeconds(10)));

        Assert.That((fault.Class, fault.Message), Is.EqualTo(("ComputeServiceUnavailable", "the child is away")));
        Assert.That(child.Did, Is.Empty);
    }

    [Test]
    public async Task What_is_parked_is_served_first_and_in_order_by_the_next_life()
    {
        await using var lane = await Lane.OpenAsync();
        var child = new Child { Away = true };
        var caller = lane.Transport().Caller;
        var first = await lane.ServeAsync(child.Endpoint);
        await CastAsync(caller, 1, 10);
        await Wait.UntilAsync(async () => await lane.CountAsync(Parked) == 10, "they are parked");
        await first.StopAsync(CancellationToken.None);
        await CastAsync(caller, 11, 20);
        child.Away = false;

        await lane.ServeAsync(child.Endpoint);

        await Wait.UntilAsync(() => child.Did.Length == 20, "all are done");
        Assert.That(child.Did, Is.EqualTo(Enumerable.Range(1, 20)));
    }

    [Test]
    public async Task What_is_parked_again_while_it_is_served_keeps_its_place()
    {
        await using var lane = await Lane.OpenAsync();
        var child = new Child { Away = true };
        var server = await lane.ServeAsync(child.Endpoint);
        var caller = lane.Transport().Caller;
        await CastAsync(caller, 1, 10);
        await Wait.UntilAsync(async () => await lane.CountAsync(Parked) == 10 && await lane.CountAsync(Queue) == 0, "they are parked");

        for (var round = 1; round <= 3; round++)
        {
            var before = lane.Log.Times(1301);
            await server.ResumeAsync(CancellationToken.None);
            await Wait.UntilAsync(() => lane.Log.Times(1301) == before + 1, "the child is still away");
            await CastAsync(caller, 10 + round, 10 + round);
        }

        child.Away = false;
        await server.ResumeAsync(CancellationToken.None);

        await Wait.UntilAsync(() => child.Did.Length == 13, "all are done");
        Assert.That(child.Did, Is.EqualTo(Enumerable.Range(1, 13)));
    }

    [Test]
    public async Task Parked_casts_outlive_a_killed_broker_in_order()
    {
        await using var broker = await Broker.StartAsync();
        await using var lane = await Lane.OpenAsync(broker);
        var child = new Child { Away = true };
        var server = await lane.ServeAsync(child.Endpoint);
        var caller = lane.Transport().Caller;
        await CastAsync(caller, 1, 10);
        await Wait.UntilAsync(async () => await lane.CountAsync(Parked) == 10 && await lane.CountAsync(Queue) == 0, "they are parked");

        await broker.RestartAsync(kill: true);
        await Wait.UntilAsync(() => lane.Log.Times(1201) == 2, "consuming again");
        Assert.That(child.Did, Is.Empty, "the owner has not said that the child is back");
        child.Away = false;
        await CastAsync(caller, 11, 12);
        await server.ResumeAsync(CancellationToken.None);

        await Wait.UntilAsync(() => child.Did.Length == 12, "all are done");
        Assert.That(child.Did, Is.EqualTo(Enumerable.Range(1, 12)));
    }

    [Test]
    public async Task A_cast_whose_handler_takes_too_long_is_cancelled_and_parked()
    {
        await using var lane = await Lane.OpenAsync();
        await lane.ServeAsync(
            new Endpoint(async (_, cancelled) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
                return null;
            }),
            serving => serving with { HandlerLimit = TimeSpan.FromMilliseconds(200) });

        await CastAsync(lane.Transport().Caller, 1, 1);

        await Wait.UntilAsync(async () => await lane.CountAsync(Parked) == 1 && await lane.CountAsync(Queue) == 0, "it is parked");
    }

    [Test]
    public async Task A_later_cast_is_not_parked_before_an_earlier_one_that_is_still_in_work()
    {
        await using var lane = await Lane.OpenAsync();
        var release = new TaskCompletionSource();
        var away = true;
        var did = new List<int>();
        var server = await lane.ServeAsync(new Endpoint(async (request, _) =>
        {
            var n = request.Arguments.GetProperty("n").GetInt32();
            if (n == 1 && away)
            {
                await release.Task;
            }

            lock (did)
            {
                if (!away)
                {
                    did.Add(n);
                    return null;
                }
            }

            throw new ParkException("away");
        }));
        await CastAsync(lane.Transport().Caller, 1, 3);
        await Wait.UntilAsync(() => lane.Log.Times(1301) == 1, "the second cast closed the lot");
        Assert.That(await lane.CountAsync(Parked), Is.Zero, "the first one's end is not known");

        release.SetResult();
        await Wait.UntilAsync(async () => await lane.CountAsync(Parked) == 3, "all are parked");
        away = false;
        await server.ResumeAsync(CancellationToken.None);

        await Wait.UntilAsync(() => did.Count == 3, "all are done");
        Assert.That(did, Is.EqualTo([1, 2, 3]));
    }
}
