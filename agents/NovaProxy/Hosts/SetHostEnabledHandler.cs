using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Hosts;

/// <summary>An operator enabled or disabled the service: the trait follows at once (nova/compute/manager.py: ComputeVirtAPI.update_compute_provider_status).</summary>
internal sealed class SetHostEnabledHandler(HostKeeper host) : IHandle<SetHostEnabled>
{
    public async Task<JsonNode?> HandleAsync(SetHostEnabled call, RpcContext context, CancellationToken cancelled)
    {
        await host.SetEnabledAsync(call.Enabled, cancelled);
        return call.Enabled ? "enabled" : "disabled";
    }
}
