using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Serving;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.Support.Parent;

/// <summary>
/// A whole parent for one compute host: a conductor that serves on a real broker, and Keystone, Placement and Glance over HTTP. It lives in the
/// test's process, so the agent under test may be killed and started again at will. Its verbs do what nova-api, scheduler and conductor do before
/// they cast to a compute.
/// </summary>
public sealed partial class ScriptedParent : IAsyncDisposable
{
    const string Admin = "openstack";

    readonly RabbitTransport transport;
    readonly RpcServer server;

    ScriptedParent(string host, string transportUrl, RabbitTransport transport, RpcServer server, FakeConductor conductor, FakeCloud cloud)
    {
        Host = host;
        TransportUrl = transportUrl;
        this.transport = transport;
        this.server = server;
        Conductor = conductor;
        Cloud = cloud;
        Image = cloud.Glance.Add("tiny", new byte[4096]).Id;
    }

    /// <summary>The compute host's name.</summary>
    public string Host { get; }

    public string TransportUrl { get; }

    public FakeConductor Conductor { get; }

    /// <summary>The parent's Keystone, Placement and Glance.</summary>
    public FakeCloud Cloud { get; }

    /// <summary>An image of the parent's Glance.</summary>
    public string Image { get; }

    public string ProjectId { get; } = "a7e0000000000000000000000000000b";

    public string UserId { get; } = "a7e0000000000000000000000000000c";

    /// <param name="host">Mapped to its cell from the start.</param>
    public static async Task<ScriptedParent> StartAsync(Broker broker, string host = "child-1")
    {
        var vhost = await broker.VhostAsync();
        return await StartAsync(new RabbitOptions { Hosts = [new("127.0.0.1", broker.Port)], VirtualHost = vhost }, broker.TransportUrl(vhost), host);
    }

    /// <summary>With quorum queues, as a cloud on a cluster has them.</summary>
    public static async Task<ScriptedParent> StartAsync(BrokerCluster cluster, string host = "child-1")
    {
        var vhost = await cluster.Nodes[0].VhostAsync();
        var options = new RabbitOptions
        {
            Hosts = [.. cluster.Nodes.Select(node => new RabbitHost("127.0.0.1", node.Port))],
            VirtualHost = vhost,
            RabbitQuorumQueue = true,
            RabbitTransientQuorumQueue = true,
        };
        return await StartAsync(options, cluster.TransportUrl(vhost), host);
    }

    static async Task<ScriptedParent> StartAsync(RabbitOptions connecting, string transportUrl, string host)
    {
        var options = connecting with { ControlExchange = "nova", ProcessName = "scripted-parent" };
        var bus = new RabbitTransport(options, NullLoggerFactory.Instance, TimeProvider.System);
        var conductor = new FakeConductor(TimeProvider.System);
        conductor.MappedHosts.Add(host);
        var serving = bus.CreateServer(
            new() { Listen = [RpcListen.Native("conductor", Admin)], Acknowledge = Acknowledge.OnDelivery, StopGrace = TimeSpan.FromSeconds(1) }, conductor);
        await serving.StartAsync(CancellationToken.None);
        return new(host, transportUrl, bus, serving, conductor, await FakeCloud.StartAsync());
    }

    /// <summary>What the agent needs to know, as its configuration file. Intervals are short, so that a test need not wait.</summary>
    public string Configuration(FakeCloud child, string more = "") => $"""
        [DEFAULT]
        host = {Host}
        my_ip = 127.0.0.1
        transport_url = {TransportUrl}
        report_interval = 1
        [cascade]
        ops_listen = 127.0.0.1:0
        capacity_interval = 5
        watch_interval = 1
        child_probe_interval = 1
        {more}
        {Section("placement", Cloud)}
        {Section("glance", Cloud)}
        {Section("neutron", Cloud)}
        {Section("cinder", Cloud)}
        {Section("child", child)}
        """;

    /// <summary>Ends when the agent is a host of this parent: registered, counted up and listening.</summary>
    public Task ExpectServiceAsync(TimeSpan? patience = null) =>
        Conductor.UntilAsync(now => now.Services.Any(service => (string?)service["host"] == Host && (long?)service["report_count"] > 0), patience ?? TimeSpan.FromSeconds(60));

    /// <summary>Ends when the instance is so; the row is there also when it is deleted.</summary>
    public Task ExpectInstanceAsync(string uuid, Func<JsonObject, bool> state, TimeSpan? patience = null) =>
        Conductor.UntilAsync(now => now.Instance(uuid) is { } row && state(row), patience ?? TimeSpan.FromSeconds(60));

    /// <summary>Ends when the instance has this vm_state and no task.</summary>
    public Task ExpectInstanceAsync(string uuid, string vmState, TimeSpan? patience = null) =>
        ExpectInstanceAsync(uuid, row => (string?)row["vm_state"] == vmState && row["task_state"] is null, patience);

    /// <summary>Ends when the instance's row is marked deleted.</summary>
    public Task ExpectGoneAsync(string uuid, TimeSpan? patience = null) =>
        ExpectInstanceAsync(uuid, row => row["deleted"] is JsonValue value && value.GetValueKind() is System.Text.Json.JsonValueKind.True, patience);

    /// <summary>Casts to the compute host as the API or the conductor would.</summary>
    public Task CastAsync(string method, JsonObject arguments, RpcContext context) =>
        transport.Caller.CastAsync(new("compute", new(6, 0), Server: Host), method, arguments, context);

    /// <summary>Calls the compute host as the API would.</summary>
    public async Task<JsonNode?> CallAsync(string method, JsonObject arguments, RpcContext context, TimeSpan? timeout = null, string? @namespace = null)
    {
        var target = new RpcTarget("compute", @namespace is null ? new(6, 0) : new(1, 1), Server: Host, Namespace: @namespace);
        var answer = await transport.Caller.CallAsync(target, method, arguments, context, timeout);
        return answer.ValueKind is System.Text.Json.JsonValueKind.Undefined or System.Text.Json.JsonValueKind.Null ? null : JsonNode.Parse(answer.GetRawText());
    }

    public async ValueTask DisposeAsync()
    {
        await server.StopAsync(CancellationToken.None);
        await server.DisposeAsync();
        await transport.DisposeAsync();
        await Cloud.DisposeAsync();
    }

    internal static string Section(string name, FakeCloud cloud) => $"""
        [{name}]
        auth_url = {cloud.AuthUrl}
        auth_type = password
        username = {cloud.Keystone.Username}
        password = {cloud.Keystone.Password}
        project_name = {cloud.Keystone.ProjectName}
        user_domain_name = Default
        project_domain_name = Default
        region_name = RegionOne
        """;
}
