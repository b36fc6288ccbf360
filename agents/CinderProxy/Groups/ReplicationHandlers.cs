using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Groups;

/// <summary>
/// Replication, which we say that we do not have: the API refuses it before it reaches us. What comes all the same ends as a failure natively does, and never in a state
/// that nobody ends (cinder/volume/manager.py: enable_replication, failover_replication).
/// </summary>
internal sealed class ReplicationHandlers(CinderDatabase database)
    : IHandle<EnableReplication>, IHandle<DisableReplication>, IHandle<FailoverReplication>, IHandle<Failover>, IHandle<FailoverHost>
{
    public Task<JsonNode?> HandleAsync(EnableReplication call, RpcContext context, CancellationToken cancelled) => RefuseAsync(call.Group.Id("enable_replication"), cancelled);

    public Task<JsonNode?> HandleAsync(DisableReplication call, RpcContext context, CancellationToken cancelled) => RefuseAsync(call.Group.Id("disable_replication"), cancelled);

    public Task<JsonNode?> HandleAsync(FailoverReplication call, RpcContext context, CancellationToken cancelled) => RefuseAsync(call.Group.Id("failover_replication"), cancelled);

    /// <summary>The service stays as it was: its row says that there is nothing to fail over to.</summary>
    public Task<JsonNode?> HandleAsync(Failover call, RpcContext context, CancellationToken cancelled) => Task.FromResult<JsonNode?>(null);

    /// <inheritdoc cref="HandleAsync(Failover, RpcContext, CancellationToken)"/>
    public Task<JsonNode?> HandleAsync(FailoverHost call, RpcContext context, CancellationToken cancelled) => Task.FromResult<JsonNode?>(null);

    async Task<JsonNode?> RefuseAsync(string id, CancellationToken cancelled)
    {
        await database.InTransactionAsync(work => work.Groups.StatusAsync(id, GroupStatus.Error), cancelled);
        return null;
    }
}
