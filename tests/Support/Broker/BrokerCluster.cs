namespace Cascade.Support;

/// <summary>Three brokers on loopback that are one cluster, of which a test may kill one. Starts in some twenty seconds.</summary>
public sealed class BrokerCluster : IAsyncDisposable
{
    readonly List<Broker> nodes;

    BrokerCluster(List<Broker> nodes) => this.nodes = nodes;

    /// <summary>Those that live.</summary>
    public IReadOnlyList<Broker> Nodes => nodes;

    public static async Task<BrokerCluster> StartAsync(Generation? generation = null)
    {
        var first = await Broker.StartAsync(generation);
        var cluster = new BrokerCluster([first]);
        try
        {
            cluster.nodes.AddRange(await Task.WhenAll(first.StartAnotherAsync(), first.StartAnotherAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>With all nodes that live in it.</summary>
    public string TransportUrl(string vhost) => $"rabbit://{string.Join(',', nodes.Select(node => $"guest:guest@127.0.0.1:{node.Port}"))}/{Uri.EscapeDataString(vhost)}";

    /// <summary>As a power cut.</summary>
    public async Task KillAsync(Broker node)
    {
        nodes.Remove(node);
        await node.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }
}
