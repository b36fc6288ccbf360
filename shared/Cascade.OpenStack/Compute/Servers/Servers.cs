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
    /// <remarks>
    /// What Nova makes of it, the same from Zed to 2026.1:
    /// <list type="bullet">
    /// <item>Without <c>all_tenants</c> it is always the token's own project, for an administrator too; with it, a token without the
    /// policy <c>servers:detail:get_all_tenants</c> (admin) is refused with 403 (api/openstack/compute/servers.py: _get_servers).</item>
    /// <item>A filter that policy does not allow is left out <b>without a word</b>, so the list is longer than asked for (servers.py:
    /// remove_invalid_options; policy <c>servers:allow_all_filters</c>, admin). Everybody may use name, status, image, flavor, ip,
    /// changes-since, from 2.26 on the tag filters, 2.66 changes-before, 2.83 user_id, vm_state, task_state, power_state,
    /// availability_zone, key_name, 2.90 hostname (_get_server_search_options). <see cref="ServerFilter.Uuid"/>,
    /// <see cref="ServerFilter.Host"/>, <see cref="ServerFilter.ProjectId"/> and <see cref="ServerFilter.Deleted"/> work for
    /// administrators only: look at what comes back.</item>
    /// <item><c>tags=</c> finds servers that are not scheduled yet: the tags are kept in the build request and compared there
    /// (objects/build_request.py: BuildRequestList._pass_exact_filters), and the conductor writes them into the cell before it takes the
    /// build request away (conductor/manager.py: schedule_and_build_instances, _bury_in_cell0). A list reads build requests first and
    /// cells after (compute/api.py: get_all), so a server that moves between the two is seen. A look-up by stamp after a create whose
    /// answer was lost is therefore complete as soon as the POST is over on Nova's side; while it is still being worked on, nothing shows it.</item>
    /// <item><c>tags=</c> never finds a deleted server, not even with changes-since: a delete takes the tag rows away for good
    /// (db/main/api.py: instance_destroy). A watch for deletions must list without tag filters.</item>
    /// <item><c>changes-since</c> is <c>updated_at &gt;= time</c> (db/main/api.py: _get_query_nova_resource_by_changes_time), deleted rows
    /// included, with <c>status</c> DELETED, until they are archived. <c>updated_at</c> has whole seconds and comes from the clock of the
    /// conductor or API host that saved (MySQL rounds to the nearest second, MariaDB cuts), before the commit: let cursors overlap
    /// by more than the clocks of the control plane differ.</item>
    /// <item>Build requests are always in the list, whatever changes-since says. Between leaving the build request and the first save in
    /// the cell <c>updated_at</c> is null, which matches no time: a server may be missing from one such list and comes with the next.</item>
    /// <item><c>updated</c> of a server without <c>updated_at</c> shows the time of the request (utils.py: isotime(None)): take
    /// cursors from the clock, not from records.</item>
    /// <item>A server that was deleted before it was scheduled leaves no record at all (compute/api.py: _delete_while_booting);
    /// only its absence tells.</item>
    /// <item>A marker that is gone (an unscheduled server that was deleted) is 400, here <see cref="FaultKind.Invalid"/>: list again.</item>
    /// </list>
    /// </remarks>
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
        : (wanted.Host ?? wanted.HypervisorHostname) is not null ? (new Microversion(2, 74), "a host to create on")
        : wanted.BlockDevices?.Any(device => device.VolumeType is not null) is true ? (new Microversion(2, 67), "a volume type in a block device")
        // From 2.37 to 2.41 a tag of an interface was refused by mistake (nova/api/openstack/compute/schemas/servers.py: create_v242).
        : wanted.Networks.List.Any(network => network.Tag is not null) && wanted.Tags is null ? (new Microversion(2, 42), "a tag of an interface")
        : wanted.Tags is not null ? (new Microversion(2, 52), "tags in a create")
        : (new Microversion(2, 37), "networks in a create");
}
