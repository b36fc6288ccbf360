using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Servers;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Consoles;

/// <summary>
/// The consoles that a browser shows. The token is the child's, and the child's own console proxy checks it: nova-api passes on the address and keeps nothing
/// (nova/compute/api.py: get_vnc_console and its like; the same from Zed to 2026.1), so the parent's console proxies have no part in it.
/// </summary>
internal sealed class RemoteConsoles(ChildCloud child, ChildServers servers, CallIntake intake, ConsoleOptions options)
    : IHandle<GetVncConsole>, IHandle<GetSpiceConsole>, IHandle<GetSerialConsole>, IHandle<GetMksConsole>, IHandle<ValidateConsolePort>
{
    public Task<JsonNode?> HandleAsync(GetVncConsole call, RpcContext context, CancellationToken cancelled) =>
        RunAsync("vnc", call.ConsoleType, ["novnc"], call.Instance, context, cancelled);

    public Task<JsonNode?> HandleAsync(GetSpiceConsole call, RpcContext context, CancellationToken cancelled) =>
        RunAsync("spice", call.ConsoleType, ["spice-html5", "spice-direct"], call.Instance, context, cancelled);

    public Task<JsonNode?> HandleAsync(GetSerialConsole call, RpcContext context, CancellationToken cancelled) =>
        RunAsync("serial", call.ConsoleType, ["serial"], call.Instance, context, cancelled);

    public Task<JsonNode?> HandleAsync(GetMksConsole call, RpcContext context, CancellationToken cancelled) =>
        RunAsync("mks", call.ConsoleType, ["webmks"], call.Instance, context, cancelled);

    /// <summary>Asked by the parent's own console proxies about tokens that the parent gave out: it gave out none for a server here, so no port is right.</summary>
    public Task<JsonNode?> HandleAsync(ValidateConsolePort call, RpcContext context, CancellationToken cancelled) => Task.FromResult<JsonNode?>(false);

    Task<JsonNode?> RunAsync(string protocol, string? type, string[] types, VersionedObject instance, RpcContext context, CancellationToken cancelled) =>
        intake.RunAsync(
            instance,
            context,
            (uuid, fault) => Refusal(uuid, instance, type, fault),
            (_, why) => ChildFaults.Away(why),
            (row, stop) => AskAsync(protocol, type is not null && types.Contains(type) ? type : throw ConsoleFaults.Invalid(type), row, context, stop),
            cancelled);

    async Task<JsonNode?> AskAsync(string protocol, string type, VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        if (ServerLink.Of(row) is null && row.Text("vm_state") == VmStates.Building)
        {
            throw NovaFaults.InstanceNotReady(row.Text("uuid")!);
        }

        var server = await servers.IdAsync(row, context.Elevated(), cancelled);
        var console = await child.Cloud.Compute.Consoles.CreateAsync(ChildCloud.Tenant(row), server, protocol, type, cancelled);
        var address = ConsoleUrl.Of(console.Url, options.Of(type));
        return new JsonObject
        {
            // nova/console/type.py: Console.get_connection_info; the API passes on the first only.
            ["access_url"] = address,
            ["token"] = null,
            ["host"] = null,
            ["port"] = null,
            ["internal_access_path"] = null,
        };
    }

    /// <summary>nova/api/openstack/compute/remote_consoles.py: 400 for a type that is not to be had, 404, 409 and 501; anything else is 500.</summary>
    static RpcFault Refusal(string uuid, VersionedObject instance, string? type, CloudFault fault) => fault.Kind switch
    {
        FaultKind.NotFound when instance.Text("vm_state") == VmStates.Building => NovaFaults.InstanceNotReady(uuid),
        FaultKind.NotFound => NovaFaults.InstanceNotFound(uuid),
        // Nothing was sent: the child is too old for the type. What it answers so itself is its hypervisor's 501.
        FaultKind.Unsupported when fault.Status is not null => NovaFaults.NotImplemented(ChildFaults.Text(fault)),
        FaultKind.Conflict => ConsoleFaults.NotReady(uuid, ChildFaults.Text(fault)),
        _ => ConsoleFaults.Unavailable(type, ChildFaults.Text(fault)),
    };
}
