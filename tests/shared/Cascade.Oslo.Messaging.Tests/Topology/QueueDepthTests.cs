using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Messaging.Topology;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.Oslo.Messaging.Tests.Topology;

/// <summary>How deep queues are, asked of a real broker.</summary>
[TestFixture]
public sealed class QueueDepthTests
{
    static readonly RpcTarget Host1 = new("compute", new(6, 0), "host1");

    [Test]
    public async Task Each_queue_of_a_server_is_told_with_its_depth_and_who_reads_it()
    {
        await using var lane = await Lane.OpenAsync();
        var server = await lane.ServeAsync(new Endpoint(_ => null), serving => serving with { Listen = [new("compute", "host1") { TopicQueue = true, Fanout = true }] });

        var depths = await lane.Transport().Depths.ReadAsync(server.Queues, default);

        Assert.That(
            depths.Select(depth => (depth.Queue.Shown, depth.Queue.Role, depth.Messages, depth.Consumers)),
            Is.EquivalentTo(new[]
            {
                ("compute", QueueRole.Topic, 0u, 1u), ("compute.host1", QueueRole.Topic, 0u, 1u), ("compute_fanout", QueueRole.Fanout, 0u, 1u),
                ("cascade.parked.compute.host1", QueueRole.Parked, 0u, 0u),
            }),
            "nothing was ever given up");
    }

    [Test]
    public async Task What_waits_is_counted_and_for_how_long_the_queue_has_not_been_empty()
    {
        await using var lane = await Lane.OpenAsync();
        var server = await lane.ServeAsync(new Endpoint(_ => null));
        var queue = server.Queues.Single(one => one.Role == QueueRole.Topic);
        await server.StopAsync(default);
        var caller = lane.Transport().Caller;
        var time = new FakeTimeProvider();
        await using var transport = new RabbitTransport(lane.Options, lane.Log, time);
        Assert.That((await transport.Depths.ReadAsync([queue], default)).Single().Waiting, Is.EqualTo(TimeSpan.Zero));

        await caller.CastAsync(Host1, "a", [], RpcContext.Admin("req-1"));
        await caller.CastAsync(Host1, "b", [], RpcContext.Admin("req-2"));
        await Wait.UntilAsync(async () => await lane.CountAsync("compute.host1") == 2, "both are there");
        Assert.That((await transport.Depths.ReadAsync([queue], default)).Single().Messages, Is.EqualTo(2));
        time.Advance(TimeSpan.FromSeconds(40));

        var later = (await transport.Depths.ReadAsync([queue], default)).Single();
        Assert.That((later.Messages, later.Consumers, later.Waiting), Is.EqualTo((2u, 0u, TimeSpan.FromSeconds(40))));
    }

    [Test]
    public async Task One_that_is_not_there_is_asked_for_once_and_again_when_it_was_made()
    {
        await using var lane = await Lane.OpenAsync();
        var server = await lane.ServeAsync(new Endpoint(_ => throw new InvalidOperationException("a fault of ours")), serving => serving with { PoisonAfter = 1 });
        var transport = lane.Transport();
        Assert.That(Dead(await transport.Depths.ReadAsync(server.Queues, default)), Is.Null);
        Assert.That(Dead(await transport.Depths.ReadAsync(server.Queues, default)), Is.Null);

        await transport.Caller.CastAsync(Host1, "a", [], RpcContext.Admin("req-1"));
        await Wait.UntilAsync(async () => await lane.CountAsync("compute.host1.dead") == 1, "it was given up");

        await Wait.UntilAsync(async () => Dead(await transport.Depths.ReadAsync(server.Queues, default)) is { Messages: 1 }, "it is seen");
    }

    static QueueDepth? Dead(IReadOnlyList<QueueDepth> depths) => depths.SingleOrDefault(depth => depth.Queue.Role == QueueRole.Dead);
}
