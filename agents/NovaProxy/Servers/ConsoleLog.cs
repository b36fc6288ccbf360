using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Child;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers;

/// <summary>get_console_output: what the guest wrote, as the child kept it.</summary>
internal sealed class ConsoleLog(ChildCloud child, ChildServers servers, CallIntake intake) : IHandle<GetConsoleOutput>
{
    public Task<JsonNode?> HandleAsync(GetConsoleOutput call, RpcContext context, CancellationToken cancelled) =>
        intake.RunAsync(
            call.Instance, context, Refusal, (_, why) => ChildFaults.Away(why), (row, stop) => ReadAsync(row, Lines(call.TailLength), context, stop), cancelled);

    /// <summary>A number, its text, or null for all (nova/compute/manager.py: _tail_log).</summary>
    public static int? Lines(JsonNode? tail) =>
        int.TryParse(tail?.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var lines) && lines >= 0 ? lines : null;

    async Task<JsonNode?> ReadAsync(VersionedObject row, int? lines, RpcContext context, CancellationToken cancelled)
    {
        if (lines == 0)
        {
            return "";
        }

        var server = await servers.IdAsync(row, context.Elevated(), cancelled);
        return await child.Servers.ConsoleOutputAsync(ChildCloud.Tenant(row), server, lines, cancelled);
    }

    /// <summary>nova/api/openstack/compute/console_output.py: 404, 409 and 501 are expected there, anything else is HTTP 500.</summary>
    static RpcFault Refusal(string uuid, CloudFault fault) => fault.Kind switch
    {
        FaultKind.NotFound => NovaFaults.InstanceNotFound(uuid),
        FaultKind.Unsupported => NovaFaults.NotImplemented(ChildFaults.Text(fault)),
        _ => ChildFaults.Away(ChildFaults.Text(fault)),
    };
}
