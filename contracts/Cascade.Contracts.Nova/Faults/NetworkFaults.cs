using Cascade.Oslo.Wire.Failures;

namespace Cascade.Contracts.Nova.Faults;

/// <summary>What goes wrong with the networks of an instance, in the classes, texts and codes of nova/exception.py (nova/network/neutron.py raises them).</summary>
public static class NetworkFaults
{
    public static RpcFault PortInUse(string port) => NovaFaults.Nova("PortInUse", $"Port {port} is still in use.", 400, new() { ["port_id"] = port });

    public static RpcFault PortNotFound(string port) => NovaFaults.Nova("PortNotFound", $"Port id {port} could not be found.", 404, new() { ["port_id"] = port });

    /// <summary>detach_interface says it of a port that the instance does not have (nova/compute/manager.py: _detach_interface).</summary>
    public static RpcFault PortNotAttached(string port) => NovaFaults.Nova("PortNotFound", $"Port {port} is not attached", 404);

    public static RpcFault PortNotUsable(string port, string instance) =>
        NovaFaults.Nova("PortNotUsable", $"Port {port} not usable for instance {instance}.", 400, new() { ["port_id"] = port, ["instance"] = instance });

    public static RpcFault PortNotUsableDns(string port, string instance, string value, string? hostname) => NovaFaults.Nova(
        "PortNotUsableDNS",
        $"Port {port} not usable for instance {instance}. Value {value} assigned to dns_name attribute does not match instance's hostname {hostname}",
        400,
        new() { ["port_id"] = port, ["instance"] = instance, ["value"] = value, ["hostname"] = hostname });

    public static RpcFault PortBindingFailed(string port) =>
        NovaFaults.Nova("PortBindingFailed", $"Binding failed for port {port}, please check neutron logs for more information.", 400, new() { ["port_id"] = port });

    public static RpcFault PortLimitExceeded() => NovaFaults.Nova("PortLimitExceeded", "Maximum number of ports exceeded", 413);

    public static RpcFault NoMoreFixedIps(string network) =>
        NovaFaults.Nova("NoMoreFixedIps", $"No fixed IP addresses available for network: {network}", 500, new() { ["net"] = network });

    public static RpcFault FixedIpAlreadyInUse(string address) => NovaFaults.Nova("FixedIpAlreadyInUse", $"Fixed IP {address} is already in use.", 500);

    public static RpcFault FixedIpInvalidOnHost(string port) => NovaFaults.Nova(
        "FixedIpInvalidOnHost", $"The fixed IP associated with port {port} is not compatible with the host.", 400, new() { ["port_id"] = port });

    public static RpcFault InvalidInput(string reason) => NovaFaults.Nova("InvalidInput", $"Invalid input received: {reason}", 400, new() { ["reason"] = reason });

    public static RpcFault NetworkNotFound(string network) =>
        NovaFaults.Nova("NetworkNotFound", $"Network {network} could not be found.", 404, new() { ["network_id"] = network });

    public static RpcFault NetworkNotFoundForInstance(string instance) =>
        NovaFaults.Nova("NetworkNotFoundForInstance", $"Network could not be found for instance {instance}.", 404, new() { ["instance_id"] = instance });

    public static RpcFault FixedIpNotFoundForInstance(string instance, string address) => NovaFaults.Nova(
        "FixedIpNotFoundForInstance", $"Instance {instance} does not have fixed IP '{address}'.", 404, new() { ["instance_uuid"] = instance, ["ip"] = address });

    public static RpcFault NetworkAmbiguous() =>
        NovaFaults.Nova("NetworkAmbiguous", "Multiple possible networks found, use a Network ID to be more specific.", 400);

    public static RpcFault NoNetwork(string project) => NovaFaults.Nova(
        "InterfaceAttachFailedNoNetwork",
        $"No specific network was requested and none are available for project '{project}'.",
        400,
        new() { ["project_id"] = project });

    public static RpcFault ExternalNetworkAttachForbidden(string network) => NovaFaults.Nova(
        "ExternalNetworkAttachForbidden", $"It is not allowed to create an interface on external network {network}", 403, new() { ["network_uuid"] = network });

    public static RpcFault UnableToAutoAllocateNetwork(string project) => NovaFaults.Nova(
        "UnableToAutoAllocateNetwork", $"Unable to automatically allocate a network for project {project}", 400, new() { ["project_id"] = project });

    public static RpcFault NetworksWithQosPolicyNotSupported(string instance, string network) => NovaFaults.Nova(
        "NetworksWithQoSPolicyNotSupported",
        $"Using networks with QoS policy is not supported for instance {instance}. (Network ID is {network})",
        400,
        new() { ["instance_uuid"] = instance, ["network_id"] = network });

    public static RpcFault SecurityGroupNotFound(string group) =>
        NovaFaults.Nova("SecurityGroupNotFound", $"Security group {group} not found.", 404, new() { ["security_group_id"] = group });

    public static RpcFault SecurityGroupCannotBeApplied() => NovaFaults.Nova(
        "SecurityGroupCannotBeApplied", "Network requires port_security_enabled and subnet associated in order to apply security groups.", 400);

    public static RpcFault NoUniqueMatch(string group) =>
        NovaFaults.Nova("NoUniqueMatch", $"Multiple security groups found matching '{group}'. Use an ID to be more specific.", 409);

    public static RpcFault VirtualInterfaceCreate() => NovaFaults.Nova("VirtualInterfaceCreateException", "Virtual Interface creation failed", 500);

    /// <summary>HTTP 500 at the API, with this text (nova/api/openstack/compute/attach_interfaces.py: create).</summary>
    public static RpcFault InterfaceAttachFailed(string instance, string? why = null) => NovaFaults.Nova(
        "InterfaceAttachFailed",
        $"Failed to attach network adapter device to {instance}" + (why is null ? "" : $": {why}"),
        500,
        new() { ["instance_uuid"] = instance });

    public static RpcFault InterfaceDetachFailed(string instance, string? why = null) => NovaFaults.Nova(
        "InterfaceDetachFailed",
        $"Failed to detach network adapter device from {instance}" + (why is null ? "" : $": {why}"),
        400,
        new() { ["instance_uuid"] = instance });

    /// <summary>
    /// These end a build: another host would meet the same (nova/compute/manager.py: _build_and_run_instance). Any other failure of the networks goes
    /// back to the scheduler.
    /// </summary>
    public static bool EndsBuild(RpcFault fault) => fault.Class is "NoMoreFixedIps" or "ExternalNetworkAttachForbidden" or "VirtualInterfaceCreateException"
        or "VirtualInterfaceMacAddressException" or "FixedIpInvalidOnHost" or "UnableToAutoAllocateNetwork" or "NetworksWithQoSPolicyNotSupported" or "InvalidInput";

    /// <summary>What a build says that <see cref="EndsBuild"/>.</summary>
    public static RpcFault BuildAbort(string instance, RpcFault fault) => NovaFaults.BuildAbort(instance, fault.Class switch
    {
        "NoMoreFixedIps" => $"Failed to allocate the network(s) with error {fault.Message}, not rescheduling.",
        "InvalidInput" => fault.Message,
        _ => "Failed to allocate the network(s), not rescheduling.",
    });
}
