using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Interop.Calls;

/// <summary>Our caller asks a Python server (wire document §1.3, §2).</summary>
[TestFixtureSource(typeof(Generations))]
public class OursCallsNativeTests(Generation generation) : Row(generation)
{
    readonly RpcContext context = new(new JsonObject { ["request_id"] = "req-9", ["is_admin"] = true, ["of_tomorrow"] = new JsonArray(1, null) });
    Road road = null!;
    Ours ours = null!;
    string native = "";

    [OneTimeSetUp]
    public async Task StartANativeServer()
    {
        road = Road.New(World);
        ours = new(road);
        native = await road.StartNativeAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await road.StopNativeAsync(native);
        await ours.DisposeAsync();
    }

    [TestCase("null")]
    [TestCase("0")]
    [TestCase("[]")]
    [TestCase("\"h\\u00e9 \\u4e2d \\ud83d\\ude00 \\\" \\\\ \\u2028\"")]
    [TestCase("[1.5, 9223372036854775807, 1208925819614629174706176, {\"a\": {\"b\": null}}]")]
    public async Task A_result_comes_back(string value)
    {
        var result = await ours.Caller.CallAsync(road.Target(), "echo", new() { ["data"] = JsonNode.Parse(value) }, context);

        Assert.That(JsonElement.DeepEquals(result, JsonElement.Parse(value)), result.ToString());
        var seen = await World.Server.ExpectAsync("called", native);
        Assert.That(JsonElement.DeepEquals(seen.GetProperty("args").GetProperty("data"), JsonElement.Parse(value)), seen.ToString());
    }

    [Test]
    public async Task The_whole_context_arrives()
    {
        await ours.Caller.CallAsync(road.Target(), "nothing", [], context);

        var seen = (await World.Server.ExpectAsync("called", native)).GetProperty("context");
        foreach (var (key, value) in context.Members)
        {
            Assert.That(JsonNode.DeepEquals(JsonNode.Parse(seen.GetProperty(key).GetRawText()), value), key);
        }
    }

    [Test]
    public async Task A_call_to_any_server_and_one_to_a_namespace_are_answered()
    {
        var any = await ours.Caller.CallAsync(road.Target() with { Server = null }, "whoami", [], context);
        var task = await ours.Caller.CallAsync(road.Target("1.20", "compute_task"), "whoami", [], context);

        Assert.That(any[1].GetString(), Is.EqualTo("6.1"));
        Assert.That(task[0].GetString(), Is.EqualTo("compute_task"));
    }

    [TestCase(false, false, TestName = "A_cast_arrives(topic.server)")]
    [TestCase(true, false, TestName = "A_cast_arrives(topic)")]
    [TestCase(false, true, TestName = "A_cast_arrives(fanout)")]
    public async Task A_cast_arrives(bool anyServer, bool fanout)
    {
        var word = World.Name("word");
        var target = road.Target() with { Server = anyServer || fanout ? null : road.Host, Fanout = fanout };

        await ours.Caller.CastAsync(target, "echo", new() { ["data"] = word }, context);

        var seen = await World.Server.ExpectAsync("called", native);
        Assert.That(seen.GetProperty("args").GetProperty("data").GetString(), Is.EqualTo(word));
    }

    [Test]
    public async Task A_fanout_reaches_our_own_servers_too()
    {
        var endpoint = new OurEndpoint();
        await using var second = new Ours(road with { Host = World.Name("host") });
        await second.ServeAsync(endpoint);

        await ours.Caller.CastAsync(road.Target() with { Server = null, Fanout = true }, "echo", new() { ["data"] = "x" }, context);

        await endpoint.CalledAsync();
        await World.Server.ExpectAsync("called", native);
    }

    [TestCase("fail_nova", "nova.exception", "InstanceNotFound", "Instance i-1 could not be found.", TestName = "A_remote_exception_is_a_typed_fault(nova)")]
    [TestCase("fail_expected", "nova.exception", "InstanceNotFound", "Instance i-1 could not be found.", TestName = "A_remote_exception_is_a_typed_fault(expected)")]
    public void A_remote_exception_is_a_typed_fault(string method, string module, string type, string text)
    {
        var fault = Assert.ThrowsAsync<RpcFault>(() => ours.Caller.CallAsync(road.Target(), method, new() { ["instance_id"] = "i-1" }, context));

        Assert.That((fault.Module, fault.Class, fault.Message), Is.EqualTo((module, type, text)));
        Assert.That(fault.Kwargs["instance_id"]!.GetValue<string>(), Is.EqualTo("i-1"));
        Assert.That(fault.Kwargs["code"]!.GetValue<int>(), Is.EqualTo(404));
        Assert.That(fault.Traceback, Is.Not.Empty);
    }

    [TestCase("zzz", "6.0", "NoSuchMethod")]
    [TestCase("_private", "6.0", "NoSuchMethod")]
    [TestCase("echo", "6.9", "UnsupportedVersion")]
    [TestCase("echo", "5.0", "UnsupportedVersion")]
    [TestCase("size", "6.0", "TypeError")]
    public void A_refusal_of_a_native_server_has_its_class(string method, string version, string type)
    {
        var fault = Assert.ThrowsAsync<RpcFault>(() => ours.Caller.CallAsync(road.Target(version), method, [], context));

        Assert.That(fault.Is(type), fault.ToString());
    }

    [Test]
    public async Task What_is_no_JSON_to_anybody_but_Python_is_read_all_the_same()
    {
        var result = await ours.Caller.CallAsync(road.Target(), "not_a_number", [], context);
        var huge = await ours.Caller.CallAsync(road.Target(), "huge", [], context);

        Assert.That(result.GetArrayLength(), Is.EqualTo(3));
        Assert.That(huge.GetRawText(), Is.EqualTo("1208925819614629174706176"));
    }

    [Test]
    public async Task A_body_of_ten_megabytes_goes_there_and_back()
    {
        // ASCII: Python writes a letter like \u00e9 in seven bytes, and RabbitMQ 4 takes no message above 16 MiB by default (max_message_size).
        var text = new string('x', 10_000_000);

        var result = await ours.Caller.CallAsync(road.Target(), "echo", new() { ["data"] = text }, context);

        Assert.That(result.GetString(), Has.Length.EqualTo(text.Length));
        await World.Server.ExpectAsync("called", native);
    }

    [Test]
    public async Task A_call_to_a_server_that_never_was_ends_at_its_time_and_a_cast_is_dropped()
    {
        var nobody = road.Target() with { Server = "nobody" };

        await ours.Caller.CastAsync(nobody, "nothing", [], context);

        Assert.ThrowsAsync<RpcTimeoutException>(() => ours.Caller.CallAsync(nobody, "nothing", [], context, TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Three_hundred_calls_at_once_are_all_answered_each_with_its_own()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(at => ours.Caller.CallAsync(road.Target(), "echo", new() { ["data"] = at }, context)));

        Assert.That(answers.Select(answer => answer.GetInt32()), Is.EqualTo(Enumerable.Range(0, 300)));
        World.Server.Take("called", native);
    }
}
