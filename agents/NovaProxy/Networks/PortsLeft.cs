using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Networks;

/// <summary>
/// The ports of an instance that leaves its host and keeps them: bound to nobody, as from 2023.1 on (nova/compute/manager.py: _shelve_offload_instance,
/// unbind_ports with detach=False). A parent of Zed leaves them bound to where they were.
/// </summary>
internal sealed class PortsLeft(ParentPorts ports, ParentRelease release)
{
    /// <summary>nova/objects/service.py: 66 is 2023.1.</summary>
    const int Unbinds = 66;

    /// <exception cref="Oslo.Wire.Failures.RpcFault">Neutron refuses.</exception>
    public async Task UnbindAsync(VersionedObject instance, CancellationToken cancelled)
    {
        if (release.ConductorVersion < Unbinds)
        {
            return;
        }

        foreach (var port in await ports.OfAsync(instance, cancelled))
        {
            await ports.LeaveAsync(port, cancelled);
        }
    }
}
