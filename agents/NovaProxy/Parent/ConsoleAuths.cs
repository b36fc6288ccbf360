using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Parent;

/// <summary>Console tokens of an instance that ends (nova/objects/console_auth_token.py).</summary>
internal sealed class ConsoleAuths(IConductor conductor)
{
    public Task CleanAsync(RpcContext context, string uuid, CancellationToken cancelled) =>
        conductor.ClassActionAsync(context, NovaObjects.ConsoleAuthToken, "clean_console_auths_for_instance", new(uuid), [], cancelled);
}
