using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Support;

namespace Cascade.Oslo.Messaging.Tests.Leases;

/// <summary>Where the cloud's queues are quorum queues, which know no exclusive consumer (rabbitmq/rabbitmq-website#1973).</summary>
[TestFixtureSource(nameof(Generations))]
public sealed class QuorumLeaseTests(Generation generation)
{
    Broker broker = null!;
    Lane lane = null!;

    static IEnumerable<Generation> Generations => [Generation.Zed, Generation.Epoxy];

    [OneTimeSetUp]
    public async Task StartBroker() => broker = await Broker.StartAsync(generation);

    [OneTimeTearDown]
    public async Task StopBroker() => await (broker?.DisposeAsync() ?? default);

    [SetUp]
    public async Task Open() => lane = await Lane.OpenAsync(broker);

    [TearDown]
    public async Task Close() => await lane.DisposeAsync();

    [Test]
    public async Task One_copy_of_two_is_active_and_the_other_follows_it() => await OneOfTwoAsync();

    [Test]
    public async Task A_quorum_queue_that_an_earlier_version_made_for_the_lease_is_made_anew()
    {
        await using var raw = await Raw.OpenAsync(lane);
        await raw.Channel.QueueDeclareAsync("cascade.active.one", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });

        await OneOfTwoAsync();
    }

    async Task OneOfTwoAsync()
    {
        await using var first = Quorum().CreateLease("one");
        await using var second = Quorum().CreateLease("one");
        using var stop = new CancellationTokenSource();
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var (firstHas, secondHas) = (new TaskCompletionSource(), new TaskCompletionSource());
        var running = first.RunAsync(lost => ActAsync(firstHas, lost), quit.Token);
        await firstHas.Task.WaitAsync(Wait.Patience);
        var standing = second.RunAsync(lost => ActAsync(secondHas, lost), stop.Token);
        await Task.WhenAny(secondHas.Task, Wait.UntilAsync(() => lane.Log.Times(1502) == 1, "the second stands by"));
        Assert.That((first.IsHeld, second.IsHeld), Is.EqualTo((true, false)));

        await quit.CancelAsync();

        await secondHas.Task.WaitAsync(Wait.Patience);
        Assert.CatchAsync<OperationCanceledException>(() => running);
        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => standing);
    }

    RabbitTransport Quorum() => lane.Transport(options => options with { RabbitQuorumQueue = true, RabbitTransientQuorumQueue = true });

    static Task ActAsync(TaskCompletionSource begun, CancellationToken lost)
    {
        begun.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, lost);
    }
}
