using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Networks.Plugging;

/// <summary>
/// Looks whether the ports that builds wait for are plugged: at once when an event of the parent says so, and now and then without one, for an event may
/// be lost. One list for all who wait; nothing while nobody does.
/// </summary>
internal sealed class PlugWatch(
    Plugs plugs, ParentPorts ports, Instances instances, ChildCloud child, ServerTeller teller, TimeProvider time, ILogger<PlugWatch> log) : IWorker, IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    readonly Nudge nudge = new(time);

    public string Name => "plugs";

    public void Nudge() => nudge.Give();

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            await nudge.WaitAsync(Pause, cancelled);
            await LookAsync(cancelled);
        }
    }

    /// <summary>One look, and everything told that it showed.</summary>
    public async Task LookAsync(CancellationToken cancelled)
    {
        if (plugs.Waiting is not { Count: > 0 } waiting)
        {
            return;
        }

        try
        {
            var open = (await ports.StatesAsync([.. waiting.Values.SelectMany(ids => ids)], cancelled))
                .Where(port => Plugs.IsMissing(port) && !Plugs.IsBroken(port))
                .Select(port => port.Id)
                .ToHashSet(StringComparer.Ordinal);
            await Task.WhenAll(waiting.Where(one => plugs.IsLate(one.Key) || !one.Value.Any(open.Contains)).Select(one => TellAsync(one.Key, cancelled)));
        }
        catch (RpcFault fault)
        {
            Log.PlugUnseen(log, fault, string.Join(' ', waiting.Keys), fault.Message);
        }
    }

    public void Dispose() => nudge.Dispose();

    async Task TellAsync(string uuid, CancellationToken cancelled)
    {
        try
        {
            var row = await instances.GetAsync(RequestIds.Admin(), uuid, cancelled);
            if (row is null || row.Text("vm_state") != Contracts.Nova.States.VmStates.Building || ServerLink.Of(row) is not { } childId)
            {
                plugs.Forget(uuid);
                return;
            }

            var asked = time.GetTimestamp();
            var seen = await child.Servers.FindAsync(Scope.Own, childId, cancelled);
            await teller.TellAsync(uuid, childId, seen is null ? null : new Sight<Server>(seen, asked), unordered: false, cancelled);
        }
        catch (Exception fault) when (fault is CloudFault or RpcFault or RpcTimeoutException)
        {
            Log.PlugUnseen(log, fault, uuid, fault.Message);
        }
    }
}
