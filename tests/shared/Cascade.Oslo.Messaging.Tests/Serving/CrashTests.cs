using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Oslo.Messaging.Tests.Serving;

[TestFixture]
public sealed class CrashTests
{
    const string Queue = "compute.host1";
    static readonly RpcTarget Host1 = new("compute", new(6, 0), "host1");

    [Test]
    public async Task A_cast_whose_server_was_killed_before_the_end_is_served_once_more()
    {
        await using var lane = await Lane.OpenAsync();
        await using var victim = Victim.Start(lane, "hang");
        await victim.SaidAsync("serving");
        await lane.Transport().Caller.CastAsync(Host1, "build", [], RpcContext.Admin("req-1"));
        await victim.SaidAsync("got build");
        await victim.KillAsync();
        var served = new List<string>();

        await lane.ServeAsync(new Endpoint(request => { lock (served) { served.Add(request.Method); } return null; }));

        await Wait.UntilAsync(async () => await lane.CountAsync(Queue) == 0 && served.Count > 0, "the cast is served and acknowledged");
        Assert.That(served, Is.EqualTo(["build"]));
    }

    [Test]
    public async Task A_cast_that_kills_its_server_each_time_ends_in_the_dead_letters()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        await using (var first = Victim.Start(lane, "die"))
        {
            await first.SaidAsync("serving");
            await lane.Transport().Caller.CastAsync(Host1, "poison", [], RpcContext.Admin("req-1"));
            await first.GoneAsync();
        }

        await using (var second = Victim.Start(lane, "die"))
        {
            await second.SaidAsync("got poison");
            await second.GoneAsync();
        }

        // The victims give up after two deaths: the third life buries it unread.
        await using var third = Victim.Start(lane, "die");
        await third.SaidAsync("serving");
        // It is there before it is acknowledged.
        await Wait.UntilAsync(async () => await lane.CountAsync(Queue + ".dead") == 1 && await lane.CountAsync(Queue) == 0, "the cast is in the dead letters");
        var letter = (await lane.Transport().DeadLetters.ListAsync(Queue, CancellationToken.None)).Single();
        Assert.That((letter.Method, letter.RequestId), Is.EqualTo(("poison", "req-1")));
    }

    [Test]
    public async Task What_only_waited_with_those_that_died_is_not_given_up()
    {
        await using var lane = await Lane.OpenAsync();
        await using (var first = Victim.Start(lane, "one"))
        {
            await first.SaidAsync("serving");
            await lane.Transport().Caller.CastAsync(Host1, "poison", [], RpcContext.Admin("req-1"));
            await lane.Transport().Caller.CastAsync(Host1, "behind", [], RpcContext.Admin("req-2"));
            await first.SaidAsync("got poison");
            await first.KillAsync();
        }

        await using (var second = Victim.Start(lane, "one"))
        {
            await second.SaidAsync("got poison");
            await Wait.UntilAsync(async () => await lane.TakenAsync(Queue) == 2, "both are with the second life");
            await second.KillAsync();
        }

        await using var third = Victim.Start(lane, "one");
        await third.SaidAsync("got behind");
        var letters = await lane.Transport().DeadLetters.ListAsync(Queue, CancellationToken.None);
        Assert.That(letters.Select(letter => letter.Method), Is.EqualTo(["poison"]));
    }

    [Test]
    public async Task A_broker_restart_loses_no_unacknowledged_cast_and_brings_queue_binding_and_replies_back()
    {
        await using var broker = await Broker.StartAsync();
        await using var lane = await Lane.OpenAsync(broker);
        var inWork = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var served = 0;
        await lane.ServeAsync(new Endpoint(async (request, _) =>
        {
            if (request.Method == "build")
            {
                inWork.TrySetResult();
                await release.Task;
                Interlocked.Increment(ref served);
            }

            return "pong";
        }));
        var caller = lane.Transport().Caller;
        await caller.CallAsync(Host1, "ping", [], RpcContext.Admin("req-0"));
        await caller.CastAsync(Host1, "build", [], RpcContext.Admin("req-1"));
        await inWork.Task.WaitAsync(Wait.Patience);

        await broker.RestartAsync();
        release.SetResult();

        await Wait.UntilAsync(async () => await lane.CountAsync(Queue) == 0, "the cast is acknowledged on the new connection");
        await Wait.UntilAsync(() => lane.Log.Times(1201) == 2, "everything is consumed again");
        var answer = await caller.CallAsync(Host1, "ping", [], RpcContext.Admin("req-2"), TimeSpan.FromSeconds(20));
        Assert.That((served, answer.GetString()), Is.EqualTo((1, "pong")), "the handler that was at work was not started twice");
    }

    [Test]
    public async Task A_call_survives_the_loss_of_the_reply_connection()
    {
        await using var lane = await Lane.OpenAsync();
        var release = new TaskCompletionSource();
        var inWork = new TaskCompletionSource();
        await lane.ServeAsync(new Endpoint(async (_, _) =>
        {
            inWork.TrySetResult();
            await release.Task;
            return "late";
        }));
        var call = lane.Transport().Caller.CallAsync(Host1, "slow", new JsonObject(), RpcContext.Admin("req-1"));
        await inWork.Task.WaitAsync(Wait.Patience);

        await lane.Broker.CtlAsync("close_all_connections", "--vhost", lane.Vhost, "test");
        release.SetResult();

        Assert.That((await call).GetString(), Is.EqualTo("late"));
    }
}
