using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Tests.Serving;

[TestFixture]
public sealed class BurialTests
{
    const string Queue = "compute.host1";
    const string Dead = Queue + ".dead";
    static readonly RpcTarget Host1 = new("compute", new(6, 0), "host1");

    [TestCase("""{"method": "half", "version": "6.0", "_unique_id": "1"}""", TestName = "A cast whose dead letter is refused comes again")]
    [TestCase("""{"method": "half", "version": "6.0"}""", TestName = "A cast without an id whose dead letter is refused comes again")]
    public async Task A_cast_whose_dead_letter_is_refused_comes_again(string message)
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        await raw.Channel.QueueDeclareAsync(
            Dead, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-max-length"] = 1, ["x-overflow"] = "reject-publish" });
        await raw.SendAsync(Dead, "{}");
        await lane.ServeAsync(new Endpoint(_ => throw new UnservableException(OsloFaults.TypeError("half"))));
        await raw.SendAsync(Queue, message);
        await Wait.UntilAsync(() => lane.Log.Times(1212) > 0, "the dead letters are full");

        await raw.Channel.QueuePurgeAsync(Dead);

        await Wait.UntilAsync(async () => await lane.CountAsync(Queue) == 0 && await lane.CountAsync(Dead) == 1, "it is given up");
    }

    [Test]
    public async Task Dead_letters_that_an_operator_deleted_are_made_anew()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        await lane.ServeAsync(new Endpoint(_ => throw new UnservableException(OsloFaults.TypeError("half"))));
        var caller = lane.Transport().Caller;
        await caller.CastAsync(Host1, "one", [], RpcContext.Admin("req-1"));
        await Wait.UntilAsync(async () => await lane.CountAsync(Dead) == 1, "the first is given up");
        await raw.Channel.QueueDeleteAsync(Dead, ifUnused: false, ifEmpty: false);

        await caller.CastAsync(Host1, "two", [], RpcContext.Admin("req-2"));

        await Wait.UntilAsync(async () => await lane.CountAsync(Dead) == 1 && await lane.CountAsync(Queue) == 0, "the second is given up");
        Assert.That(lane.Log.Times(1212), Is.Zero, "at its first attempt");
    }
}
