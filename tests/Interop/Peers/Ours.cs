using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Parking;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Serving;

namespace Cascade.Interop.Peers;

/// <summary>Our side of a row: one transport, its servers, what it logged.</summary>
public sealed class Ours : IAsyncDisposable
{
    readonly List<RpcServer> servers = [];
    bool disposed;

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
        if (disposed)
        {
            return;
        }

        disposed = true;
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

    /// <summary>The dead letters of the road's server, asked for until there is one: that it was given up is said a moment before it lies there.</summary>
    public async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var letters = await Transport.DeadLetters.ListAsync(Road.Queue, limit.Token);
            if (letters.Count > 0)
            {
                return letters;
            }
        }
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
