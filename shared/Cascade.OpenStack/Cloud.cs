using Cascade.OpenStack.BlockStorage;
using Cascade.OpenStack.Compute;
using Cascade.OpenStack.Http;
using Cascade.OpenStack.Image;
using Cascade.OpenStack.Keystone;
using Cascade.OpenStack.Network;
using Cascade.OpenStack.Placement;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.OpenStack;

/// <summary>
/// One cloud as one account. Make one per cloud and keep it: it holds the connections, the tokens and the versions. Safe for any number of
/// callers at once. Every call throws <see cref="CloudFault"/> when the cloud refuses or does not answer, and nothing else but cancellation.
/// </summary>
public sealed class Cloud : IDisposable
{
    private readonly Transport transport;

    /// <param name="options">Where and as whom.</param>
    /// <param name="log">Where lines go; no secret ever does.</param>
    /// <param name="time">Clock for lives of tokens, pauses and time-outs; the system's when null.</param>
    /// <exception cref="InvalidOperationException">The CA file has no certificate.</exception>
    public Cloud(CloudOptions options, ILogger<Cloud>? log = null, TimeProvider? time = null)
        : this(options, log, time, handler: null)
    {
    }

    internal Cloud(CloudOptions options, ILogger? log, TimeProvider? time, HttpMessageHandler? handler)
    {
        transport = new Transport(options, log ?? NullLogger.Instance, time ?? TimeProvider.System, handler);
        Identity = new Identity(transport);
        Compute = new ComputeClient(Service(ServiceTraits.Compute));
        Placement = new PlacementClient(Service(ServiceTraits.Placement));
        Images = new Images(Service(ServiceTraits.Image));
        Network = new NetworkClient(Service(ServiceTraits.Network));
        BlockStorage = new BlockStorageClient(Service(ServiceTraits.BlockStorage));
    }

    public string Name => transport.Options.Name;

    /// <summary>The region of its catalog; null when any is taken.</summary>
    public string? Region => transport.Options.RegionName;

    /// <summary>Nova's own clock, for cursors of <c>changes-since</c>.</summary>
    public CloudClock Clock => Compute.Service.Clock;

    /// <summary>Tokens, our own user and project.</summary>
    public Identity Identity { get; }

    public ComputeClient Compute { get; }

    public PlacementClient Placement { get; }

    public Images Images { get; }

    public NetworkClient Network { get; }

    public BlockStorageClient BlockStorage { get; }

    public void Dispose() => transport.Dispose();

    private ServiceClient Service(ServiceTraits traits) => new(transport, Identity, traits);
}
