using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Networks;

/// <summary>Ports that the instance does not use any more, or not here.</summary>
internal sealed partial class ParentPorts
{
    /// <summary>Takes the port from the instance, which did not make it. Gone is fine.</summary>
    public async Task UnbindAsync(Port port, CancellationToken cancelled)
    {
        var update = new PortUpdate
        {
            DeviceId = "",
            DeviceOwner = "",
            BindingHostId = "",
            BindingProfile = Cleaned(port.BindingProfile),
            DnsName = !string.IsNullOrEmpty(port.DnsName) && await HasDnsAsync(cancelled) ? "" : null,
        };
        try
        {
            await Neutron.Ports.UpdateAsync(Scope.Own, port.Id, update, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is as good.
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of($"unbinding port {port.Id}", fault, port: port.Id);
        }
    }

    /// <summary>Takes the port from our host, not from its instance. Gone is fine, and so is one that another host has.</summary>
    public async Task LeaveAsync(Port port, CancellationToken cancelled)
    {
        if (port.BindingHostId != identity.Host)
        {
            return;
        }

        try
        {
            await Neutron.Ports.UpdateAsync(Scope.Own, port.Id, new() { BindingHostId = "", BindingProfile = Cleaned(port.BindingProfile) }, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is as good.
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of($"unbinding port {port.Id}", fault, port: port.Id);
        }
    }

    /// <summary>Gone is fine.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancelled)
    {
        try
        {
            await Neutron.Ports.DeleteAsync(Scope.Own, id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is what we want.
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of($"deleting port {id}", fault, port: id);
        }
    }
}
