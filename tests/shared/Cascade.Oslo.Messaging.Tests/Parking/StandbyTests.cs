using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Tests.Parking;

[TestFixture]
public sealed class StandbyTests
{
    [Test]
    public async Task A_copy_under_the_lease_takes_over_what_a_killed_one_left_unfinished()
    {
        await using var lane = await Lane.OpenAsync();
        await using var victim = Victim.Start(lane, "hang");
        await victim.SaidAsync("serving");
        var caller = lane.Transport().Caller;
        var host1 = new RpcTarget("compute", new(6, 0), "host1");
        for (var n = 1; n <= 10; n++)
        {
            await caller.CastAsync(host1, "build", new JsonObject { ["n"] = n }, RpcContext.Admin($"req-{n}"));
        }

        await victim.SaidAsync("got build");
        var did = new List<int>();
        // A second consumer waits behind the first: the private queue has one active consumer.
        await lane.ServeAsync(new Endpoint(request =>
        {
            lock (did)
            {
                did.Add(request.Arguments.GetProperty("n").GetInt32());
            }

            return null;
        }));
        Assert.That(did, Is.Empty);

        await victim.KillAsync();

        await Wait.UntilAsync(async () => did.Count == 10 && await lane.CountAsync("compute.host1") == 0, "all are served");
        Assert.That(did, Is.EqualTo(Enumerable.Range(1, 10)), "each once, in order");
    }
}
