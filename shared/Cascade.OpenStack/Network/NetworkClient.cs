using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Neutron of one cloud.</summary>
public sealed class NetworkClient
{
    internal NetworkClient(ServiceClient service)
    {
        Service = service;
        Extensions = new Extensions(service);
        Networks = new Networks(service, Extensions);
        Subnets = new Subnets(service, Extensions);
        Ports = new Ports(service, Extensions);
        PortBindings = new PortBindings(service);
        SecurityGroups = new SecurityGroups(service, Extensions);
        SecurityGroupRules = new SecurityGroupRules(service, Extensions);
        AddressGroups = new AddressGroups(service, Extensions);
        RbacPolicies = new RbacPolicies(service, Extensions);
        QosPolicies = new QosPolicies(service, Extensions);
        Trunks = new Trunks(service, Extensions);
        Quotas = new Quotas(service);
        Agents = new NetworkAgents(service, Extensions);
        Tags = new NetworkTags(service);
        Routers = new Routers(service, Extensions);
        FloatingIps = new FloatingIps(service, Extensions);
        PortForwardings = new PortForwardings(service);
        ConntrackHelpers = new ConntrackHelpers(service);
        NdpProxies = new NdpProxies(service, Extensions);
        AutoAllocatedTopologies = new AutoAllocatedTopologies(service);
    }

    /// <summary>Endpoint, and Neutron's own clock for cursors of <c>changed_since</c>.</summary>
    public ServiceClient Service { get; }

    public Networks Networks { get; }

    public Subnets Subnets { get; }

    public Ports Ports { get; }

    public PortBindings PortBindings { get; }

    public SecurityGroups SecurityGroups { get; }

    public SecurityGroupRules SecurityGroupRules { get; }

    public AddressGroups AddressGroups { get; }

    public RbacPolicies RbacPolicies { get; }

    public QosPolicies QosPolicies { get; }

    public Trunks Trunks { get; }

    public Extensions Extensions { get; }

    public Quotas Quotas { get; }

    public NetworkAgents Agents { get; }

    public NetworkTags Tags { get; }

    public Routers Routers { get; }

    public FloatingIps FloatingIps { get; }

    public PortForwardings PortForwardings { get; }

    public ConntrackHelpers ConntrackHelpers { get; }

    public NdpProxies NdpProxies { get; }

    public AutoAllocatedTopologies AutoAllocatedTopologies { get; }

    /// <param name="scope">On whose behalf.</param>
    /// <param name="deviceId">A server's id; null for all ports in sight.</param>
    /// <param name="cancelled">Ends the listing.</param>
    public IAsyncEnumerable<Port> PortsAsync(Scope scope, string? deviceId, CancellationToken cancelled) =>
        Ports.ListAsync(scope, new PortFilter { DeviceIds = deviceId is null ? null : [deviceId] }, cancelled);

    public Task<Port> PortAsync(Scope scope, string id, CancellationToken cancelled) => Ports.GetAsync(scope, id, cancelled);

    public IAsyncEnumerable<NetworkInfo> NetworksAsync(Scope scope, string? name, CancellationToken cancelled) =>
        Networks.ListAsync(scope, new NetworkFilter { Name = name }, cancelled);
}
