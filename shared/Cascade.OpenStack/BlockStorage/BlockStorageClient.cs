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
    }

    /// <summary>Endpoint and microversions.</summary>
    public ServiceClient Service { get; }

    public Volumes Volumes { get; }

    public Attachments Attachments { get; }

    public Snapshots Snapshots { get; }
}
