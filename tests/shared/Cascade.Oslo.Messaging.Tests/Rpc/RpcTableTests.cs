using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Tests.Rpc;

public sealed record BuildCall(VersionedObject Instance, int Count, JsonObject? Image, bool Clean = true) : IRpcCall<BuildCall>
{
    public static RpcName Name => new("build", new(6, 0));

    public static JsonTypeInfo<BuildCall> Wire => TestCalls.Default.BuildCall;
}

public sealed record PingCall(string Arg) : IRpcCall<PingCall>
{
    public static RpcName Name => new("ping", new(1, 0), "baseapi");

    public static JsonTypeInfo<PingCall> Wire => TestCalls.Default.PingCall;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BuildCall))]
[JsonSerializable(typeof(PingCall))]
sealed partial class TestCalls : JsonSerializerContext;

[TestFixture]
public sealed class RpcTableTests : IServiceProvider
{
    sealed class Build : IHandle<BuildCall>
    {
        public Task<JsonNode?> HandleAsync(BuildCall call, RpcContext context, CancellationToken cancelled) =>
            Task.FromResult<JsonNode?>($"{call.Instance.Name} {call.Count} {call.Clean} {call.Image?.Count}");
    }

    sealed class Ping : IHandle<PingCall>
    {
        public Task<JsonNode?> HandleAsync(PingCall call, RpcContext context, CancellationToken cancelled) => Task.FromResult<JsonNode?>(call.Arg);
    }

    static RpcTable Table => new RpcTable("compute", new(6, 1))
        .In("baseapi", new(1, 1))
        .Answer<BuildCall, Build>()
        .Answer<PingCall, Ping>()
        .Decline("migrate", "a child moves its own")
        .Decline("resize", () => new RpcFault("nova.exception", "InstanceFaultRollback", "no"), "not yet");

    public object? GetService(Type serviceType) => serviceType == typeof(Build) ? new Build() : serviceType == typeof(Ping) ? new Ping() : null;

    Task<JsonNode?> ServeAsync(string message) => Table.On(this).ServeAsync(RpcRequest.Read(Encoding.UTF8.GetBytes(message)), CancellationToken.None);

    const string Instance = """{"nova_object.name": "Instance", "nova_object.data": {}}""";

    [Test]
    public async Task A_method_is_served_by_its_handler_with_its_arguments_read()
    {
        var answer = await ServeAsync($$"""{"method": "build", "version": "6.0", "args": {"instance": {{Instance}}, "count": 2, "image": null, "novelty": 1} }""");

        Assert.That((string?)answer, Is.EqualTo("Instance 2 True "), "a novelty of a newer parent is ignored, a default is taken");
    }

    [Test]
    public async Task A_namespace_has_its_own_version() =>
        Assert.That((string?)await ServeAsync("""{"method": "ping", "namespace": "baseapi", "version": "1.1", "args": {"arg": "hi"}}"""), Is.EqualTo("hi"));

    [TestCase("""{"method": "build", "version": "6.2"}""", "UnsupportedVersion", "Endpoint does not support RPC version 6.2. Attempted method: build", TestName = "a newer minor")]
    [TestCase("""{"method": "build", "version": "6"}""", "UnsupportedVersion", "Endpoint does not support RPC version 6. Attempted method: build", TestName = "no minor")]
    [TestCase("""{"method": "build"}""", "UnsupportedVersion", "Endpoint does not support RPC version 1.0. Attempted method: build", TestName = "no version")]
    [TestCase("""{"method": "ping", "namespace": "other", "version": "1.0"}""", "UnsupportedVersion", "Endpoint does not support RPC version 1.0. Attempted method: ping", TestName = "an unknown namespace")]
    [TestCase("""{"method": "nope", "version": "6.0"}""", "NoSuchMethod", "Endpoint does not support RPC method nope", TestName = "an unknown method")]
    [TestCase("""{"method": "build", "version": "6.0", "args": {"image": null}}""", "TypeError", "build() missing 2 required arguments: 'instance', 'count'", TestName = "missing arguments")]
    [TestCase("""{"method": "build", "version": "6.0", "args": [1]}""", "TypeError", "build() argument after ** must be a mapping, not Array", TestName = "no arguments at all")]
    [TestCase("""{"method": "build", "version": "6.0", "args": {"instance": {"nova_object.name": "I"}, "count": 1}}""", "TypeError", "build() cannot read $.instance: expected a versioned object with the members .name and .data", TestName = "half an object")]
    [TestCase("""{"method": "build", "version": "6.0", "args": {"instance": {"nova_object.name": "I", "nova_object.data": {}}, "count": "many"}}""", "TypeError", "build() cannot read $.count", TestName = "a value of another kind")]
    public void What_can_never_be_served_is_told_as_natively(string message, string @class, string text)
    {
        var told = Assert.ThrowsAsync<UnservableException>(() => ServeAsync(message))!.Fault;

        Assert.That((told.Class, told.Message), Is.EqualTo((@class, text)));
    }

    [TestCase("migrate", "builtins.NotImplementedError: migrate: a child moves its own")]
    [TestCase("resize", "nova.exception.InstanceFaultRollback: no")]
    public void What_is_declined_is_told_with_its_reason(string method, string told) =>
        Assert.That(Assert.ThrowsAsync<RpcFault>(() => ServeAsync($$"""{"method": "{{method}}", "version": "6.0"}"""))!.ToString(), Is.EqualTo(told));

    [Test]
    public void The_page_lists_every_method_once()
    {
        Assert.That(Table.Methods.Select(entry => entry.Method), Is.EquivalentTo(["build", "ping", "migrate", "resize"]));
        Assert.Throws<ArgumentException>(() => Table.Decline("build", "twice"));
    }

    [Test]
    public void A_service_may_want_another_answer_to_an_unknown_method() =>
        Assert.That(
            Assert.ThrowsAsync<UnservableException>(() => Table.Unlisted(request => OsloFaults.NotImplemented(request.Method)).On(this)
                .ServeAsync(RpcRequest.Read("""{"method": "nope", "version": "6.0"}"""u8), CancellationToken.None))!.Fault.Class,
            Is.EqualTo("NotImplementedError"));
}
