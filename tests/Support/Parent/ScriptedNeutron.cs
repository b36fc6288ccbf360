using System.Threading.Channels;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Serving;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.Support.Parent;

/// <summary>
/// A parent's neutron-server on a real broker: it serves what agents ask and tells them what changes. It lives in the test's process, so the
/// agent under test may be killed and started again at will.
/// </summary>
public sealed class ScriptedNeutron : IAsyncDisposable
{
    readonly RabbitTransport transport;
    readonly Channel<FakeNotice> notices = Channel.CreateUnbounded<FakeNotice>();
    readonly List<Task> calling = [];
    readonly Task casting;
    RpcServer server;

    ScriptedNeutron(string host, string transportUrl, RabbitTransport transport, RpcServer server, FakeNeutronServer neutron)
    {
        Host = host;
        TransportUrl = transportUrl;
        Server = neutron;
        this.transport = transport;
        this.server = server;
        neutron.Told += notice => notices.Writer.TryWrite(notice);
        casting = Task.Run(CastAsync);
    }

    /// <summary>The agent's host.</summary>
    public string Host { get; }

    public string TransportUrl { get; }

    public FakeNeutronServer Server { get; }

    /// <summary>While true what changes is told to nobody, as while a broker is down.</summary>
    public bool Silent { get; set; }

    /// <summary>How often each notice is told.</summary>
    public int Times { get; set; } = 1;

    public static async Task<ScriptedNeutron> StartAsync(Broker broker, string host = "child-1")
    {
        var vhost = await broker.VhostAsync();
        var options = new RabbitOptions
        {
            Hosts = [new RabbitHost("127.0.0.1", broker.Port, "guest", "guest")], VirtualHost = vhost, ControlExchange = "neutron", ProcessName = "scripted-neutron",
        };
        var bus = new RabbitTransport(options, NullLoggerFactory.Instance, TimeProvider.System);
        var neutron = new FakeNeutronServer(TimeProvider.System);
        return new(host, broker.TransportUrl(vhost), bus, await ServeAsync(bus, neutron), neutron);
    }

    /// <summary>What the agent needs to know, as its configuration file. Intervals are short, so that a test need not wait.</summary>
    public string Configuration(FakeCloud child, string more = "") => $"""
        [DEFAULT]
        host = {Host}
        my_ip = 127.0.0.1
        transport_url = {TransportUrl}
        [agent]
        report_interval = 1
        [cascade]
        ops_listen = 127.0.0.1:0
        watch_interval = 1
        child_probe_interval = 1
        {more}
        {ScriptedParent.Section("child", child)}
        """;

    /// <summary>Ends when the agent has reported and taken up its work.</summary>
    public Task ExpectAgentAsync(TimeSpan? patience = null) =>
        Server.UntilAsync(now => now.Agents.TryGetValue(Host, out var agent) && agent.Reports > 0, patience ?? TimeSpan.FromSeconds(60));

    public Task ExpectPortAsync(string id, string status, TimeSpan? patience = null) =>
        Server.UntilAsync(now => (string?)now.Port(id)?["status"] == status, patience ?? TimeSpan.FromSeconds(60));

    /// <summary>As <see cref="ExpectAgentAsync"/>, of an L3 agent.</summary>
    public Task ExpectL3AgentAsync(TimeSpan? patience = null) =>
        Server.UntilAsync(now => now.L3Agents.TryGetValue(Host, out var agent) && agent.Reports > 0, patience ?? TimeSpan.FromSeconds(60));

    /// <summary>No neutron-server answers any more; what is asked meanwhile waits in the broker.</summary>
    public async Task StopServerAsync()
    {
        await server.StopAsync(CancellationToken.None);
        await server.DisposeAsync();
    }

    public async Task StartServerAsync() => server = await ServeAsync(transport, Server);

    /// <summary>Casts something to a fanout or to one host, whatever it is.</summary>
    public Task CastAsync(FakeNotice notice) =>
        transport.Caller.CastAsync(Target(notice), notice.Method, notice.Arguments.DeepClone().AsObject(), RpcContext.Admin("req-parent"));

    /// <summary>Asks an agent; the server records what becomes of it.</summary>
    /// <param name="patience">rpc_response_timeout, 60 s natively.</param>
    public async Task CallAsync(FakeNotice notice, TimeSpan? patience = null)
    {
        try
        {
            var result = await transport.Caller.CallAsync(
                Target(notice), notice.Method, notice.Arguments.DeepClone().AsObject(), RpcContext.Admin("req-parent"), patience ?? TimeSpan.FromSeconds(30));
            Server.Answered(new(notice, result.GetRawText(), Failure: null));
        }
        catch (Exception failure) when (failure is RpcFault or RpcTimeoutException)
        {
            Server.Answered(new(notice, Result: null, failure.Message));
        }
    }

    public async ValueTask DisposeAsync()
    {
        notices.Writer.TryComplete();
        await casting;
        await Task.WhenAll(calling);
        await StopServerAsync();
        await transport.DisposeAsync();
    }

    static async Task<RpcServer> ServeAsync(RabbitTransport bus, FakeNeutronServer neutron)
    {
        var serving = bus.CreateServer(
            new()
            {
                Listen = [RpcListen.Native("q-reports-plugin", "parent"), RpcListen.Native("q-plugin", "parent"), RpcListen.Native("trunk", "parent"), RpcListen.Native("q-l3-plugin", "parent")],
                Acknowledge = Acknowledge.OnDelivery,
                Parks = false,
                StopGrace = TimeSpan.FromSeconds(1),
            },
            neutron);
        await serving.StartAsync(CancellationToken.None);
        return serving;
    }

    static RpcTarget Target(FakeNotice notice) => new(notice.Topic, notice.Version, Server: notice.Host, Fanout: notice.Host is null);

    async Task CastAsync()
    {
        await foreach (var notice in notices.Reader.ReadAllAsync())
        {
            if (notice.IsCall && !Silent)
            {
                // The administrator's request waits for it, and nothing else does.
                calling.Add(CallAsync(notice));
                continue;
            }

            for (var time = 0; time < Times && !Silent; time++)
            {
                await CastAsync(notice);
            }
        }
    }
}
