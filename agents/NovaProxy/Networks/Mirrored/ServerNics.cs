using Cascade.Contracts.Nova.Faults;
using Cascade.Mirror.Queue;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Networks.Mirrored;

/// <summary>
/// What a server in the child is plugged into. The ports must be there before the server, and the server before the parent's ports become active: so only
/// the former are waited for here, and the latter afterwards (<see cref="Plugging.Plugs"/>).
/// </summary>
internal sealed class ServerNics(ChildPortWatch watch, IChildHealth health, NetworksOptions options, TimeProvider time, ILogger<ServerNics> log)
{
    /// <exception cref="ParkException">The child is away: it comes again with it.</exception>
    /// <exception cref="Oslo.Wire.Failures.RpcFault">BuildAbortException: they did not come in time.</exception>
    public async Task<ServerNetworks> UntilThereAsync(string uuid, IReadOnlyList<Nic> nics, Turn turn)
    {
        if (nics.Count == 0)
        {
            return ServerNetworks.None;
        }

        using var late = new CancellationTokenSource(options.ChildPortTimeout, time);
        try
        {
            var ports = await turn.AsideAsync(async cancelled =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancelled);
                return await watch.ComeAsync(nics, either.Token);
            });
            Log.ChildPortsThere(log, uuid, string.Join(' ', ports.Select(port => port.Id)));
            return ServerNetworks.Of([.. nics.Zip(ports, (nic, port) => new ServerNetwork { Port = port.Id, Tag = nic.Tag })]);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !turn.Cancelled.IsCancellationRequested)
        {
            throw health.Answers
                ? NovaFaults.BuildAbort(
                    uuid,
                    $"Failed to allocate the network(s), not rescheduling. The ports are not in the child after {options.ChildPortTimeout.TotalSeconds:0} s.")
                : new ParkException($"the child is away: {health.Reason}");
        }
    }
}
