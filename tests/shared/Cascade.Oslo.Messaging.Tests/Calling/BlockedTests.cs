using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Oslo.Messaging.Tests.Calling;

[TestFixture]
public sealed class BlockedTests
{
    static readonly RpcTarget Host1 = new("compute", new(6, 0), "host1");

    [Test]
    public async Task A_broker_that_blocks_publishers_fails_a_call_at_its_own_time_and_lets_a_cast_wait()
    {
        await using var broker = await Broker.StartAsync();
        await using var lane = await Lane.OpenAsync(broker);
        var heard = new TaskCompletionSource();
        await lane.ServeAsync(new Endpoint(request =>
        {
            if (request.Method == "hello")
            {
                heard.TrySetResult();
            }

            return "pong";
        }));
        var caller = lane.Transport().Caller;
        await caller.CallAsync(Host1, "ping", [], RpcContext.Admin("req-1"));

        await broker.CtlAsync("set_vm_memory_high_watermark", "0.000001");
        Assert.ThrowsAsync<RpcTimeoutException>(() => caller.CallAsync(Host1, "ping", [], RpcContext.Admin("req-2"), TimeSpan.FromSeconds(2)));
        var cast = caller.CastAsync(Host1, "hello", [], RpcContext.Admin("req-3"));
        Assert.That((lane.Log.Times(1004) > 0, cast.IsCompleted, heard.Task.IsCompleted), Is.EqualTo((true, false, false)));

        await broker.CtlAsync("set_vm_memory_high_watermark", "0.9");

        await cast.WaitAsync(Wait.Patience);
        await heard.Task.WaitAsync(Wait.Patience);
        Assert.That((await caller.CallAsync(Host1, "ping", [], RpcContext.Admin("req-4"))).GetString(), Is.EqualTo("pong"));
    }

    [Test]
    public async Task A_message_whose_suspicion_could_not_be_noted_before_the_connection_went_is_served_on_the_next()
    {
        await using var broker = await Broker.StartAsync();
        await using var lane = await Lane.OpenAsync(broker);
        await using var raw = await Raw.OpenAsync(lane);
        await raw.Channel.QueueDeclareAsync("compute.host1", durable: false, exclusive: false, autoDelete: false);
        await raw.SendAsync("compute.host1", """{"method": "build", "args": {}, "version": "6.0", "_unique_id": "a"}""");
        var taken = (await raw.Channel.BasicGetAsync("compute.host1", autoAck: false))!;
        await raw.Channel.BasicNackAsync(taken.DeliveryTag, multiple: false, requeue: true);
        await broker.CtlAsync("set_vm_memory_high_watermark", "0.000001");
        var served = new TaskCompletionSource();
        var network = lane.Network();
        await lane.ServeAsync(
            new Endpoint(_ => { served.TrySetResult(); return null; }),
            on: lane.Transport(options => options with { Hosts = [new("127.0.0.1", network.Port)] }));
        // The note is on its way and the broker takes none: the message is between delivery and work.
        await Wait.UntilAsync(() => lane.Log.Times(1004) > 0, "the note waits");

        network.ResetAll();
        await Wait.UntilAsync(() => lane.Log.Times(1201) > 1, "it is served again");
        await broker.CtlAsync("set_vm_memory_high_watermark", "0.9");

        await served.Task.WaitAsync(Wait.Patience);
        await Wait.UntilAsync(async () => await lane.CountAsync("compute.host1") == 0, "it is acknowledged");
    }
}
