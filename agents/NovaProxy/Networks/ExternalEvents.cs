using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Networks.Interfaces;
using Cascade.NovaProxy.Networks.Plugging;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Volumes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Networks;

/// <summary>
/// Events of the parent's Neutron and Cinder about instances (nova/compute/manager.py: external_instance_event). They are hints: what they are about is read.
/// Those that nobody waits for are a line in the log, as natively.
/// </summary>
internal sealed class ExternalEvents(Instances instances, InfoCache cache, PlugWatch plugs, ChildInterfaces interfaces, ExtendedVolumes volumes, ILogger<ExternalEvents> log)
    : IHandle<ExternalInstanceEvent>
{
    public async Task<JsonNode?> HandleAsync(ExternalInstanceEvent call, RpcContext context, CancellationToken cancelled)
    {
        foreach (var happened in call.Events)
        {
            var (name, tag, uuid) = (happened.Text("name") ?? "?", happened.Text("tag") ?? "", happened.Text("instance_uuid") ?? "?");
            Log.ExternalEvent(log, name, tag, happened.Text("status") ?? "?", uuid);
            try
            {
                await FollowAsync(name, tag, uuid, context, cancelled);
            }
            catch (RpcFault fault)
            {
                Log.EventNotFollowed(log, fault, name, tag, uuid, fault.Message);
            }
        }

        return null;
    }

    async Task FollowAsync(string name, string tag, string uuid, RpcContext context, CancellationToken cancelled)
    {
        switch (name)
        {
            case "network-vif-plugged":
                plugs.Nudge();
                break;
            case "network-changed" when await RowAsync(uuid, context, cancelled) is { } row:
                await (tag.Length > 0 ? cache.RefreshAsync(row, tag, context, cancelled) : cache.HealAsync(row, context, cancelled));
                break;
            case "volume-extended" when tag.Length > 0:
                await volumes.FollowAsync(uuid, tag, context, cancelled);
                break;
            case "network-vif-deleted" when await RowAsync(uuid, context, cancelled) is { } row && InfoCache.PortsOf(row).Contains(tag):
                Log.PortDeleted(log, tag, uuid);
                await cache.DropAsync(row, tag, context, cancelled);
                await interfaces.UnplugAsync(row, tag, cancelled);
                break;
        }
    }

    Task<VersionedObject?> RowAsync(string uuid, RpcContext context, CancellationToken cancelled) => instances.GetAsync(context.Elevated(), uuid, cancelled);
}
