using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Interop.Peers;

/// <summary>One exchange, topic and host, with the options of its services: what both sides of a row agree upon.</summary>
public sealed record Road(World World, string Exchange, string Topic, string Host)
{
    static int ids;

    public static Road New(World world) => new(world, world.Name("exchange"), world.Name("topic"), world.Name("host"));

    /// <summary>What the Python side is configured with; <see cref="Ours"/> must be the same in our words.</summary>
    public JsonObject Native { get; init; } = [];

    public Func<RabbitOptions, RabbitOptions> Ours { get; init; } = options => options;

    public string? Url { get; init; }

    public string Queue => $"{Topic}.{Host}";

    public RabbitOptions Options => Ours(new RabbitOptions
    {
        Hosts = [new("127.0.0.1", World.Broker.Port)],
        ControlExchange = Exchange,
        ProcessName = World.Name("cascade-interop"),
        RpcResponseTimeout = TimeSpan.FromSeconds(30),
    });

    public RpcTarget Target(string version = "6.0", string? ns = null) => new(Topic, RpcVersion.Parse(version), Host, ns);

    /// <summary>Starts a Python server of this topic and host.</summary>
    public async Task<string> StartNativeAsync(PythonPeer? peer = null)
    {
        var id = NextId();
        await (peer ?? World.Server).AskAsync(Command("start", id), "started");
        return id;
    }

    public Task StopNativeAsync(string id) => World.Server.AskAsync(new JsonObject { ["do"] = "stop", ["id"] = id }, "stopped");

    /// <summary>A call by the Python client: the event is <c>returned</c> or <c>raised</c>.</summary>
    public Task<JsonElement> NativeCallAsync(string method, JsonObject? args = null, Asked? how = null, PythonPeer? peer = null) =>
        (peer ?? World.Client).AskAsync(Request("call", method, args, how), "returned", "raised");

    public Task NativeCastAsync(string method, JsonObject? args = null, Asked? how = null, PythonPeer? peer = null) =>
        (peer ?? World.Client).AskAsync(Request("cast", method, args, how), "sent");

    JsonObject Request(string verb, string method, JsonObject? args, Asked? how)
    {
        var asked = how ?? new Asked();
        var command = Command(verb, NextId());
        command["method"] = method;
        command["args"] = args;
        command["server"] = asked.AnyServer || asked.Fanout ? null : Host;
        command["namespace"] = asked.Namespace;
        command["version"] = asked.Version;
        command["fanout"] = asked.Fanout ? true : null;
        command["timeout"] = verb == "call" ? asked.Timeout : null;
        command["monitor"] = asked.Monitor;
        command["context"] = asked.Context?.DeepClone();
        if (asked.Allowed is not null)
        {
            command["allowed"] = new JsonArray([.. asked.Allowed.Select(module => JsonValue.Create(module))]);
        }

        return command;
    }

    JsonObject Command(string verb, string id) => new()
    {
        ["do"] = verb,
        ["id"] = id,
        ["url"] = Url ?? World.Broker.TransportUrl(),
        ["exchange"] = Exchange,
        ["topic"] = Topic,
        ["server"] = Host,
        ["options"] = Native.DeepClone(),
    };

    static string NextId() => $"id{Interlocked.Increment(ref ids)}";
}

/// <summary>How a Python client asks.</summary>
public sealed record Asked(
    string? Version = "6.0",
    string? Namespace = null,
    bool AnyServer = false,
    bool Fanout = false,
    int Timeout = 30,
    int? Monitor = null,
    JsonObject? Context = null,
    string[]? Allowed = null);
