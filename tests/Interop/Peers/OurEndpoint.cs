using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Interop.Peers;

/// <summary>The same methods as the Python server's endpoint, behind the table an agent has, so that a row can be asked of either; tells the test of every request.</summary>
public sealed class OurEndpoint : IRpcEndpoint, IServiceProvider
{
    readonly Channel<RpcRequest> called = Channel.CreateUnbounded<RpcRequest>();
    readonly ConcurrentDictionary<string, TaskCompletionSource> gates = new();
    readonly IRpcEndpoint table;

    public OurEndpoint() => table = new RpcTable("interop", new(6, 1))
        .In("compute_task", new(1, 24))
        .Answer<EchoCall, Handlers>()
        .Answer<SizeCall, Handlers>()
        .Answer<NothingCall, Handlers>()
        .Answer<WhoamiCall, Handlers>()
        .Answer<TaskWhoamiCall, Handlers>()
        .Answer<WaitCall, Handlers>()
        .Answer<FailPlainCall, Handlers>()
        .Answer<FailNovaCall, Handlers>()
        .Answer<FailOtherCall, Handlers>()
        .Answer<FailOursCall, Handlers>()
        .Decline("declined", "a child cloud does it itself")
        .On(this);

    /// <summary>Runs before a method does; a test may throw in it.</summary>
    public Func<RpcRequest, Task>? Before { get; set; }

    /// <summary>The next request that was not taken yet, in the order of arrival.</summary>
    public async Task<RpcRequest> CalledAsync() => await called.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public int Untaken => called.Reader.Count;

    /// <summary>Lets a <c>wait</c> go.</summary>
    public void Open(string gate) => Gate(gate).TrySetResult();

    public async Task<JsonNode?> ServeAsync(RpcRequest request, CancellationToken cancelled)
    {
        called.Writer.TryWrite(request);
        if (Before is not null)
        {
            await Before(request);
        }

        return await table.ServeAsync(request, cancelled);
    }

    public object? GetService(Type serviceType) => serviceType == typeof(Handlers) ? new Handlers(this) : null;

    TaskCompletionSource Gate(string name) => gates.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    sealed class Handlers(OurEndpoint endpoint) :
        IHandle<EchoCall>, IHandle<SizeCall>, IHandle<NothingCall>, IHandle<WhoamiCall>, IHandle<TaskWhoamiCall>, IHandle<WaitCall>,
        IHandle<FailPlainCall>, IHandle<FailNovaCall>, IHandle<FailOtherCall>, IHandle<FailOursCall>
    {
        public Task<JsonNode?> HandleAsync(EchoCall call, RpcContext context, CancellationToken cancelled) => Answer(TolerantJson.ToNode(call.Data));

        public Task<JsonNode?> HandleAsync(SizeCall call, RpcContext context, CancellationToken cancelled) => Answer(call.Data.Length);

        public Task<JsonNode?> HandleAsync(NothingCall call, RpcContext context, CancellationToken cancelled) => Answer(null);

        public Task<JsonNode?> HandleAsync(WhoamiCall call, RpcContext context, CancellationToken cancelled) => Answer(new JsonArray(null, "6.1"));

        public Task<JsonNode?> HandleAsync(TaskWhoamiCall call, RpcContext context, CancellationToken cancelled) => Answer(new JsonArray("compute_task", "1.24"));

        public async Task<JsonNode?> HandleAsync(WaitCall call, RpcContext context, CancellationToken cancelled)
        {
            await endpoint.Gate(call.Name).Task.WaitAsync(cancelled);
            return call.Name;
        }

        public Task<JsonNode?> HandleAsync(FailPlainCall call, RpcContext context, CancellationToken cancelled) =>
            throw new RpcFault("builtins", "ValueError", call.Text);

        public Task<JsonNode?> HandleAsync(FailNovaCall call, RpcContext context, CancellationToken cancelled) =>
            throw new RpcFault(
                "nova.exception",
                "InstanceNotFound",
                $"Instance {call.InstanceId} could not be found.",
                new JsonObject { ["instance_id"] = call.InstanceId, ["code"] = 404 });

        public Task<JsonNode?> HandleAsync(FailOtherCall call, RpcContext context, CancellationToken cancelled) =>
            throw new RpcFault("cinder.exception", "VolumeNotFound", "Volume v1 could not be found.", new JsonObject { ["volume_id"] = "v1" });

        public Task<JsonNode?> HandleAsync(FailOursCall call, RpcContext context, CancellationToken cancelled) =>
            throw new InvalidOperationException("a mistake of ours with a secret in it");

        static Task<JsonNode?> Answer(JsonNode? result) => Task.FromResult(result);
    }
}
