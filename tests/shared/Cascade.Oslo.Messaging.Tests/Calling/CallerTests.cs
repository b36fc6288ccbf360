using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Tests.Calling;

[TestFixture]
public sealed class CallerTests
{
    static readonly RpcTarget Host1 = new("compute", new(6, 0), "host1");

    [Test]
    public async Task A_call_nobody_answers_ends_at_its_own_time()
    {
        await using var lane = await Lane.OpenAsync();

        Assert.ThrowsAsync<RpcTimeoutException>(
            () => lane.Transport().Caller.CallAsync(Host1, "ask", [], RpcContext.Admin("req-1"), TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task A_call_ends_at_its_own_time_although_the_broker_is_away()
    {
        await using var lane = await Lane.OpenAsync();
        var transport = lane.Transport(options => options with { Hosts = [new("127.0.0.1", 1)] });

        Assert.ThrowsAsync<RpcTimeoutException>(() => transport.Caller.CallAsync(Host1, "ask", [], RpcContext.Admin("req-1"), TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task A_monitored_call_ends_when_no_sign_of_life_comes_and_lives_on_while_they_do()
    {
        await using var lane = await Lane.OpenAsync();
        var release = new TaskCompletionSource();
        await lane.ServeAsync(new Endpoint(async (request, _) =>
        {
            if (request.Method == "slow")
            {
                await release.Task;
            }

            return "done";
        }));
        var caller = lane.Transport().Caller;
        var unheard = new RpcTarget("compute", new(6, 0), "nobody");
        // Connections in both directions stand: what they take to open is not what is timed.
        await caller.CallAsync(Host1, "ping", [], RpcContext.Admin("req-0"));

        var call = caller.CallAsync(Host1, "slow", [], RpcContext.Admin("req-1"), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(6));
        Assert.ThrowsAsync<RpcTimeoutException>(
            () => caller.CallAsync(unheard, "slow", [], RpcContext.Admin("req-2"), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(7)));
        release.SetResult();

        Assert.That((await call).GetString(), Is.EqualTo("done"), "seven seconds are longer than its six, signs of life came between");
    }

    [Test]
    public async Task A_fanout_exchange_that_vanished_is_declared_again_and_the_cast_goes_out()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        var caller = lane.Transport().Caller;
        var fanout = new RpcTarget("compute", new(6, 0), Fanout: true);
        await caller.CastAsync(fanout, "hello", [], RpcContext.Admin("req-1"));
        await raw.Channel.ExchangeDeleteAsync("compute_fanout");

        await caller.CastAsync(fanout, "hello", [], RpcContext.Admin("req-1"));

        Assert.DoesNotThrowAsync(() => raw.Channel.ExchangeDeclarePassiveAsync("compute_fanout"));
    }

    [Test]
    public async Task The_next_host_is_tried_when_one_is_down()
    {
        await using var lane = await Lane.OpenAsync();
        await lane.ServeAsync(new Endpoint(_ => "pong"), on: lane.Transport());
        var transport = lane.Transport(options => options with { Hosts = [new("127.0.0.1", 1), new("127.0.0.1", lane.Broker.Port), new("127.0.0.1", 2)] });

        Assert.That((await transport.Caller.CallAsync(Host1, "ping", [], RpcContext.Admin("req-1"))).GetString(), Is.EqualTo("pong"));
    }

    [TestCase(true, true, TestName = "trusted authority")]
    [TestCase(false, false, TestName = "unknown authority")]
    public async Task A_broker_is_verified_over_tls(bool known, bool answers)
    {
        await using var lane = await Lane.OpenAsync();
        await lane.ServeAsync(new Endpoint(_ => "pong"));
        var transport = lane.Transport(options => options with
        {
            Hosts = [new("127.0.0.1", lane.Broker.TlsPort)],
            Tls = new() { Enabled = true, CaFile = known ? lane.Broker.AuthorityFile : null },
        });

        var call = transport.Caller.CallAsync(Host1, "ping", [], RpcContext.Admin("req-1"), TimeSpan.FromSeconds(answers ? 20 : 2));

        if (answers)
        {
            Assert.That((await call).GetString(), Is.EqualTo("pong"));
        }
        else
        {
            Assert.ThrowsAsync<RpcTimeoutException>(() => call);
            Assert.That(lane.Log.Times(1003), Is.Positive, "the refusal is in the log");
        }
    }
}
