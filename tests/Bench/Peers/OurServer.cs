using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Serving;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.Bench.Peers;

/// <summary>Our server behind a contents page, as an agent has it: answers echo with what it was given.</summary>
sealed class OurServer(RabbitTransport transport) : IServiceProvider, IHandle<EchoCall>
{
    long left;
    TaskCompletionSource drained = new();

    public static RabbitTransport Transport(int port, string name) => new(
        new RabbitOptions { Hosts = [new("127.0.0.1", port)], ControlExchange = Messages.Exchange, ProcessName = name },
        NullLoggerFactory.Instance,
        TimeProvider.System);

    public static async Task RunAsync(int port)
    {
        await using var transport = Transport(port, "bench-server");
        var ours = new OurServer(transport);
        await Commands.ServeAsync(ours.AnswerAsync);
    }

    public object? GetService(Type serviceType) => this;

    public Task<JsonNode?> HandleAsync(EchoCall call, RpcContext context, CancellationToken cancelled)
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            drained.TrySetResult();
        }

        // Still the bytes that came: a node is made of them only if somebody looks.
        return Task.FromResult<JsonNode?>(call.Data.ValueKind == JsonValueKind.Object ? JsonObject.Create(call.Data) : JsonValue.Create(call.Data));
    }

    async Task<string> AnswerAsync(string[] command)
    {
        switch (command)
        {
            case ["serve", var topic]:
                await ServeAsync(RpcListen.Native(topic, "host"));
                return "serving";
            case ["serve-private", var topic]:
                await ServeAsync(new(topic, "host"));
                return "serving";
            case ["drain", var topic, var count]:
                drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
                left = int.Parse(count);
                var began = Stopwatch.GetTimestamp();
                var server = await ServeAsync(RpcListen.Native(topic, "host"));
                await drained.Task;
                var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
                await server.DisposeAsync();
                return $"done {count} {took:F3} 0";
            default:
                return "what?";
        }
    }

    async Task<RpcServer> ServeAsync(RpcListen listen)
    {
        var table = new RpcTable(listen.Topic, new(6, 0)).Answer<EchoCall, OurServer>();
        var server = transport.CreateServer(new RpcServerOptions { Listen = [listen] }, table.On(this));
        await server.StartAsync(CancellationToken.None);
        return server;
    }
}

sealed record EchoCall(JsonElement Data) : IRpcCall<EchoCall>
{
    public static RpcName Name => new("echo", new(6, 0));

    public static JsonTypeInfo<EchoCall> Wire => BenchJson.Default.EchoCall;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EchoCall))]
sealed partial class BenchJson : JsonSerializerContext;
