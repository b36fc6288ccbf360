using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Interop.Calls;

/// <summary>Signs of life in both directions (wire document §2.4). The waits are real: heartbeats come in whole seconds of the other side's clock.</summary>
[TestFixtureSource(typeof(Generations))]
public class CallMonitorTests(Generation generation) : Row(generation)
{
    [Test]
    public async Task Our_heartbeats_keep_a_native_caller_waiting_longer_than_its_monitor_allows()
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint);

        var call = road.NativeCallAsync("wait", new() { ["name"] = "g" }, new(Monitor: 2, Timeout: 30));
        var request = await endpoint.CalledAsync();
        Assert.That(request.CallMonitorTimeout, Is.EqualTo(TimeSpan.FromSeconds(2)));
        // Two and a half times what the caller would wait without a sign of life.
        await Task.WhenAny(call, Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System));
        endpoint.Open("g");

        var answer = await call;
        Assert.That(answer.GetProperty("event").GetString(), Is.EqualTo("returned"), answer.ToString());
        Assert.That(answer.GetProperty("value").GetString(), Is.EqualTo("g"));
    }

    [Test]
    public async Task Native_heartbeats_keep_our_caller_waiting_longer_than_its_monitor_allows()
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        var native = await road.StartNativeAsync();
        var gate = World.Name("gate");

        var call = ours.Caller.CallAsync(
            road.Target(), "wait", new JsonObject { ["name"] = gate }, RpcContext.Admin("req-1"), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(3));
        await World.Server.ExpectAsync("called", native);
        await Task.WhenAny(call, Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System));
        await World.Server.SendAsync(new JsonObject { ["do"] = "open", ["gate"] = gate });

        Assert.That((await call).GetString(), Is.EqualTo(gate));
        await road.StopNativeAsync(native);
    }

    [Test]
    public async Task Our_caller_gives_up_at_its_monitor_when_no_sign_of_life_comes()
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        await using var raw = await RawBus.ConnectAsync(road);
        // Somebody takes the request and says nothing, as a server that died.
        await raw.Channel.ExchangeDeclareAsync(road.Exchange, "topic", durable: false, autoDelete: false);
        var taken = await raw.TakeAsync(road.Queue, road.Exchange);

        var call = ours.Caller.CallAsync(
            road.Target(), "wait", new JsonObject { ["name"] = "x" }, RpcContext.Admin("req-1"), TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(2));
        await RawBus.NextAsync(taken);

        var late = Assert.ThrowsAsync<RpcTimeoutException>(() => call);
        Assert.That(late.Message, Does.Contain("no sign of life within 2"));
    }
}
