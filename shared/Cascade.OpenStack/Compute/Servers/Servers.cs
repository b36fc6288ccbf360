using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Servers of Nova. Every method throws <see cref="CloudFault"/> and nothing else but cancellation.</summary>
public sealed partial class Servers
{
    private readonly ServiceClient client;

    internal Servers(ServiceClient client) => this.client = client;

    /// <summary>
    /// Asks for one server; sent once and never repeated. On a fault with <see cref="CloudFault.ResultUnknown"/> the server may exist:
    /// look it up by what was stamped on it. A stamp or host name that the cloud is too old for is refused as
    /// <see cref="FaultKind.Unsupported"/> before anything is sent.
    /// </summary>
    public async Task<ServerCreated> CreateAsync(Scope scope, ServerCreate wanted, CancellationToken cancelled)
    {
        var body = new ServerCreateBody(wanted) { Hints = wanted.SchedulerHints is { Count: > 0 } hints ? hints : null };
        var (floor, why) = FloorOf(wanted);
        var request = ApiRequest.Post(ServerPaths.All, body, ComputeJson.Default.ServerCreateBody) with { Floor = floor, FloorReason = why };
        return (await client.SendAsync(scope, request, ComputeJson.Default.ServerCreatedBody, cancelled)).Server;
    }

    public async Task<Server> GetAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(ServerPaths.One(id)), ComputeJson.Default.ServerBody, cancelled)).Server;

    /// <summary>As <see cref="GetAsync"/>, but null when there is none.</summary>
    public async Task<Server?> FindAsync(Scope scope, string id, CancellationToken cancelled)
    {
        try
        {
            return await GetAsync(scope, id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Servers in detail, page after page, newest first unless a sort key says otherwise.</summary>
    public IAsyncEnumerable<Server> ListAsync(Scope scope, ServerFilter filter, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get(ServerPaths.Detail, filter.ToQuery()) with
            {
                Floor = filter.ChangesBefore is not null ? new(2, 66) : filter.Tags is not null || filter.TagsAny is not null ? new(2, 26) : null,
                FloorReason = "this filter",
            },
            ComputeJson.Default.ServerPage,
            page => ((IReadOnlyList<Server>?)page.Servers, Paging.Next(page.ServersLinks)),
            cancelled);

    /// <summary>Asks for deletion; NotFound when it is gone already. May be sent again when no answer came.</summary>
    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete(ServerPaths.One(id)), cancelled);

    private static (Microversion? Floor, string? Why) FloorOf(ServerCreate wanted) =>
        wanted.Hostname is not null ? (new Microversion(2, 90), "a host name of its own")
        : wanted.BlockDevices?.Any(device => device.VolumeType is not null) is true ? (new Microversion(2, 67), "a volume type in a block device")
        : wanted.Tags is not null ? (new Microversion(2, 52), "tags in a create")
        : (new Microversion(2, 37), "networks in a create");
}
