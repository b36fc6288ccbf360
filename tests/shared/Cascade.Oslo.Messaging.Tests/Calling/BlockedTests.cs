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
}
