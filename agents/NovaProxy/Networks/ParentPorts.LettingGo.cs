using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.NovaProxy.Networks;

/// <summary>Ports that the instance does not use any more, or not here.</summary>
internal sealed partial class ParentPorts
{
    /// <summary>Takes the port from the instance, which did not make it. Gone is fine.</summary>
    public Task UnbindAsync(Port port, CancellationToken cancelled) => GoneIsFineAsync("unbinding", port.Id, async () => await Neutron.Ports.UpdateAsync(
        Scope.Own,
        port.Id,
        new()
        {
            DeviceId = "",
            DeviceOwner = "",
            BindingHostId = "",
            BindingProfile = Cleaned(port.BindingProfile),
            DnsName = !string.IsNullOrEmpty(port.DnsName) && await HasDnsAsync(cancelled) ? "" : null,
        },
        cancelled));

    /// <summary>Takes the port from our host, not from its instance. Gone is fine, and so is one that another host has.</summary>
    public Task LeaveAsync(Port port, CancellationToken cancelled) => port.BindingHostId == identity.Host
        ? GoneIsFineAsync(
            "unbinding",
            port.Id,
            () => Neutron.Ports.UpdateAsync(Scope.Own, port.Id, new() { BindingHostId = "", BindingProfile = Cleaned(port.BindingProfile) }, cancelled))
        : Task.CompletedTask;

    /// <summary>Gone is fine.</summary>
    public Task DeleteAsync(string id, CancellationToken cancelled) =>
        GoneIsFineAsync("deleting", id, () => Neutron.Ports.DeleteAsync(Scope.Own, id, cancelled));

    static async Task GoneIsFineAsync(string doing, string id, Func<Task> letGo)
    {
        try
        {
            await letGo();
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // It is what we want, or as good.
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of($"{doing} port {id}", fault, port: id);
        }
    }
}
