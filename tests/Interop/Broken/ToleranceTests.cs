using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Support;
using RabbitMQ.Client;

namespace Cascade.Interop.Broken;

/// <summary>
/// Odd and malformed requests (the rows of the recorded tolerance table), given to a Python server and to ours: both answer the same, or neither does.
/// After each of them our server goes on, and what it could not read stands in the dead letters.
/// </summary>
[TestFixtureSource(typeof(Generations))]
public class ToleranceTests(Generation generation) : Row(generation)
{
    Road nativeRoad = null!;
    Road ourRoad = null!;
    Ours ours = null!;
    RawBus raw = null!;
    string native = "";

    [OneTimeSetUp]
    public async Task StartBothServers()
    {
        nativeRoad = Road.New(World);
        ourRoad = nativeRoad with { Topic = World.Name("topic") };
        native = await nativeRoad.StartNativeAsync();
        ours = new(ourRoad);
        await ours.ServeAsync(new OurEndpoint());
        raw = await RawBus.ConnectAsync(nativeRoad);
    }

    [OneTimeTearDown]
    public async Task StopBoth()
    {
        await nativeRoad.StopNativeAsync(native);
        await ours.DisposeAsync();
        await raw.DisposeAsync();
    }

    public static IEnumerable<OddRequest> Rows() => OddRequest.All;

    [TestCaseSource(nameof(Rows))]
    public async Task An_odd_request_is_answered_as_natively(OddRequest odd)
    {
        var fromNative = await AskAsync(nativeRoad, odd);
        var fromOurs = await AskAsync(ourRoad, odd);

        Assert.That(fromOurs is null, Is.EqualTo(fromNative is null), $"native: {fromNative} ours: {fromOurs}");
        if (fromNative is not { } wanted || fromOurs is not { } got)
        {
            return;
        }

        if (odd.SameClass)
        {
            Assert.That(Failure(got).Class, Is.EqualTo(Failure(wanted).Class), $"native: {wanted} ours: {got}");
        }

        Assert.That(Failure(got).Class is null, Is.EqualTo(Failure(wanted).Class is null), $"native: {wanted} ours: {got}");
        if (odd.SameText)
        {
            Assert.That(Failure(got).Message, Is.EqualTo(Failure(wanted).Message));
            Assert.That(JsonElement.DeepEquals(got.GetProperty("result"), wanted.GetProperty("result")), $"native: {wanted} ours: {got}");
        }

        Assert.That(got.GetProperty("ending").GetBoolean(), Is.True);
    }

    // The odd request, then an ordinary one to the same queue: when that is answered, the odd one has been dealt with.
    async Task<JsonElement?> AskAsync(Road road, OddRequest odd)
    {
        var reply = World.Name("reply_raw");
        var replies = await raw.TakeAsync(reply);
        await raw.PublishAsync(road.Exchange, road.Queue, odd.Body(reply), odd.Change);
        await raw.PublishAsync(road.Exchange, road.Queue, RawBus.Envelope(OddRequest.Ordinary(reply, "ordinary")));
        JsonElement? answer = null;
        var ordinary = false;
        // Servers answer in any order: an odd one that is to be answered is waited for, whoever was first.
        while (!ordinary || (odd.Answered && answer is null))
        {
            var message = (await RawBus.NextAsync(replies)).Body;
            // NaN and friends are no JSON.
            var text = JsonElement.Parse(Encoding.UTF8.GetString(message)).GetProperty("oslo.message").GetString()!.Replace("-Infinity", "null").Replace("Infinity", "null").Replace("NaN", "null");
            var inner = JsonElement.Parse(text);
            if (inner.GetProperty("_msg_id").GetString() == "ordinary")
            {
                ordinary = true;
            }
            else
            {
                answer = inner;
            }
        }

        return answer;
    }

    static (string? Class, string? Message) Failure(JsonElement reply)
    {
        if (reply.GetProperty("failure").ValueKind == JsonValueKind.Null)
        {
            return (null, null);
        }

        var failure = JsonElement.Parse(reply.GetProperty("failure").GetString()!);
        return (failure.GetProperty("class").GetString(), failure.GetProperty("message").GetString());
    }
}

/// <summary>One row of the tolerance table.</summary>
public sealed record OddRequest(string Name, bool Answered, Func<string, byte[]> Body)
{
    static readonly JsonArray Data = ["x"];

    public Action<BasicProperties> Change { get; init; } = _ => { };

    /// <summary>False where the words of Python's own exceptions name its own things.</summary>
    public bool SameText { get; init; } = true;

    /// <summary>False where a Python server stumbles instead of refusing.</summary>
    public bool SameClass { get; init; } = true;

    public static IReadOnlyList<OddRequest> All { get; } =
    [
        new("normal", true, reply => Wrapped(reply)),
        new("no content_type, no encoding", false, reply => Wrapped(reply)) { Change = properties => { properties.ClearContentType(); properties.ClearContentEncoding(); } },
        new("content_type only", true, reply => Wrapped(reply)) { Change = properties => properties.ClearContentEncoding() },
        new("content_type text/plain", false, reply => Wrapped(reply)) { Change = properties => properties.ContentType = "text/plain" },
        new("content_type with charset", false, reply => Wrapped(reply)) { Change = properties => properties.ContentType = "application/json; charset=utf-8" },
        new("envelope version 2.1", false, reply => RawBus.Envelope(Ordinary(reply, "odd"), "2.1")),
        new("envelope version 2.0 as number", false, reply => RawBus.Envelope(Ordinary(reply, "odd"), 2.0)),
        new("envelope version 3.0", false, reply => RawBus.Envelope(Ordinary(reply, "odd"), "3.0")),
        new("no envelope", true, reply => Encoding.UTF8.GetBytes(Ordinary(reply, "odd").ToJsonString())),
        new("no _unique_id", true, reply => Wrapped(reply, request => request.Remove("_unique_id"))),
        new("no args", true, reply => Wrapped(reply, request => { request.Remove("args"); request["method"] = "nothing"; })),
        new("no version", true, reply => Wrapped(reply, request => request.Remove("version"))),
        new("namespace null", true, reply => Wrapped(reply, request => request["namespace"] = null)),
        // Python's own slip; an answer that names the version is better than its IndexError.
        new("version without minor", true, reply => Wrapped(reply, request => request["version"] = "6")) { SameText = false, SameClass = false },
        new("version with revision", true, reply => Wrapped(reply, request => request["version"] = "6.1.5")),
        new("missing argument", true, reply => Wrapped(reply, request => { request["method"] = "size"; request["args"] = new JsonObject(); })) { SameText = false },
        new("byte order mark", false, reply => [0xEF, 0xBB, 0xBF, .. Wrapped(reply)]),
        new("unknown top-level member", true, reply => Wrapped(reply, request => request["of_tomorrow"] = 1)),
        new("_timeout as text", true, reply => Wrapped(reply, request => request["_timeout"] = "4")),
        new("_timeout under two seconds", true, reply => Wrapped(reply, request => request["_timeout"] = 1)),
        new("no _timeout", true, reply => Wrapped(reply, request => request.Remove("_timeout"))),
        new("NaN and Infinity", true, reply => Text(reply, "[NaN, Infinity, -Infinity]")),
        new("lone surrogate", true, reply => Text(reply, "\"\\ud800x\"")) { SameText = false },
        new("delivery_mode 1, nothing else", true, reply => Wrapped(reply))
            { Change = properties => { properties.DeliveryMode = DeliveryModes.Transient; properties.ClearPriority(); properties.ClearHeaders(); } },
        new("raw UTF-8", true, reply => Text(reply, "\"\u00e9\u4e2d\U0001F600\"")),
        new("the same key twice", true, reply => Text(reply, "{\"a\": 1, \"a\": 2}")),
        new("no JSON at all", false, _ => "hello"u8.ToArray()),
        new("an empty body", false, _ => []),
        new("a list instead of an object", false, _ => "[1, 2]"u8.ToArray()),
        new("inner message is no JSON", false, _ => "{\"oslo.version\": \"2.0\", \"oslo.message\": \"{\"}"u8.ToArray()),
        new("inner message is a list", false, _ => "{\"oslo.version\": \"2.0\", \"oslo.message\": \"[1]\"}"u8.ToArray()),
        new("not UTF-8", false, _ => [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D]),
    ];

    public static JsonObject Ordinary(string reply, string messageId) => new()
    {
        ["method"] = "echo",
        ["args"] = new JsonObject { ["data"] = Data.DeepClone() },
        ["version"] = "6.0",
        ["_msg_id"] = messageId,
        ["_reply_q"] = reply,
        ["_timeout"] = null,
        ["_unique_id"] = Guid.NewGuid().ToString("N"),
        ["_context_request_id"] = "req-odd",
    };

    public override string ToString() => Name;

    static byte[] Wrapped(string reply, Action<JsonObject>? change = null)
    {
        var request = Ordinary(reply, "odd");
        change?.Invoke(request);
        return RawBus.Envelope(request);
    }

    // The argument as it is written here, not as a serializer of ours would.
    static byte[] Text(string reply, string data)
    {
        var request = Ordinary(reply, "odd");
        request["args"]!["data"] = "DATA";
        var inner = request.ToJsonString().Replace("\"DATA\"", data);
        return Encoding.UTF8.GetBytes($"{{\"oslo.version\": \"2.0\", \"oslo.message\": \"{inner.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"}}");
    }
}
