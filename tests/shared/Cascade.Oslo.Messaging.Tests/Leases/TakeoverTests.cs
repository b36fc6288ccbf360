using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Serving;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Tests.Leases;

/// <summary>A server under its lease, and another copy that follows it.</summary>
[TestFixture]
public sealed class TakeoverTests
{
    static readonly RpcTarget Host1 = new("compute", new(6, 0), "host1");

    [TestCase(Acknowledge.AfterHandler)]
    [TestCase(Acknowledge.OnDelivery)]
    public async Task One_that_is_cut_off_ends_all_it_does_and_the_next_one_serves_within_seconds(Acknowledge acknowledge)
    {
        await using var lane = await Lane.OpenAsync();
        var network = lane.Network();
        var (begun, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (byFirst, bySecond) = (new List<string>(), new List<string>());
        await using var first = new Copy(lane.Transport(options => options with { Hosts = [new("127.0.0.1", network.Port)] }), acknowledge, async (request, ending) =>
        {
            Note(byFirst, request);
            begun.TrySetResult();
            await using var told = ending.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending);
            return null;
        });
        await first.Serving.WaitAsync(Wait.Patience);
        var caller = lane.Transport().Caller;
        await caller.CastAsync(Host1, "first", [], RpcContext.Admin("req-1"));
        await begun.Task.WaitAsync(Wait.Patience);
        await using var second = new Copy(lane.Transport(), acknowledge, (request, _) =>
        {
            Note(bySecond, request);
            return Task.FromResult<JsonNode?>(null);
        });
        await Wait.UntilAsync(() => lane.Log.Times(1502) == 1, "the second stands by");

        network.GoSilent();
        await second.Serving.WaitAsync(Wait.Patience);
        await cancelled.Task.WaitAsync(Wait.Patience);
        await caller.CastAsync(Host1, "second", [], RpcContext.Admin("req-2"));
        await Wait.UntilAsync(() => bySecond.Contains("second"), "the next one serves, although the broker has heard no word of the end of the one before");
        await first.Over.WaitAsync(Wait.Patience);

        network.Heal();
        for (var number = 3; number <= 20; number++)
        {
            await caller.CastAsync(Host1, $"{number}", [], RpcContext.Admin($"req-{number}"));
        }

        await Wait.UntilAsync(() => bySecond.Contains("20"), "all are served");
        Assert.That(byFirst, Is.EqualTo(new[] { "first" }), "nothing of it serves on");
        string[] expected = [.. acknowledge == Acknowledge.OnDelivery ? Array.Empty<string>() : ["first"], "second", .. Enumerable.Range(3, 18).Select(number => $"{number}")];
        Assert.That(bySecond, Is.EquivalentTo(expected), "each once");
    }

    static void Note(List<string> served, RpcRequest request)
    {
        lock (served)
        {
            served.Add(request.Method);
        }
    }

    /// <summary>What an agent does with its lease.</summary>
    sealed class Copy : IAsyncDisposable
    {
        readonly CancellationTokenSource stop = new();
        readonly TaskCompletionSource serving = new();
        readonly TaskCompletionSource over = new();
        readonly Task running;

        public Copy(RabbitTransport transport, Acknowledge acknowledge, Func<RpcRequest, CancellationToken, Task<JsonNode?>> serve)
        {
            var options = new RpcServerOptions { Listen = [new("compute", "host1") { Private = acknowledge == Acknowledge.AfterHandler }], Acknowledge = acknowledge, StopGrace = TimeSpan.FromMinutes(1) };
            running = RunAsync(transport, () => transport.CreateServer(options, new Endpoint(serve)));
        }

        public Task Serving => serving.Task;

        public Task Over => over.Task;

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
        }

        async Task RunAsync(RabbitTransport transport, Func<RpcServer> make)
        {
            await using var lease = transport.CreateLease("one");
            await lease.RunAsync(
                async lost =>
                {
                    await using var server = make();
                    try
                    {
                        await server.StartAsync(lost);
                        serving.TrySetResult();
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, lost);
                    }
                    finally
                    {
                        await server.AbandonAsync();
                        over.TrySetResult();
                    }
                },
                stop.Token);
        }
    }
}
