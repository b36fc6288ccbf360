using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Support;

namespace Cascade.Interop.Calls;

/// <summary>A Python client asks our server: results, names, contexts (wire document §1.2, §2.1 to §2.3).</summary>
[TestFixtureSource(typeof(Generations))]
public class NativeCallsOursTests(Generation generation) : Row(generation)
{
    Road road = null!;
    Ours ours = null!;
    OurEndpoint endpoint = null!;

    [OneTimeSetUp]
    public async Task StartOurServer()
    {
        road = Road.New(World);
        ours = new(road);
        endpoint = new();
        await ours.ServeAsync(endpoint);
    }

    [OneTimeTearDown]
    public async Task StopOurServer() => await ours.DisposeAsync();

    static IEnumerable<TestCaseData<string, string>> Values() =>
    [
        new("null", "no result") { TestName = "A_result_comes_back(nothing)" },
        new("0", "falsy, and yet a result") { TestName = "A_result_comes_back(zero)" },
        new("\"\"", "falsy, and yet a result") { TestName = "A_result_comes_back(empty text)" },
        new("[]", "falsy, and yet a result") { TestName = "A_result_comes_back(empty list)" },
        new("false", "falsy, and yet a result") { TestName = "A_result_comes_back(false)" },
        new("\"h\\u00e9 \\u4e2d \\ud83d\\ude00 \\u0000 \\\" \\\\ \\u2028\"", "non-ASCII, astral, NUL, quotes, line separator") { TestName = "A_result_comes_back(non-ASCII)" },
        new("[1.5, 1e300, -0.0, 9223372036854775807, 1208925819614629174706176]", "numbers of Python") { TestName = "A_result_comes_back(numbers)" },
        new("{\"nova_object.name\": \"Instance\", \"nova_object.data\": {\"a\": null}, \"k\": [[[{}]]]}", "nested") { TestName = "A_result_comes_back(nested)" },
    ];

    [TestCaseSource(nameof(Values))]
    public async Task A_result_comes_back(string value, string reason)
    {
        var answer = await road.NativeCallAsync("echo", new() { ["data"] = JsonNode.Parse(value) });

        Assert.That(answer.GetProperty("event").GetString(), Is.EqualTo("returned"), answer.ToString());
        Assert.That(JsonElement.DeepEquals(answer.GetProperty("value"), JsonElement.Parse(value)), answer.ToString());
        Assert.That(answer.GetProperty("value").GetRawText().Contains("1208925819614629174706176"), Is.EqualTo(value.Contains("1208925819614629174706176")), reason);
        await endpoint.CalledAsync();
    }

    [TestCase(false, TestName = "A_call_reaches_us(topic.server)")]
    [TestCase(true, TestName = "A_call_reaches_us(topic)")]
    public async Task A_call_reaches_us(bool anyServer)
    {
        var answer = await road.NativeCallAsync("whoami", how: new(AnyServer: anyServer));

        Assert.That(answer.GetProperty("value")[1].GetString(), Is.EqualTo("6.1"));
        Assert.That((await endpoint.CalledAsync()).IsCall, Is.True);
    }

    [TestCase(false, false, TestName = "A_cast_reaches_us_and_is_not_answered(topic.server)")]
    [TestCase(true, false, TestName = "A_cast_reaches_us_and_is_not_answered(topic)")]
    [TestCase(false, true, TestName = "A_cast_reaches_us_and_is_not_answered(fanout)")]
    public async Task A_cast_reaches_us_and_is_not_answered(bool anyServer, bool fanout)
    {
        var context = new JsonObject { ["request_id"] = "req-1", ["user_id"] = "u", ["roles"] = new JsonArray("admin"), ["of_tomorrow"] = new JsonObject { ["x"] = 1 } };

        await road.NativeCastAsync("echo", new() { ["data"] = 7 }, new(AnyServer: anyServer, Fanout: fanout, Context: context));

        var seen = await endpoint.CalledAsync();
        Assert.That(seen.IsCall, Is.False);
        Assert.That(seen.Arguments.GetProperty("data").GetInt32(), Is.EqualTo(7));
        Assert.That(JsonNode.DeepEquals(seen.Context.Members, context), "the whole context, what we do not know included: " + seen.Context.Members);
    }

    [Test]
    public async Task A_fanout_reaches_a_native_server_and_ours_of_the_same_topic()
    {
        var native = await (road with { Host = World.Name("host") }).StartNativeAsync();

        await road.NativeCastAsync("echo", new() { ["data"] = "all" }, new(Fanout: true));

        Assert.That((await World.Server.ExpectAsync("called", native)).GetProperty("args").GetProperty("data").GetString(), Is.EqualTo("all"));
        Assert.That((await endpoint.CalledAsync()).Arguments.GetProperty("data").GetString(), Is.EqualTo("all"));
        await road.StopNativeAsync(native);
    }

    [Test]
    public async Task A_namespace_has_its_own_methods_and_version()
    {
        var answer = await road.NativeCallAsync("whoami", how: new(Version: "1.20", Namespace: "compute_task"));

        Assert.That(answer.GetProperty("value")[0].GetString(), Is.EqualTo("compute_task"));
        await endpoint.CalledAsync();
    }

    [Test]
    public async Task A_body_of_ten_megabytes_arrives()
    {
        var answer = await road.NativeCallAsync("size", new() { ["data"] = new string('x', 10_000_000) });

        Assert.That(answer.GetProperty("value").GetInt32(), Is.EqualTo(10_000_000));
        await endpoint.CalledAsync();
    }

    [Test]
    public async Task Three_hundred_calls_at_once_are_all_answered_each_with_its_own()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(at => road.NativeCallAsync("echo", new() { ["data"] = at })));

        Assert.That(answers.Select(answer => answer.GetProperty("value").GetInt32()), Is.EqualTo(Enumerable.Range(0, 300)));
        for (var at = 0; at < 300; at++)
        {
            await endpoint.CalledAsync();
        }
    }
}
