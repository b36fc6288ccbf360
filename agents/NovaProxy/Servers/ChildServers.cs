using Cascade.Contracts.Nova.Faults;
using Cascade.Mirror;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers;

/// <summary>The servers that stand for instances: found, adopted, removed.</summary>
internal sealed class ChildServers(ChildCloud child, Instances instances, LinkBook book, ILogger<ChildServers> log)
{
    public Mirror<ServerCreate, Server> MirrorOf(VersionedObject instance) => new(Actuator(instance), log);

    public ServerLink LinkOf(VersionedObject instance, RpcContext context) => new(instances, book, context, instance);

    /// <summary>The server of an instance: the linked one, else one that carries its stamp, which is linked then.</summary>
    /// <exception cref="Oslo.Wire.Failures.RpcFault">There is none.</exception>
    public async Task<Server> GetAsync(VersionedObject instance, RpcContext context, CancellationToken cancelled)
    {
        var actuator = Actuator(instance);
        if (ServerLink.Of(instance) is { } linked && await actuator.FindAsync(linked, cancelled) is { } seen)
        {
            return seen;
        }

        if (await actuator.AdoptAsync(instance.Text("uuid")!, cancelled) is not { } stamped)
        {
            throw NovaFaults.Failed($"the child {child.Name} has no server for instance {instance.Text("uuid")}");
        }

        await LinkOf(instance, context).SetAsync(stamped.Id, cancelled);
        return stamped;
    }

    /// <summary>Its id, without asking the child where the row says it.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<string> IdAsync(VersionedObject instance, RpcContext context, CancellationToken cancelled) =>
        ServerLink.Of(instance) ?? (await GetAsync(instance, context, cancelled)).Id;

    /// <summary>Asks the child to delete whatever stands for the instance.</summary>
    /// <returns>What was asked to go; none when nothing is there any more.</returns>
    public async Task<IReadOnlyList<string>> RemoveAsync(VersionedObject instance, CancellationToken cancelled)
    {
        var uuid = instance.Text("uuid")!;
        var removed = await MirrorOf(instance).RemoveAsync(uuid, ServerLink.Of(instance), cancelled);
        foreach (var childId in removed)
        {
            book.Set(childId, uuid);
            Log.ServerRemoved(log, childId, uuid);
        }

        return removed;
    }

    ServerActuator Actuator(VersionedObject instance) => new(child, book, ChildCloud.ProjectOf(instance));
}
