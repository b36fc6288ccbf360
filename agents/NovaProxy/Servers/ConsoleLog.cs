using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers;

/// <summary>get_console_output: a call, so its answer or its refusal comes well within the 60 seconds that nova-api waits.</summary>
internal sealed class ConsoleLog(ChildCloud child, ChildServers servers, Instances instances, IChildHealth health, TimeProvider time) : IHandle<GetConsoleOutput>
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(50);

    public async Task<JsonNode?> HandleAsync(GetConsoleOutput call, RpcContext context, CancellationToken cancelled)
    {
        using var request = RequestScope.Enter(context.RequestId);
        if (!health.Answers)
        {
            throw ChildFaults.Away(health.Reason);
        }

        var uuid = call.Instance.Text("uuid") ?? throw NovaFaults.Failed("get_console_output: the instance came without its uuid");
        using var late = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancelled);
        try
        {
            return await ReadAsync(uuid, Lines(call.TailLength), context, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw ChildFaults.Away($"no answer within {Limit.TotalSeconds:0} s");
        }
        catch (CloudFault fault)
        {
            throw Refusal(uuid, fault);
        }
    }

    /// <summary>A number, its text, or null for all (nova/compute/manager.py: _tail_log).</summary>
    public static int? Lines(JsonNode? tail) =>
        int.TryParse(tail?.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var lines) && lines >= 0 ? lines : null;

    async Task<JsonNode?> ReadAsync(string uuid, int? lines, RpcContext context, CancellationToken cancelled)
    {
        if (lines == 0)
        {
            return "";
        }

        var row = await instances.GetAsync(context.Elevated(), uuid, cancelled) ?? throw NovaFaults.InstanceNotFound(uuid);
        var server = ServerLink.Of(row) ?? (await servers.GetAsync(row, context.Elevated(), cancelled)).Id;
        return await child.Servers.ConsoleOutputAsync(ChildCloud.Tenant(row), server, lines, cancelled);
    }

    /// <summary>nova/api/openstack/compute/console_output.py: 404, 409 and 501 are expected there, anything else is HTTP 500.</summary>
    static Oslo.Wire.Failures.RpcFault Refusal(string uuid, CloudFault fault) => fault.Kind switch
    {
        FaultKind.NotFound => NovaFaults.InstanceNotFound(uuid),
        FaultKind.Unsupported => NovaFaults.NotImplemented(ChildFaults.Text(fault)),
        _ => ChildFaults.Away(ChildFaults.Text(fault)),
    };
}
