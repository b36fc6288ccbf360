using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Support.Parent;

/// <summary>
/// A parent's neutron-server with its database in memory: what the ML2 plugin does with what an Open vSwitch agent asks and tells, and the
/// router plugin with an L3 agent. Things are kept as the
/// API shows them and are told as dictionaries or as versioned objects of Zed. It is as strict as the real one where that matters: versions, an
/// administrator's context, times of reports, who may set the status of a port.
/// </summary>
public sealed partial class FakeNeutronServer(TimeProvider time) : IRpcEndpoint
{
    readonly Lock one = new();
    readonly List<FakeNeutronCall> calls = [];
    TaskCompletionSource changed = NewChange();

    /// <summary>When set, it may throw the fault that the call shall fail with.</summary>
    public Action<FakeNeutronCall>? Before { get; set; }

    /// <summary>When set, a call waits for it before it is answered.</summary>
    public Func<FakeNeutronCall, Task>? Hold { get; set; }

    /// <summary>Every call so far, in order.</summary>
    public IReadOnlyList<FakeNeutronCall> Calls => Locked(() => calls.ToArray());

    public IReadOnlyList<FakeNeutronCall> CallsOf(string method) => [.. Calls.Where(call => call.Method == method)];

    /// <summary>What the server says to its agents, in order; <see cref="ScriptedNeutron"/> casts it.</summary>
    public Action<FakeNotice>? Told { get; set; }

    public async Task<JsonNode?> ServeAsync(RpcRequest request, CancellationToken cancelled)
    {
        var call = new FakeNeutronCall(
            request.Method, request.Version, JsonNode.Parse(request.Arguments.GetRawText())!.AsObject(), request.Context, time.GetUtcNow());
        Locked(() =>
        {
            calls.Add(call);
            return 0;
        });
        Touched();
        Before?.Invoke(call);
        if (Hold is { } hold)
        {
            await hold(call);
        }

        var notices = new List<FakeNotice>();
        try
        {
            lock (one)
            {
                telling = notices;
                return Serve(call)?.DeepClone();
            }
        }
        finally
        {
            Tell(notices);
            Touched();
        }
    }

    /// <summary>Ends when it is so.</summary>
    public async Task UntilAsync(Func<FakeNeutronServer, bool> condition, TimeSpan? patience = null)
    {
        var limit = patience ?? TimeSpan.FromSeconds(30);
        using var stop = new CancellationTokenSource(limit, TimeProvider.System);
        while (true)
        {
            var next = Volatile.Read(ref changed).Task;
            if (condition(this))
            {
                return;
            }

            try
            {
                await next.WaitAsync(stop.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"not within {limit}; the last calls were {string.Join("; ", Calls.TakeLast(12).Select(call => call.Method))}", late);
            }
        }
    }

    JsonNode? Serve(FakeNeutronCall call)
    {
        var (version, answer) = Find(call.Method);
        if (!version.Serves(call.Version))
        {
            throw new RpcFault(
                "oslo_messaging.rpc.dispatcher", "UnsupportedVersion", $"Endpoint does not support RPC version {call.Version}. Attempted method: {call.Method}");
        }

        return answer(call);
    }

    // The newest version of each endpoint in Zed; a method that came with 1.5 is not asked in an older one by anybody.
    (RpcVersion Version, Func<FakeNeutronCall, JsonNode?> Answer) Find(string method) => method switch
    {
        "has_alive_neutron_server" => (new(1, 2), _ => Alive),
        "report_state" => (new(1, 2), Report),
        "get_dvr_mac_address_by_host" => (new(1, 1), DvrMac),
        "get_ports" => (new(1, 0), GetPorts),
        // Two endpoints have it: that of the DHCP agents (1.9), and that of the L3 agents.
        "get_networks" => (new(1, 12), GetNetworks),
        "get_network_info" => (new(1, 9), GetNetworkInfo),
        "create_dhcp_port" => (new(1, 9), CreateDhcpPort),
        "release_dhcp_port" => (new(1, 9), ReleaseDhcpPort),
        "bulk_pull" => (new(1, 1), BulkPull),
        "pull" => (new(1, 1), Pull),
        "get_devices_details_list_and_failed_devices" => (new(1, 9), Details),
        "update_device_list" => (new(1, 9), UpdateDevices),
        "tunnel_sync" => (new(1, 9), TunnelSync),
        "security_group_info_for_devices" => (new(1, 3), SecurityGroupInfo),
        "update_subport_bindings" => (new(1, 0), BindSubPorts),
        "get_router_ids" => (new(1, 12), GetRouterIds),
        "sync_routers" => (new(1, 12), SyncRouters),
        "update_floatingip_statuses" => (new(1, 12), UpdateFloatingIpStatuses),
        "get_agent_gateway_port" => (new(1, 12), GetAgentGatewayPort),
        "delete_agent_gateway_port" => (new(1, 12), DeleteAgentGatewayPort),
        "get_service_plugin_list" => (new(1, 12), _ => List(ServicePlugins.Select(name => (JsonNode)name))),
        "update_ha_routers_states" => (new(1, 12), UpdateHaRoutersStates),
        "update_all_ha_network_port_statuses" => (new(1, 12), UpdateAllHaNetworkPortStatuses),
        "get_host_ha_router_count" => (new(1, 12), CountHaRouters),
        "update_trunk_status" => (new(1, 0), SetTrunkStatus),
        _ => throw new RpcFault("oslo_messaging.rpc.dispatcher", "NoSuchMethod", $"Endpoint does not support RPC method {method}"),
    };

    T Locked<T>(Func<T> read)
    {
        lock (one)
        {
            return read();
        }
    }

    /// <summary>Changes something and tells the agents what the plugin would.</summary>
    T Edit<T>(Func<T> edit)
    {
        var notices = new List<FakeNotice>();
        T result;
        lock (one)
        {
            telling = notices;
            result = edit();
        }

        Tell(notices);
        Touched();
        return result;
    }

    void Tell(List<FakeNotice> notices)
    {
        foreach (var notice in notices)
        {
            Told?.Invoke(notice);
        }
    }

    void Touched() => Interlocked.Exchange(ref changed, NewChange()).TrySetResult();

    static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    static string NewId() => Guid.NewGuid().ToString("D");

    static JsonArray List(IEnumerable<JsonNode?> items) => [.. items.Select(item => item?.DeepClone())];
}

/// <summary>One call as the server got it.</summary>
public sealed record FakeNeutronCall(string Method, RpcVersion Version, JsonObject Arguments, RpcContext Context, DateTimeOffset At)
{
    public string Text(string argument) => Arguments[argument]?.GetValue<string>() ?? throw new RpcFault("builtins", "TypeError", $"{Method}() missing argument {argument}");

    public IEnumerable<string> Texts(string argument) => (Arguments[argument] as JsonArray ?? []).Select(item => item!.GetValue<string>());
}

/// <summary>What the server says to its agents.</summary>
/// <param name="Host">The one that it is for; null for a fanout.</param>
/// <param name="IsCall">True when the server waits for an answer.</param>
public sealed record FakeNotice(string Topic, string Method, RpcVersion Version, JsonObject Arguments, string? Host = null, bool IsCall = false);

/// <summary>What became of a call of the server's.</summary>
/// <param name="Result">As the agent answered it, <c>null</c> for nothing.</param>
/// <param name="Failure">Why there is no answer; null when there is one.</param>
public sealed record FakeAnswer(FakeNotice Call, string? Result, string? Failure);
