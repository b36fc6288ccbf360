using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Interop.Wire;

/// <summary>
/// The same request and the same reply from a Python peer and from ours, taken off the broker by a third party: properties and members must be the
/// same (wire document §1.3, §2.1, §2.3).
/// </summary>
[TestFixtureSource(typeof(Generations))]
public class FrameTests(Generation generation) : Row(generation)
{
    // RabbitMQ.Client 7 numbers what it tracks, to know a returned message again (Channel.BasicPublish.cs); every peer ignores it.
    static readonly string[] Client = ["x-dotnet-pub-seq-no"];
    static readonly string[] Chance = ["_msg_id", "_reply_q", "_unique_id"];

    [TestCase("call", null, false, TestName = "Our_request_is_a_native_one(call)")]
    [TestCase("call", null, true, TestName = "Our_request_is_a_native_one(call with monitor)")]
    [TestCase("call", "compute_task", false, TestName = "Our_request_is_a_native_one(call with namespace)")]
    [TestCase("cast", null, false, TestName = "Our_request_is_a_native_one(cast)")]
    [TestCase("fanout", null, false, TestName = "Our_request_is_a_native_one(fanout)")]
    public async Task Our_request_is_a_native_one(string kind, string? ns, bool monitored)
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        await using var raw = await RawBus.ConnectAsync(road);
        var fanout = kind == "fanout";
        var exchange = fanout ? road.Topic + "_fanout" : road.Exchange;
        await raw.Channel.ExchangeDeclareAsync(exchange, fanout ? "fanout" : "topic", durable: false, autoDelete: fanout);
        var taken = await raw.TakeAsync(World.Name("tap"), exchange, fanout ? "" : road.Queue);
        var context = new JsonObject { ["request_id"] = "req-1", ["roles"] = new JsonArray("a"), ["x"] = null };
        var args = new JsonObject { ["data"] = new JsonObject { ["a"] = 1.5, ["b"] = "h\u00e9" } };
        var how = new Asked(Namespace: ns, Version: "1.2", Context: context, Timeout: 2, Monitor: monitored ? 2 : null, Fanout: fanout);
        var target = road.Target("1.2", ns) with { Fanout = fanout, Server = fanout ? null : road.Host };

        // Nobody answers: both calls end in a time-out, which is not what is looked at here.
        var nativeEnd = kind == "call" ? road.NativeCallAsync("echo", args.DeepClone().AsObject(), how) : road.NativeCastAsync("echo", args.DeepClone().AsObject(), how);
        var native = await RawBus.NextAsync(taken);
        var ourEnd = kind == "call"
            ? ours.Caller.CallAsync(target, "echo", args, new(context), TimeSpan.FromSeconds(2), monitored ? TimeSpan.FromSeconds(2) : null)
            : ours.Caller.CastAsync(target, "echo", args, new(context));
        var our = await RawBus.NextAsync(taken);

        AssertSame(our, native);
        await nativeEnd;
        await ourEnd.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [TestCase("echo", TestName = "Our_reply_is_a_native_one(result)")]
    [TestCase("nothing", TestName = "Our_reply_is_a_native_one(None)")]
    [TestCase("fail_nova", TestName = "Our_reply_is_a_native_one(failure)")]
    public async Task Our_reply_is_a_native_one(string method)
    {
        var road = Road.New(World);
        var id = await road.StartNativeAsync();
        var ourRoad = road with { Host = World.Name("host") };
        await using var ours = new Ours(ourRoad);
        await ours.ServeAsync(new OurEndpoint(), listen: new(road.Topic, ourRoad.Host) { Private = false });
        await using var raw = await RawBus.ConnectAsync(road);
        var reply = World.Name("reply_tap");
        var taken = await raw.TakeAsync(reply);

        var request = Broken.OddRequest.Ordinary(reply, "m1");
        request["method"] = method;
        request["args"] = method switch
        {
            "echo" => new JsonObject { ["data"] = new JsonObject { ["u"] = "\u00e9" } },
            "nothing" => new JsonObject(),
            _ => new JsonObject { ["instance_id"] = "i-1" },
        };
        await raw.PublishAsync(road.Exchange, road.Queue, RawBus.Envelope(request));
        var native = await RawBus.NextAsync(taken);
        request["_unique_id"] = Guid.NewGuid().ToString("N");
        await raw.PublishAsync(road.Exchange, ourRoad.Queue, RawBus.Envelope(request));
        var our = await RawBus.NextAsync(taken);

        AssertSame(our, native);
        await road.StopNativeAsync(id);
    }

    static void AssertSame(RawMessage our, RawMessage native)
    {
        Assert.That(Properties(our), Is.EqualTo(Properties(native)));
        Assert.That(Envelope(our), Is.EqualTo(Envelope(native)));
        var (ourInner, nativeInner) = (Members(our), Members(native));
        Assert.That(ourInner.Keys, Is.EquivalentTo(nativeInner.Keys));
        foreach (var (key, value) in nativeInner)
        {
            if (Chance.Contains(key) && value.ValueKind == JsonValueKind.String)
            {
                Assert.That(ourInner[key].GetString(), Does.Match(value.GetString()!.StartsWith("reply_", StringComparison.Ordinal) ? "^reply_[0-9a-f]{32}$" : "^([0-9a-f]{32}|m1)$"), key);
            }
            else if (key == "failure" && value.ValueKind == JsonValueKind.String)
            {
                AssertSameFailure(JsonElement.Parse(ourInner[key].GetString()!), JsonElement.Parse(value.GetString()!));
            }
            else
            {
                Assert.That(JsonElement.DeepEquals(ourInner[key], value), $"{key}: {ourInner[key]} instead of {value}");
            }
        }
    }

    static void AssertSameFailure(JsonElement our, JsonElement native)
    {
        foreach (var member in native.EnumerateObject())
        {
            var mine = our.GetProperty(member.Name);
            if (member.Name == "tb")
            {
                Assert.That(mine.EnumerateArray().Select(line => line.GetString()), Is.Not.Empty.And.All.EndsWith("\n"));
            }
            else
            {
                Assert.That(JsonElement.DeepEquals(mine, member.Value), $"{member.Name}: {mine} instead of {member.Value}");
            }
        }
    }

    static string Properties(RawMessage message)
    {
        var of = message.Properties;
        return string.Join(
            ' ',
            of.ContentType, of.ContentEncoding, of.DeliveryMode, of.Priority, of.Expiration, string.Join(',', of.Headers?.Keys.Except(Client) ?? []), of.CorrelationId, of.ReplyTo, of.MessageId, of.Type, of.AppId, of.UserId, of.IsTimestampPresent());
    }

    static string Envelope(RawMessage message) =>
        string.Join(' ', JsonElement.Parse(message.Body).EnumerateObject().Select(member => member.Name == "oslo.message" ? member.Name : member.ToString()));

    static Dictionary<string, JsonElement> Members(RawMessage message) => message.Inner.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
}
