using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Oslo.Messaging.Tests.Publishing;

/// <summary>A broker that is short of memory reads nothing more of a connection that has published (connection.blocked).</summary>
[TestFixture]
public sealed class BlockedPublisherTests
{
    static readonly RpcTarget Host1 = new("compute", new(6, 0), "host1");

    Broker broker = null!;
    Lane lane = null!;

    [OneTimeSetUp]
    public async Task StartBroker() => broker = await Broker.StartAsync();

    [OneTimeTearDown]
    public async Task StopBroker() => await (broker?.DisposeAsync() ?? default);

    [SetUp]
    public async Task Open() => lane = await Lane.OpenAsync(broker);

    [TearDown]
    public async Task Close()
    {
        await broker.CtlAsync("set_vm_memory_high_watermark", "0.9");
        await lane.DisposeAsync();
    }

    [Test]
    public async Task What_was_given_up_while_the_broker_took_nothing_is_not_sent_when_it_does_again()
    {
        var heard = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await lane.ServeAsync(new Endpoint(request =>
        {
            heard.Enqueue(request.Method);
            return "pong";
        }));
        var transport = lane.Transport();
        await BlockAsync(transport);
        var told = transport.Links.Single(link => link.Purpose == "send");

        Assert.ThrowsAsync<RpcTimeoutException>(() => transport.Caller.CallAsync(Host1, "late", [], RpcContext.Admin("req-2"), TimeSpan.FromSeconds(1)));
        var cast = transport.Caller.CastAsync(Host1, "kept", [], RpcContext.Admin("req-3"));
        await broker.CtlAsync("set_vm_memory_high_watermark", "0.9");
        await cast.WaitAsync(Wait.Patience);
        await transport.Caller.CallAsync(Host1, "after", [], RpcContext.Admin("req-4"));

        Assert.That(heard.Where(method => method != "first"), Is.EqualTo(new[] { "kept", "after" }));
        Assert.That(told.Trouble, Does.StartWith("blocks publishing"));
        Assert.That(transport.Links.Select(link => link.Trouble), Is.All.Null);
    }

    [Test]
    public async Task A_transport_that_is_blocked_ends_at_once_and_so_does_what_waits_in_it()
    {
        var transport = new RabbitTransport(lane.Options, lane.Log, TimeProvider.System);
        await BlockAsync(transport);
        var waiting = transport.Caller.CallAsync(Host1, "late", [], RpcContext.Admin("req-2"));

        var began = TimeProvider.System.GetTimestamp();
        await transport.DisposeAsync();

        Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(4)));
        Assert.CatchAsync(() => waiting.WaitAsync(Wait.Patience));
    }

    // The first message in an alarm is taken, and after it nothing is read (rabbit_reader.erl: maybe_block).
    async Task BlockAsync(RabbitTransport transport)
    {
        await transport.Caller.CastAsync(Host1, "first", [], RpcContext.Admin("req-0"));
        await broker.CtlAsync("set_vm_memory_high_watermark", "0.000001");
        await transport.Caller.CastAsync(Host1, "first", [], RpcContext.Admin("req-1")).WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Wait.UntilAsync(() => lane.Log.Times(1004) > 0, "it is blocked");
    }
}
