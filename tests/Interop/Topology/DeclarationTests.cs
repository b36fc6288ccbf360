using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Interop.Topology;

/// <summary>
/// For each option set a Python server and ours, on topics of their own: what stands in the broker must be the same (wire document §1.2, §1.4). Then each serves
/// beside the other: nobody is refused with 406, and every message arrives.
/// </summary>
[TestFixtureSource(nameof(Sets))]
public class DeclarationTests(Generation generation, OptionSet set) : Row(generation)
{
    DeclarationScene scene = null!;

    public static IEnumerable<TestFixtureData> Sets() =>
        new Generations().SelectMany(generation => OptionSet.Of(generation).Select(set => new TestFixtureData(generation, set)));

    [OneTimeSetUp]
    public async Task DeclareEverything() => scene = await DeclarationScene.OfAsync(World);

    [Test]
    public void What_we_declare_is_what_a_native_server_declares()
    {
        var (native, ours) = scene.Roads[set.Name];

        var expected = scene.Entities.Of(native);
        Assert.That(expected, Has.Count.GreaterThan(6), "exchange, fanout exchange, three queues, three bindings");
        Assert.That(scene.Entities.Of(ours), Is.EqualTo(expected));
    }

    [Test]
    public void Our_reply_queue_is_what_a_native_caller_s_is()
    {
        var (native, ours) = scene.ReplyQueues[set.Name];

        Assert.That(scene.Entities.Arguments(ours), Is.EqualTo(scene.Entities.Arguments(native)));
    }

    [Test]
    public async Task Ours_serves_beside_a_native_server_of_the_same_topic_and_host()
    {
        var road = scene.Roads[set.Name].Native;
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint);

        // Both consume topic.host by turns, so each gets its share of an even number.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(at => road.NativeCallAsync("echo", new() { ["data"] = at })));

        Assert.That(answers.Select(answer => answer.GetProperty("event").GetString()), Is.All.EqualTo("returned"), answers[0].ToString());
        Assert.That(endpoint.Untaken, Is.GreaterThan(0));
        Assert.That(World.Server.Take("called", null), Is.Not.Empty);
    }

    [Test]
    public async Task A_native_server_serves_beside_ours_and_answers_our_caller()
    {
        var road = scene.Roads[set.Name].Ours with { Host = World.Name("host") };
        var id = await road.StartNativeAsync();
        await using var ours = new Ours(road);
        var word = World.Name("word");

        var result = await ours.Caller.CallAsync(road.Target(), "echo", new() { ["data"] = word }, RpcContext.Admin("req"));
        await ours.Caller.CastAsync(road.Target() with { Server = null, Fanout = true }, "echo", new JsonObject { ["data"] = word + "all" }, RpcContext.Admin("req"));

        Assert.That(result.GetString(), Is.EqualTo(word));
        // In any order, and a stream begins with its last chunk: older fanouts may come first.
        var awaited = new HashSet<string> { word, word + "all" };
        while (awaited.Count > 0)
        {
            awaited.Remove((await World.Server.ExpectAsync("called", id)).GetProperty("args").GetProperty("data").GetString()!);
        }

        await road.StopNativeAsync(id);
    }

    [Test]
    public async Task A_fanout_of_a_native_client_reaches_ours()
    {
        var road = scene.Roads[set.Name].Ours with { Host = World.Name("host") };
        await using var ours = new Ours(road);
        var endpoint = new OurEndpoint();
        await ours.ServeAsync(endpoint);
        var word = World.Name("word");

        await road.NativeCastAsync("echo", new() { ["data"] = word }, new(Fanout: true));

        // A stream begins with its last chunk: older fanouts may come first.
        while ((await endpoint.CalledAsync()).Arguments.GetProperty("data").GetString() != word)
        {
        }
    }
}
