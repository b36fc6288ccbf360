using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Hosts;

/// <summary>
/// Events of Neutron and Cinder about instances. Nothing waits for one here yet, and what native does with an event that nobody waits for is a
/// line in the log (nova/compute/manager.py: external_instance_event, _process_instance_event).
/// </summary>
internal sealed class ExternalEventHandler(ILogger<ExternalEventHandler> log) : IHandle<ExternalInstanceEvent>
{
    public Task<JsonNode?> HandleAsync(ExternalInstanceEvent call, RpcContext context, CancellationToken cancelled)
    {
        foreach (var happened in call.Events)
        {
            Log.ExternalEvent(log, happened.Text("name") ?? "?", happened.Text("tag") ?? "-", happened.Text("status") ?? "?", happened.Text("instance_uuid") ?? "?");
        }

        return Task.FromResult<JsonNode?>(null);
    }
}
