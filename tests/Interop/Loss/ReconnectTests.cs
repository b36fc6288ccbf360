using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Interop.Loss;

/// <summary>Connections that break while calls are in flight (wire document §4): everything comes back by itself and nothing unacknowledged is lost.</summary>
[TestFixtureSource(typeof(Generations))]
public class ReconnectTests(Generation generation) : Row(generation)
{
    readonly RpcContext context = RpcContext.Admin("req-r");

    [Test]
    public async Task A_call_that_is_served_while_our_connections_break_is_answered()
    {
        await using var tunnel = Tunnel.Open(World.Broker.Port);
        var road = Through(tunnel);
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint);

        var call = road.NativeCallAsync("wait", new() { ["name"] = "g" });
        await endpoint.CalledAsync();
        ours.Log.Clear();
        tunnel.Cut();
        await ours.Log.SaysAsync(1002);
        await ours.Log.SaysAsync(1201);
        endpoint.Open("g");

        Assert.That((await call).GetProperty("value").GetString(), Is.EqualTo("g"));
        Assert.That((await road.NativeCallAsync("echo", new() { ["data"] = 1 })).GetProperty("value").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task What_was_not_acknowledged_comes_again_and_is_not_served_twice()
    {
        await using var tunnel = Tunnel.Open(World.Broker.Port);
        var road = Through(tunnel);
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint, listen: new(road.Topic, road.Host));
        for (var at = 0; at < 20; at++)
        {
            await road.NativeCastAsync("wait", new() { ["name"] = $"g{at}" });
            await endpoint.CalledAsync();
        }

        ours.Log.Clear();
        tunnel.Cut();
        await ours.Log.SaysAsync(1201);
        // Every one of the twenty is delivered again, known, and not begun again.
        for (var at = 0; at < 20; at++)
        {
            endpoint.Open($"g{at}");
        }

        await road.NativeCallAsync("nothing");
        await endpoint.CalledAsync();

        Assert.That(endpoint.Untaken, Is.Zero);
        await ours.DisposeAsync();
        Assert.That(await MessagesAsync(road.Queue), Is.Zero, "all acknowledged in the end");
    }

    [Test]
    public async Task What_a_stopped_server_had_in_work_is_served_by_the_next_one()
    {
        var road = Road.New(World);
        var first = new OurEndpoint();
        var dying = new Ours(road);
        await dying.ServeAsync(first, listen: new(road.Topic, road.Host));
        await road.NativeCastAsync("wait", new() { ["name"] = "never" });
        await road.NativeCastAsync("echo", new() { ["data"] = 2 });
        await first.CalledAsync();
        await first.CalledAsync();
        // Its handler never ends: after the grace it is cancelled.
        await dying.DisposeAsync();

        await using var next = new Ours(road);
        var second = new OurEndpoint();
        await next.ServeAsync(second, listen: new(road.Topic, road.Host));

        var again = await second.CalledAsync();
        Assert.That(again.Method, Is.EqualTo("wait"));
        second.Open("never");
        await road.NativeCallAsync("nothing");
        Assert.That((await second.CalledAsync()).Method, Is.EqualTo("nothing"), "what was served is not served again");
    }

    [Test]
    public async Task Our_call_is_answered_though_its_connections_break_while_it_waits()
    {
        await using var tunnel = Tunnel.Open(World.Broker.Port);
        var road = Through(tunnel);
        var id = await road.StartNativeAsync();
        await using var ours = new Ours(road);
        var gate = World.Name("gate");

        var call = ours.Caller.CallAsync(road.Target(), "wait", new JsonObject { ["name"] = gate }, context);
        await World.Server.ExpectAsync("called", id);
        tunnel.Cut();
        // The answer comes while nobody consumes the reply queue: it waits there.
        await World.Server.SendAsync(new JsonObject { ["do"] = "open", ["gate"] = gate });

        Assert.That((await call).GetString(), Is.EqualTo(gate));
        await road.StopNativeAsync(id);
    }

    [Test]
    public async Task Calls_and_casts_go_on_through_connections_that_break_again_and_again()
    {
        await using var tunnel = Tunnel.Open(World.Broker.Port);
        var road = Through(tunnel);
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint, listen: new(road.Topic, road.Host));

        var calls = Enumerable.Range(0, 30).Select(at => ours.Caller.CallAsync(road.Target(), "echo", new() { ["data"] = at }, context)).ToArray();
        for (var times = 0; times < 3; times++)
        {
            ours.Log.Clear();
            tunnel.Cut();
            await ours.Log.SaysAsync(1201);
        }

        var answers = await Task.WhenAll(calls);

        Assert.That(answers.Select(answer => answer.GetInt32()), Is.EqualTo(Enumerable.Range(0, 30)));
        Assert.That(await ours.Caller.CallAsync(road.Target(), "echo", new() { ["data"] = 99 }, context), Is.Not.Default);
    }

    [Test]
    public async Task A_queue_that_somebody_deletes_is_declared_and_consumed_again()
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        await ours.ServeAsync(new OurEndpoint());
        await using var raw = await RawBus.ConnectAsync(road);
        ours.Log.Clear();

        await raw.Channel.QueueDeleteAsync(road.Queue, ifUnused: false, ifEmpty: false);
        await ours.Log.SaysAsync(1201);

        Assert.That((await road.NativeCallAsync("echo", new() { ["data"] = 1 })).GetProperty("value").GetInt32(), Is.EqualTo(1));
    }

    Road Through(Tunnel tunnel) => Road.New(World) with
    {
        Ours = options => options with { Hosts = [new("127.0.0.1", tunnel.Port)], KombuReconnectDelay = TimeSpan.FromMilliseconds(100) },
    };

    async Task<uint> MessagesAsync(string queue)
    {
        await using var raw = await RawBus.ConnectAsync(Road.New(World));
        return (await raw.Channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }
}
