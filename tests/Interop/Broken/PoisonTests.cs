using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Support;

namespace Cascade.Interop.Broken;

/// <summary>Casts that cannot be served: put aside and taken up again in order, or given up where an operator finds them.</summary>
[TestFixtureSource(typeof(Generations))]
public class PoisonTests(Generation generation) : Row(generation)
{
    [Test]
    public async Task A_cast_that_always_fails_ends_in_the_dead_letters_and_the_next_one_is_served()
    {
        var road = Road.New(World);
        // The pauses between attempts are seconds by the rules.
        await using var ours = new Ours(road, new FastClock(50));
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint, options => options with { PoisonAfter = 3 }, new(road.Topic, road.Host));

        await road.NativeCastAsync("fail_ours", how: new(Context: new() { ["request_id"] = "req-poison" }));
        await ours.Log.SaysAsync(1304);
        var next = await road.NativeCallAsync("echo", new() { ["data"] = 1 });

        Assert.That(next.GetProperty("value").GetInt32(), Is.EqualTo(1));
        var letters = await ours.DeadLettersAsync();
        Assert.That(letters.Select(letter => (letter.Method, letter.RequestId)), Is.EqualTo(new[] { ("fail_ours", "req-poison") }));
        Assert.That(letters[0].Reason, Does.Contain("3 times"));
    }

    [TestCase("zzz", "6.0", TestName = "A_cast_that_nobody_can_serve_is_kept(unknown method)")]
    [TestCase("echo", "7.0", TestName = "A_cast_that_nobody_can_serve_is_kept(wrong version)")]
    [TestCase("size", "6.0", TestName = "A_cast_that_nobody_can_serve_is_kept(half an argument)")]
    public async Task A_cast_that_nobody_can_serve_is_kept(string method, string version)
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        await ours.ServeAsync(new OurEndpoint(), listen: new(road.Topic, road.Host));

        await road.NativeCastAsync(method, how: new(Version: version));
        var letters = await ours.DeadLettersAsync();

        Assert.That(letters.Select(letter => letter.Method), Is.EqualTo(new[] { method }));
    }

    [Test]
    public async Task A_dead_letter_that_an_operator_puts_back_is_served()
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint { Before = _ => throw new UnservableException(Oslo.Wire.Failures.OsloFaults.NoSuchMethod("echo")) };
        await ours.ServeAsync(endpoint, listen: new(road.Topic, road.Host));
        await road.NativeCastAsync("echo", new() { ["data"] = 7 });
        await endpoint.CalledAsync();
        await ours.DeadLettersAsync();

        endpoint.Before = null;
        var count = await ours.Transport.DeadLetters.RequeueAsync(road.Queue, _ => true, CancellationToken.None);

        Assert.That(count, Is.EqualTo(1));
        Assert.That((await endpoint.CalledAsync()).Arguments.GetProperty("data").GetInt32(), Is.EqualTo(7));
        Assert.That(await ours.Transport.DeadLetters.ListAsync(road.Queue, CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task Parked_casts_come_back_in_order_before_what_came_later_and_calls_are_answered_meanwhile()
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint();
        var server = await ours.ServeAsync(endpoint, options => options with { Concurrency = 1 }, new(road.Topic, road.Host));
        await server.ParkAsync("the child is away", CancellationToken.None);

        for (var at = 0; at < 50; at++)
        {
            await road.NativeCastAsync("echo", new() { ["data"] = at });
        }

        var meanwhile = await road.NativeCallAsync("echo", new() { ["data"] = -1 });
        Assert.That(meanwhile.GetProperty("value").GetInt32(), Is.EqualTo(-1));
        Assert.That((await endpoint.CalledAsync()).IsCall, Is.True, "no cast was begun");
        await server.ResumeAsync(CancellationToken.None);
        for (var at = 50; at < 60; at++)
        {
            await road.NativeCastAsync("echo", new() { ["data"] = at });
        }

        for (var at = 0; at < 60; at++)
        {
            Assert.That((await endpoint.CalledAsync()).Arguments.GetProperty("data").GetInt32(), Is.EqualTo(at));
        }
    }

    [Test]
    public async Task Parked_casts_outlive_the_process_that_parked_them()
    {
        var road = Road.New(World);
        var before = new Ours(road);
        var server = await before.ServeAsync(new OurEndpoint(), listen: new(road.Topic, road.Host));
        await server.ParkAsync("the child is away", CancellationToken.None);
        for (var at = 0; at < 10; at++)
        {
            await road.NativeCastAsync("echo", new() { ["data"] = at });
        }

        await before.DisposeAsync();
        await using var after = new Ours(road);
        var endpoint = new OurEndpoint();
        await after.ServeAsync(endpoint, options => options with { Concurrency = 1 }, new(road.Topic, road.Host));

        for (var at = 0; at < 10; at++)
        {
            Assert.That((await endpoint.CalledAsync()).Arguments.GetProperty("data").GetInt32(), Is.EqualTo(at));
        }
    }

    [Test]
    public async Task A_cast_whose_handler_says_that_the_child_is_away_is_not_lost_and_a_call_hears_it_at_once()
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint { Before = _ => throw new ParkException("the child does not answer") };
        var server = await ours.ServeAsync(endpoint, listen: new(road.Topic, road.Host));

        await road.NativeCastAsync("echo", new() { ["data"] = "kept" });
        await ours.Log.SaysAsync(1301);
        var call = await road.NativeCallAsync("echo", new() { ["data"] = 1 });
        Assert.That(call.GetProperty("text").GetString(), Does.Contain("the child does not answer"));
        await endpoint.CalledAsync();
        await endpoint.CalledAsync();
        endpoint.Before = null;
        await server.ResumeAsync(CancellationToken.None);

        Assert.That((await endpoint.CalledAsync()).Arguments.GetProperty("data").GetString(), Is.EqualTo("kept"));
    }
}
