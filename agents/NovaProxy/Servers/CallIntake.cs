using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers;

/// <summary>
/// How a question about a server is taken, for whose answer nova-api waits 60 seconds: it is answered, or refused, well within them; a child that is away is
/// told at once. What is refused is a fault of the instance, as the native wrapper writes it (nova/compute/manager.py: wrap_instance_fault).
/// </summary>
internal sealed class CallIntake(Instances instances, InstanceFaults faults, IChildHealth health, TimeProvider time, ILogger<CallIntake> log)
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(50);

    /// <param name="instance">As it came.</param>
    /// <param name="refusal">The child's refusal in the class that the API knows there.</param>
    /// <param name="away">That there was no answer, and why, in the class that the API knows there.</param>
    /// <param name="ask">Gets the row as it is now.</param>
    public async Task<JsonNode?> RunAsync(
        VersionedObject instance,
        RpcContext context,
        Func<string, CloudFault, RpcFault> refusal,
        Func<string, string?, RpcFault> away,
        Func<VersionedObject, CancellationToken, Task<JsonNode?>> ask,
        CancellationToken cancelled)
    {
        using var request = RequestScope.Enter(context.RequestId);
        var uuid = instance.Text("uuid") ?? throw NovaFaults.Failed("the instance came without its uuid");
        try
        {
            return await AskAsync(uuid, context, refusal, away, ask, cancelled);
        }
        catch (RpcFault fault) when (!fault.Is("InstanceNotFound"))
        {
            await AddFaultAsync(uuid, context, fault, cancelled);
            throw;
        }
    }

    async Task<JsonNode?> AskAsync(
        string uuid,
        RpcContext context,
        Func<string, CloudFault, RpcFault> refusal,
        Func<string, string?, RpcFault> away,
        Func<VersionedObject, CancellationToken, Task<JsonNode?>> ask,
        CancellationToken cancelled)
    {
        if (!health.Answers)
        {
            throw away(uuid, health.Reason);
        }

        using var late = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancelled);
        try
        {
            var row = await instances.GetAsync(context.Elevated(), uuid, either.Token) ?? throw NovaFaults.InstanceNotFound(uuid);
            return await ask(row, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw away(uuid, $"no answer within {Limit.TotalSeconds:0} s");
        }
        catch (CloudFault fault)
        {
            throw fault.Kind is FaultKind.Unavailable ? away(uuid, ChildFaults.Text(fault)) : refusal(uuid, fault);
        }
    }

    async Task AddFaultAsync(string uuid, RpcContext context, RpcFault fault, CancellationToken cancelled)
    {
        try
        {
            await faults.AddAsync(context.Elevated(), uuid, fault, cancelled);
        }
        catch (RpcFault untold)
        {
            Log.FailureUntold(log, untold, uuid);
        }
    }
}
