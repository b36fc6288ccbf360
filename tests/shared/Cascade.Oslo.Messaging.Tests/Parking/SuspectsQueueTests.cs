using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Support;

namespace Cascade.Oslo.Messaging.Tests.Parking;

/// <summary>The notes of what was with lives that died are replicated where the cloud's queues are: their node may be the one that is lost.</summary>
[TestFixtureSource(nameof(Generations))]
public sealed class SuspectsQueueTests(Generation generation)
{
    const string Suspects = "cascade.suspects.compute.host1";

    Broker broker = null!;

    static IEnumerable<Generation> Generations => [Generation.Zed, Generation.Epoxy];

    [OneTimeSetUp]
    public async Task StartBroker() => broker = await Broker.StartAsync(generation);

    [OneTimeTearDown]
    public async Task StopBroker() => await (broker?.DisposeAsync() ?? default);

    [TestCase(true, "quorum")]
    [TestCase(false, "classic")]
    public async Task They_are_kept_as_the_others(bool quorum, string type)
    {
        await using var lane = await Lane.OpenAsync(broker);

        await ServeAsync(lane, quorum);

        Assert.That(await TypeAsync(lane), Is.EqualTo(type));
    }

    [Test]
    public async Task A_classic_queue_of_an_earlier_version_is_made_anew()
    {
        await using var lane = await Lane.OpenAsync(broker);
        await using var raw = await Raw.OpenAsync(lane);
        await raw.Channel.QueueDeclareAsync(Suspects, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-message-ttl"] = 21600000, ["x-max-length"] = 10000 });

        await ServeAsync(lane, quorum: true);

        Assert.That(await TypeAsync(lane), Is.EqualTo("quorum"));
    }

    static Task ServeAsync(Lane lane, bool quorum) =>
        lane.ServeAsync(new Endpoint(_ => null), on: lane.Transport(options => options with { RabbitQuorumQueue = quorum, RabbitTransientQuorumQueue = quorum }));

    static async Task<string> TypeAsync(Lane lane)
    {
        var rows = await lane.Broker.CtlAsync("list_queues", "-p", lane.Vhost, "--no-table-headers", "-s", "name", "type");
        return rows.Split('\n').Select(line => line.Split('\t')).Single(words => words[0] == Suspects)[1].Trim();
    }
}
