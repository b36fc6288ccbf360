using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Serving;
using Cascade.Support;

namespace Cascade.Oslo.Messaging.Tests.Support;

/// <summary>One vhost and what a test has opened on it.</summary>
sealed class Lane : IAsyncDisposable
{
    readonly List<IAsyncDisposable> opened = [];

    Lane(Broker broker, string vhost, RabbitOptions options)
    {
        Broker = broker;
        Vhost = vhost;
        Options = options;
    }

    public Broker Broker { get; }

    public string Vhost { get; }

    public RabbitOptions Options { get; }

    public Record Log { get; } = new();

    public static async Task<Lane> OpenAsync(Broker? own = null)
    {
        var broker = own ?? await Bus.SharedAsync();
        var vhost = await broker.VhostAsync();
        return new(broker, vhost, OptionsOf(broker.Port, vhost));
    }

    public static RabbitOptions OptionsOf(int port, string vhost) => new()
    {
        Hosts = [new("127.0.0.1", port)],
        VirtualHost = vhost,
        ControlExchange = "nova",
        ProcessName = "tests",
        KombuReconnectDelay = TimeSpan.FromMilliseconds(50),
        RabbitRetryInterval = TimeSpan.FromMilliseconds(100),
        RabbitRetryBackoff = TimeSpan.Zero,
    };

    /// <summary>A network between us and the broker, which can go wrong; what is opened later ends before it.</summary>
    public TcpFault Network()
    {
        var network = TcpFault.Before("127.0.0.1", Broker.Port);
        opened.Add(network);
        return network;
    }

    public RabbitTransport Transport(Func<RabbitOptions, RabbitOptions>? with = null)
    {
        var transport = new RabbitTransport(with?.Invoke(Options) ?? Options, Log, TimeProvider.System);
        opened.Add(transport);
        return transport;
    }

    /// <summary>A started server of <c>compute.host1</c>.</summary>
    public async Task<RpcServer> ServeAsync(IRpcEndpoint endpoint, Func<RpcServerOptions, RpcServerOptions>? with = null, RabbitTransport? on = null)
    {
        var serving = new RpcServerOptions { Listen = [new("compute", "host1")], StopGrace = TimeSpan.FromSeconds(2) };
        var server = (on ?? Transport()).CreateServer(with?.Invoke(serving) ?? serving, endpoint);
        opened.Add(server);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await server.StartAsync(patience.Token);
        return server;
    }

    /// <summary>Messages that are in a queue, ready or not acknowledged; -1 when there is no such queue.</summary>
    public Task<int> CountAsync(string queue) => CountAsync(queue, "messages");

    /// <summary>Messages of a queue that somebody has and has not acknowledged.</summary>
    public Task<int> TakenAsync(string queue) => CountAsync(queue, "messages_unacknowledged");

    async Task<int> CountAsync(string queue, string what)
    {
        var rows = await Broker.CtlAsync("list_queues", "-p", Vhost, "--no-table-headers", "-s", "name", what);
        var row = rows.Split('\n').Select(line => line.Split('\t')).FirstOrDefault(words => words[0] == queue);
        return row is null ? -1 : int.Parse(row[1]);
    }

    public async ValueTask DisposeAsync()
    {
        for (var at = opened.Count - 1; at >= 0; at--)
        {
            await opened[at].DisposeAsync();
        }

        TestContext.Out.WriteLine(Log);
    }
}
