using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Cinder of one cloud.</summary>
public sealed class BlockStorageClient
{
    internal BlockStorageClient(ServiceClient service)
    {
        Service = service;
        Volumes = new Volumes(service);
        Attachments = new Attachments(service);
        Snapshots = new Snapshots(service);
        VolumeTypes = new VolumeTypes(service);
        Transfers = new Transfers(service);
        Backups = new Backups(service);
        Groups = new Groups(service);
        GroupSnapshots = new GroupSnapshots(service);
        GroupTypes = new GroupTypes(service);
        Messages = new Messages(service);
        Manageable = new Manageable(service);
        Pools = new Pools(service);
        Limits = new Limits(service);
        QuotaSets = new QuotaSets(service);
        AvailabilityZones = new VolumeZones(service);
        Services = new BlockStorageServices(service);
    }

    /// <summary>Endpoint and microversions.</summary>
    public ServiceClient Service { get; }

    public Volumes Volumes { get; }

    public Attachments Attachments { get; }

    public Snapshots Snapshots { get; }

    public VolumeTypes VolumeTypes { get; }

    public Transfers Transfers { get; }

    public Backups Backups { get; }

    public Groups Groups { get; }

    public GroupSnapshots GroupSnapshots { get; }

    public GroupTypes GroupTypes { get; }

    public Messages Messages { get; }

    public Manageable Manageable { get; }

    public Pools Pools { get; }

    public Limits Limits { get; }

    public QuotaSets QuotaSets { get; }

    public VolumeZones AvailabilityZones { get; }

    public BlockStorageServices Services { get; }
}
