using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Networks;

/// <summary>
/// Ports in the parent's Neutron: made in the tenant's name, bound and unbound in ours (nova/network/neutron.py). ServerRefusals are faults of nova. Each verb
/// may be done again.
/// </summary>
internal sealed partial class ParentPorts(ParentClouds parent, HostIdentity identity)
{
    /// <summary>What a binding leaves in a profile and an unbinding takes out (nova/network/neutron.py: _unbind_ports).</summary>
    static readonly string[] OfBinding =
        ["pci_vendor_info", "pci_slot", "allocation", "arq_uuid", "physical_network", "card_serial_number", "vf_num", "pf_mac_address", "device_mac_address"];

    NetworkClient Neutron => parent.Neutron.Network;

    /// <summary>The tenant's own token as it came with the request, so that Neutron sees who asks; without one, ours.</summary>
    public static Scope Tenant(RpcContext context) => context.AuthToken is { Length: > 0 } token ? Scope.Token(token, withServiceToken: true) : Scope.Own;

    /// <summary>
    /// All ports whose device is the instance, of its own project: anybody may write any device into a port of his, and only what the instance's own
    /// project wrote counts. Oldest first.
    /// </summary>
    public async Task<IReadOnlyList<Port>> OfAsync(VersionedObject instance, CancellationToken cancelled)
    {
        var filter = new PortFilter { DeviceIds = [instance.Text("uuid")!], ProjectId = instance.Text("project_id") };
        var found = new List<Port>();
        try
        {
            await foreach (var port in Neutron.Ports.ListAsync(Scope.Own, filter, cancelled))
            {
                if (port.DeviceId == instance.Text("uuid") && port.ProjectId == instance.Text("project_id"))
                {
                    found.Add(port);
                }
            }
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of("listing the ports of the instance", fault);
        }

        return [.. found.OrderBy(port => port.CreatedAt).ThenBy(port => port.Id, StringComparer.Ordinal)];
    }

    /// <summary>The states of some ports, with one list.</summary>
    public async Task<IReadOnlyList<Port>> StatesAsync(IReadOnlyList<string> ids, CancellationToken cancelled)
    {
        var found = new List<Port>();
        try
        {
            await foreach (var port in Neutron.Ports.ListAsync(Scope.Own, new() { Ids = ids, Fields = ["id", "status", "admin_state_up"] }, cancelled))
            {
                found.Add(port);
            }
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of("reading the states of ports", fault);
        }

        return found;
    }

    /// <returns>Null when there is none.</returns>
    public async Task<Port?> FindAsync(string id, CancellationToken cancelled)
    {
        try
        {
            return await Neutron.Ports.FindAsync(Scope.Own, id, cancelled);
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of($"reading port {id}", fault, port: id);
        }
    }

    /// <summary>Sent once. The device is the stamp: who looks for the ports of the instance finds it, whether an answer came or not.</summary>
    public async Task<Port> CreateAsync(VersionedObject instance, NicRequest wanted, IReadOnlyList<string> groups, RpcContext context, CancellationToken cancelled)
    {
        var create = new PortCreate
        {
            NetworkId = wanted.NetworkId!,
            ProjectId = instance.Text("project_id"),
            DeviceId = instance.Text("uuid"),
            AdminStateUp = true,
            FixedIps = wanted.Address is { } address ? [new(null, address)] : null,
            SecurityGroups = groups.Count > 0 ? groups : null,
        };
        try
        {
            return await Neutron.Ports.CreateAsync(Tenant(context), create, cancelled);
        }
        catch (CloudFault fault) when (!fault.ResultUnknown)
        {
            throw NeutronWords.Of($"creating a port on network {wanted.NetworkId}", fault, wanted.NetworkId, wanted.Address);
        }
    }

    /// <summary>Gives the port to the instance on our host; nothing is sent when it has it already, for a change of the binding would unplug it.</summary>
    public async Task<Port> BindAsync(VersionedObject instance, Port port, NetworkInfo network, RpcContext context, CancellationToken cancelled)
    {
        var owner = $"compute:{instance.Text("availability_zone") ?? "None"}";
        var hostname = instance.Text("hostname");
        var dns = hostname is not null && await HasDnsAsync(cancelled);
        var bound = port;
        if (port.DeviceId != instance.Text("uuid") || port.DeviceOwner != owner || port.BindingHostId != identity.Host)
        {
            var update = new PortUpdate
            {
                DeviceId = instance.Text("uuid"),
                DeviceOwner = owner,
                BindingHostId = identity.Host,
                BindingProfile = port.BindingProfile is { ValueKind: JsonValueKind.Object } profile && profile.EnumerateObject().Any() ? profile : null,
                DnsName = dns && string.IsNullOrEmpty(network.DnsDomain) ? hostname : null,
            };
            bound = await UpdateAsync(Scope.Own, port, update, "binding", cancelled);
        }

        if (bound.BindingVifType == "binding_failed")
        {
            throw NetworkFaults.PortBindingFailed(port.Id);
        }

        if (dns && !string.IsNullOrEmpty(network.DnsDomain) && bound.DnsName != hostname)
        {
            // The record goes into the tenant's own zone (nova/network/neutron.py: _update_port_dns_name).
            await UpdateAsync(Tenant(context), port, new() { DnsName = hostname }, "naming", cancelled);
        }

        return bound;
    }

    /// <summary>All addresses of the port, as they are to be.</summary>
    public Task<Port> AddressAsync(Port port, IReadOnlyList<FixedIp> addresses, RpcContext context, CancellationToken cancelled) =>
        UpdateAsync(Tenant(context), port, new() { FixedIps = addresses }, "addressing", cancelled);

    async Task<Port> UpdateAsync(Scope scope, Port port, PortUpdate update, string doing, CancellationToken cancelled)
    {
        try
        {
            return await Neutron.Ports.UpdateAsync(scope, port.Id, update, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            throw NetworkFaults.PortNotFound(port.Id);
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of($"{doing} port {port.Id}", fault, port.NetworkId, port: port.Id);
        }
    }

    async Task<bool> HasDnsAsync(CancellationToken cancelled)
    {
        try
        {
            return await Neutron.Extensions.HasAsync(Scope.Own, Extension.DnsIntegration, cancelled);
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of("reading the extensions of the network service", fault);
        }
    }

    static JsonElement? Cleaned(JsonElement? profile)
    {
        if (profile is not { ValueKind: JsonValueKind.Object } there || !there.EnumerateObject().Any())
        {
            return null;
        }

        var kept = JsonObject.Create(there)!.DeepClone().AsObject();
        foreach (var name in OfBinding)
        {
            kept.Remove(name);
        }

        return JsonSerializer.SerializeToElement(kept, ParentPortsJson.Default.JsonObject);
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonObject))]
internal sealed partial class ParentPortsJson : System.Text.Json.Serialization.JsonSerializerContext;
