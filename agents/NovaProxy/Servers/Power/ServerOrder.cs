using Cascade.NovaProxy.Child;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>An action on a server in the child, whose outcome the watch will see. Giving it twice is giving it once.</summary>
internal sealed class ServerOrder(ChildCloud child, ChildServers servers, Orders orders, Expectations expectations, ServerRefusals refusals, TimeProvider time)
{
    /// <inheritdoc cref="GiveAsync(VersionedObject, RpcContext, string, string, Func{OpenStack.Compute.Server, bool}, Func{OpenStack.Compute.Servers, Scope, OpenStack.Compute.Server, CancellationToken, Task}, CancellationToken)"/>
    public Task GiveAsync(
        VersionedObject row,
        RpcContext context,
        string @event,
        string doing,
        Func<OpenStack.Compute.Server, bool> taken,
        Func<OpenStack.Compute.Servers, Scope, string, CancellationToken, Task> act,
        CancellationToken cancelled) =>
        GiveAsync(row, context, @event, doing, taken, (all, scope, server, stop) => act(all, scope, server.Id, stop), cancelled);

    /// <param name="doing">For the reader of a fault.</param>
    /// <param name="taken">Whether what is seen shows that the child has taken such an order already, or has carried it out.</param>
    /// <param name="act">The action, by what the server is now.</param>
    public Task GiveAsync(
        VersionedObject row,
        RpcContext context,
        string @event,
        string doing,
        Func<OpenStack.Compute.Server, bool> taken,
        Func<OpenStack.Compute.Servers, Scope, OpenStack.Compute.Server, CancellationToken, Task> act,
        CancellationToken cancelled) => refusals.AskAsync(
        doing,
        async () =>
        {
            var server = await servers.GetAsync(row, context.Elevated(), cancelled);
            await ActAsync(server, ChildCloud.ActingFor(row), taken, act, cancelled);
            orders.Give(row.Text("uuid")!, new(@event, context, time.GetTimestamp()));
            expectations.Expect(server.Id);
        },
        cancelled);

    async Task ActAsync(
        OpenStack.Compute.Server server,
        Scope scope,
        Func<OpenStack.Compute.Server, bool> taken,
        Func<OpenStack.Compute.Servers, Scope, OpenStack.Compute.Server, CancellationToken, Task> act,
        CancellationToken cancelled)
    {
        try
        {
            await act(child.Servers, scope, server, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict || fault.ResultUnknown)
        {
            // Conflict: it is there already, or on its way. A lost answer: look before doing it again.
            var seen = await child.Servers.FindAsync(Scope.Own, server.Id, cancelled);
            if (seen is null || !taken(seen))
            {
                throw;
            }
        }
    }
}
