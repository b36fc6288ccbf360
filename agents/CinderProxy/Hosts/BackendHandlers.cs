using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Backup;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.Replies;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Hosts;

/// <summary>Questions and orders about the back end itself, none of which reaches the child.</summary>
internal sealed class BackendHandlers(CapabilitiesTold capabilities, CinderDatabase database, ServiceIdentity service, Resumption resumption, TimeProvider time)
    : IHandle<GetCapabilities>, IHandle<PublishServiceCapabilities>, IHandle<FreezeHost>, IHandle<ThawHost>, IHandle<DoCleanup>,
        IHandle<SecureFileOperationsEnabled>, IHandle<ListReplicationTargets>, IHandle<FailoverCompleted>, IHandle<Ping>, IHandle<PublishBackupCapabilities>
{
    public Task<JsonNode?> HandleAsync(GetCapabilities call, RpcContext context, CancellationToken cancelled) =>
        Task.FromResult<JsonNode?>(BackendReplies.Capabilities(capabilities.Published ?? throw CinderFaults.DriverNotInitialized()));

    /// <summary>A scheduler that starts asks everybody.</summary>
    public Task<JsonNode?> HandleAsync(PublishServiceCapabilities call, RpcContext context, CancellationToken cancelled)
    {
        capabilities.Soon();
        return Nothing;
    }

    /// <summary>What is told is told together.</summary>
    public Task<JsonNode?> HandleAsync(PublishBackupCapabilities call, RpcContext context, CancellationToken cancelled)
    {
        capabilities.Soon();
        return Nothing;
    }

    /// <summary>The API has said it in the row already; natively the driver has its say, and then the row is written once more (cinder/volume/manager.py: freeze_host).</summary>
    public async Task<JsonNode?> HandleAsync(FreezeHost call, RpcContext context, CancellationToken cancelled) =>
        JsonValue.Create(await database.InTransactionAsync(work => work.Services.FreezeAsync(service.Id), cancelled));

    public async Task<JsonNode?> HandleAsync(ThawHost call, RpcContext context, CancellationToken cancelled) =>
        JsonValue.Create(await database.InTransactionAsync(work => work.Services.ThawAsync(service.Id), cancelled));

    /// <summary>An administrator asks for what was left half done (POST /workers/cleanup): of what he means, everything of ours is looked at now.</summary>
    public async Task<JsonNode?> HandleAsync(DoCleanup call, RpcContext context, CancellationToken cancelled)
    {
        var begun = await database.ReadAsync(work => work.Workers.MineAsync(service.Id), cancelled);
        if (Cleanup.Of(CinderCleanupRequest.Read(call.CleanupRequest), service.Id, begun, time.GetUtcNow().UtcDateTime) is { } asked)
        {
            await resumption.PassAsync(asked, cancelled);
        }

        return null;
    }

    public Task<JsonNode?> HandleAsync(SecureFileOperationsEnabled call, RpcContext context, CancellationToken cancelled) => Task.FromResult<JsonNode?>(false);

    public Task<JsonNode?> HandleAsync(ListReplicationTargets call, RpcContext context, CancellationToken cancelled) =>
        Task.FromResult<JsonNode?>(BackendReplies.NoReplicationTargets());

    /// <summary>For members of a cluster, and we are none.</summary>
    public Task<JsonNode?> HandleAsync(FailoverCompleted call, RpcContext context, CancellationToken cancelled) => Nothing;

    public Task<JsonNode?> HandleAsync(Ping call, RpcContext context, CancellationToken cancelled) => Task.FromResult<JsonNode?>("pong");

    static Task<JsonNode?> Nothing { get; } = Task.FromResult<JsonNode?>(null);
}
