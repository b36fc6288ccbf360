using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Networks;

/// <summary>
/// The ports that an instance has, bound to our host: it comes here with them (nova/network/neutron.py: setup_instance_network_on_host). Nothing is made, and nothing
/// is taken away when it fails.
/// </summary>
internal sealed class Rebinding(ParentPorts ports, TenantNetworks networks, VirtualInterfaces interfaces, InfoCache cache)
{
    /// <returns>In the order of the interfaces.</returns>
    /// <exception cref="Oslo.Wire.Failures.RpcFault">As nova raises them.</exception>
    public async Task<IReadOnlyList<Nic>> HereAsync(VersionedObject instance, RpcContext context, CancellationToken cancelled)
    {
        var own = await ports.OfAsync(instance, cancelled);
        if (own.Count == 0)
        {
            return [];
        }

        var known = await interfaces.OfAsync(context.Elevated(), instance.Text("uuid")!, cancelled);
        var order = known.Select(one => one.Text("uuid")).OfType<string>().ToList();
        var premade = InfoCache.PremadeOf(instance);
        var nics = new List<Nic>();
        foreach (var port in own.OrderBy(port => (uint)order.IndexOf(port.Id)))
        {
            var tag = known.FirstOrDefault(one => one.Text("uuid") == port.Id)?.Text("tag");
            // Looked up in our own name, as for a port that was asked for: its network may be another's by now.
            var (_, network) = (await networks.OfAsync([new(port.NetworkId, null, port.Id, tag)], context.Elevated(), cancelled))[0];
            await ports.BindAsync(instance, port, network, context, cancelled);
            nics.Add(new(port.Id, network.Id, port.MacAddress!, tag, premade.Contains(port.Id)));
        }

        await cache.HealAsync(instance, context, cancelled);
        return nics;
    }
}
