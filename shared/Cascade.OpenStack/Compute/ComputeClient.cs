using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Nova of one cloud.</summary>
public sealed class ComputeClient
{
    internal ComputeClient(ServiceClient service)
    {
        Service = service;
        Servers = new Servers(service);
        Flavors = new Flavors(service);
        Keypairs = new Keypairs(service);
        Services = new Services(service);
        Limits = new Limits(service);
        Hypervisors = new Hypervisors(service);
        Consoles = new Consoles(service);
        InstanceActions = new InstanceActions(service);
        Migrations = new ServerMigrations(service);
        ServerGroups = new ServerGroups(service);
        AvailabilityZones = new AvailabilityZones(service);
        ExternalEvents = new ServerExternalEvents(service);
    }

    /// <summary>Endpoint and microversions.</summary>
    public ServiceClient Service { get; }

    public Servers Servers { get; }

    public Flavors Flavors { get; }

    public Keypairs Keypairs { get; }

    public Services Services { get; }

    public Limits Limits { get; }

    public Hypervisors Hypervisors { get; }

    public Consoles Consoles { get; }

    public InstanceActions InstanceActions { get; }

    public ServerMigrations Migrations { get; }

    public ServerGroups ServerGroups { get; }

    public AvailabilityZones AvailabilityZones { get; }

    public ServerExternalEvents ExternalEvents { get; }
}
