using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Serving;

namespace Cascade.Interop.Peers;

/// <summary>Our side of a row: one transport, its servers, what it logged.</summary>
public sealed class Ours : IAsyncDisposable
{
    readonly List<RpcServer> servers = [];

    public Ours(Road road, TimeProvider? clock = null)
    {
        Road = road;
        Transport = new(road.Options, Log, clock ?? TimeProvider.System);
    }

    public Road Road { get; }

    public RecordedLog Log { get; } = new();

    public RabbitTransport Transport { get; }

    public IRpcCaller Caller => Transport.Caller;

    /// <summary>Serves the road's topic as a native service would: topic, topic.host and fanout, all with native flags.</summary>
    public Task<RpcServer> ServeAsync(IRpcEndpoint endpoint, Func<RpcServerOptions, RpcServerOptions>? how = null, RpcListen? listen = null) =>
        ServeAsync(Transport, endpoint, how, listen);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        await Transport.DisposeAsync();
        if (Environment.GetEnvironmentVariable("INTEROP_LOG") is not null)
        {
            foreach (var (id, level, text) in Log.Lines)
            {
                await TestContext.Out.WriteLineAsync($"{level} {id} {text}");
            }
        }

        Log.Dispose();
    }

    async Task<RpcServer> ServeAsync(RabbitTransport transport, IRpcEndpoint endpoint, Func<RpcServerOptions, RpcServerOptions>? how, RpcListen? listen)
    {
        var options = new RpcServerOptions { Listen = [listen ?? RpcListen.Native(Road.Topic, Road.Host)], StopGrace = TimeSpan.FromSeconds(1) };
        var server = transport.CreateServer(how is null ? options : how(options), endpoint);
        servers.Add(server);
        await server.StartAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        return server;
    }
}
