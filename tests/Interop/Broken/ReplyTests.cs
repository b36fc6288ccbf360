using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Support;

namespace Cascade.Interop.Broken;

/// <summary>Replies that nobody takes, and requests that come twice (wire document §1.6, §2.7).</summary>
[TestFixtureSource(typeof(Generations))]
public class ReplyTests(Generation generation) : Row(generation)
{
    [Test]
    public async Task A_reply_waits_for_its_queue_to_come_back()
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint);
        await using var raw = await RawBus.ConnectAsync(road);
        var reply = World.Name("reply_late");

        await raw.PublishAsync(road.Exchange, road.Queue, RawBus.Envelope(OddRequest.Ordinary(reply, "m1")));
        await endpoint.CalledAsync();
        // The other side was away for a moment: its queue is made only now.
        var taken = await raw.TakeAsync(reply);

        Assert.That((await RawBus.NextAsync(taken)).Inner.GetProperty("_msg_id").GetString(), Is.EqualTo("m1"));
    }

    [Test]
    public async Task A_reply_queue_that_stays_away_is_given_up_after_a_minute_and_left_alone_and_others_are_answered_meanwhile()
    {
        var road = Road.New(World);
        // A minute of waiting in two seconds.
        await using var ours = new Ours(road, new FastClock(30));
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint);
        await using var raw = await RawBus.ConnectAsync(road);
        var gone = World.Name("reply_gone");

        await raw.PublishAsync(road.Exchange, road.Queue, RawBus.Envelope(OddRequest.Ordinary(gone, "m1")));
        await endpoint.CalledAsync();
        var meanwhile = await road.NativeCallAsync("echo", new() { ["data"] = 1 });
        var said = await ours.Log.SaysAsync(1206);

        Assert.That(meanwhile.GetProperty("value").GetInt32(), Is.EqualTo(1));
        Assert.That(said, Does.Contain(gone).And.Contain("m1"));
    }

    [Test]
    public async Task A_request_that_comes_twice_is_served_once()
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint);
        await using var raw = await RawBus.ConnectAsync(road);
        var reply = World.Name("reply_twice");
        var taken = await raw.TakeAsync(reply);
        var twice = RawBus.Envelope(OddRequest.Ordinary(reply, "twice"));

        await raw.PublishAsync(road.Exchange, road.Queue, twice);
        await RawBus.NextAsync(taken);
        await raw.PublishAsync(road.Exchange, road.Queue, twice);
        await ours.Log.SaysAsync(1203);
        await raw.PublishAsync(road.Exchange, road.Queue, RawBus.Envelope(OddRequest.Ordinary(reply, "other")));

        Assert.That((await RawBus.NextAsync(taken)).Inner.GetProperty("_msg_id").GetString(), Is.EqualTo("other"));
        await endpoint.CalledAsync();
        await endpoint.CalledAsync();
        Assert.That(endpoint.Untaken, Is.Zero);
    }

    [Test]
    public async Task A_request_that_comes_again_while_it_is_served_is_answered_once()
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint);
        await using var raw = await RawBus.ConnectAsync(road);
        var reply = World.Name("reply_twice");
        var taken = await raw.TakeAsync(reply);
        var request = OddRequest.Ordinary(reply, "slow");
        request["method"] = "wait";
        request["args"] = new JsonObject { ["name"] = "g" };

        await raw.PublishAsync(road.Exchange, road.Queue, RawBus.Envelope(request));
        await endpoint.CalledAsync();
        await raw.PublishAsync(road.Exchange, road.Queue, RawBus.Envelope(request));
        await ours.Log.SaysAsync(1203);
        endpoint.Open("g");
        await RawBus.NextAsync(taken);
        await raw.PublishAsync(road.Exchange, road.Queue, RawBus.Envelope(OddRequest.Ordinary(reply, "other")));

        Assert.That((await RawBus.NextAsync(taken)).Inner.GetProperty("_msg_id").GetString(), Is.EqualTo("other"));
    }

    [Test]
    public async Task Replies_to_nobody_and_garbage_in_our_reply_queue_do_not_stop_our_caller()
    {
        var road = Road.New(World);
        var id = await road.StartNativeAsync();
        await using var ours = new Ours(road);
        await using var raw = await RawBus.ConnectAsync(road);
        var context = Cascade.Oslo.Wire.Rpc.RpcContext.Admin("req");
        // Our own server tells the name of the reply queue.
        var here = road with { Host = World.Name("host") };
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint, listen: new(here.Topic, here.Host));
        await ours.Caller.CallAsync(here.Target(), "nothing", [], context);
        var reply = (await endpoint.CalledAsync()).ReplyQueue!;

        await raw.PublishAsync("", reply, "garbage"u8.ToArray());
        await raw.PublishAsync("", reply, RawBus.Envelope(new JsonObject { ["result"] = 1, ["ending"] = true }));
        await raw.PublishAsync("", reply, RawBus.Envelope(new JsonObject { ["_msg_id"] = "nobody", ["result"] = 1, ["failure"] = null, ["ending"] = true }));
        var result = await ours.Caller.CallAsync(road.Target(), "echo", new() { ["data"] = 3 }, context);

        Assert.That(result.GetInt32(), Is.EqualTo(3));
        await road.StopNativeAsync(id);
    }
}
