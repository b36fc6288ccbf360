using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Interop.Loss;

/// <summary>What only a broker of one's own can be asked: to go away with everything that is not durable, and to block.</summary>
[TestFixtureSource(typeof(Generations))]
public class BrokerLossTests(Generation generation)
{
    readonly RpcContext context = RpcContext.Admin("req-b");
    World world = null!;

    [OneTimeSetUp]
    public async Task StartABrokerOfOurOwn() => world = await World.ApartAsync(generation);

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (world is not null)
        {
            await world.DisposeAsync();
        }
    }

    [TestCase(false, TestName = "A_broker_restart_loses_nothing_that_is_ours(stopped in order)")]
    [TestCase(true, TestName = "A_broker_restart_loses_nothing_that_is_ours(killed)")]
    public async Task A_broker_restart_loses_nothing_that_is_ours(bool kill)
    {
        var road = Road.New(world) with { Ours = options => options with { RpcResponseTimeout = TimeSpan.FromSeconds(100) } };
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint, listen: new(road.Topic, road.Host));
        var casts = Enumerable.Range(0, 5).Select(at => $"c{at}").ToArray();
        foreach (var name in casts)
        {
            await ours.Caller.CastAsync(road.Target(), "wait", new() { ["name"] = name }, context);
            await endpoint.CalledAsync();
        }

        var call = ours.Caller.CallAsync(road.Target(), "wait", new() { ["name"] = "call" }, context);
        await endpoint.CalledAsync();

        ours.Log.Clear();
        await world.Broker.RestartAsync(kill);
        await ours.Log.SaysAsync(1201);
        // Published while everything comes back: it waits for a connection, not for luck.
        var later = ours.Caller.CallAsync(road.Target(), "echo", new() { ["data"] = "later" }, context);
        endpoint.Open("call");
        foreach (var name in casts)
        {
            endpoint.Open(name);
        }

        Assert.That((await call).GetString(), Is.EqualTo("call"), "its reply queue was transient: it came back under its name");
        Assert.That((await later).GetString(), Is.EqualTo("later"));
        Assert.That((await road.NativeCallAsync("echo", new() { ["data"] = 1 })).GetProperty("value").GetInt32(), Is.EqualTo(1), "the shared exchange is bound again");
    }

    [Test]
    public async Task While_the_broker_blocks_publishing_acknowledgements_pass_and_calls_end_at_their_own_time()
    {
        var road = Road.New(world);
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint, listen: new(road.Topic, road.Host));
        await ours.Caller.CastAsync(road.Target(), "wait", new() { ["name"] = "g" }, context);
        await endpoint.CalledAsync();

        await world.Broker.CtlAsync("set_vm_memory_high_watermark", "0");
        try
        {
            var late = Assert.ThrowsAsync<RpcTimeoutException>(() => ours.Caller.CallAsync(road.Target(), "echo", new() { ["data"] = 1 }, context, TimeSpan.FromSeconds(3)));
            Assert.That(late.Message, Does.Contain("within 3 s"));
            await ours.Log.SaysAsync(1004);
            // The effect is done now; its acknowledgement must pass, or it would be delivered again later.
            endpoint.Open("g");
            await AcknowledgedAsync(road.Queue);
        }
        finally
        {
            await world.Broker.CtlAsync("set_vm_memory_high_watermark", "0.6");
        }

        await ours.Log.SaysAsync(1005);
        Assert.That((await ours.Caller.CallAsync(road.Target(), "echo", new() { ["data"] = 2 }, context)).GetInt32(), Is.EqualTo(2));
    }

    // The broker says when a queue holds nothing unacknowledged any more; asked again until then, with a limit.
    async Task AcknowledgedAsync(string queue)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var text = await world.Broker.CtlAsync("list_queues", "name", "messages_unacknowledged", "--no-table-headers");
            if (text.Split('\n').Any(line => line.Split('\t') is [var name, "0"] && name == queue))
            {
                return;
            }

            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
