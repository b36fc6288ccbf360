using Cascade.Support;

namespace Cascade.Interop.Peers;

/// <summary>What one generation brings: its broker and its Python processes, started once and shared by all rows of that generation.</summary>
public sealed class World : IAsyncDisposable
{
    static readonly Dictionary<Generation, Task<World>> All = [];

    readonly List<PythonPeer> peers = [];
    readonly List<Ours> owned = [];
    int names;

    World(Broker broker) => Broker = broker;

    public Broker Broker { get; }

    public PythonPeer Server { get; private set; } = null!;

    public PythonPeer Client { get; private set; } = null!;

    public PythonPeer Notices { get; private set; } = null!;

    /// <summary>The world of a generation; the first who asks starts it.</summary>
    public static async Task<World> OfAsync(Generation generation)
    {
        Broker.AvailableOrIgnore(generation);
        Task<World> world;
        lock (All)
        {
            if (!All.TryGetValue(generation, out world!))
            {
                All[generation] = world = StartAsync(generation);
            }
        }

        return await world;
    }

    /// <summary>A world of one's own, for a test that its broker would not survive.</summary>
    public static Task<World> ApartAsync(Generation generation)
    {
        Broker.AvailableOrIgnore(generation);
        return StartAsync(generation);
    }

    public static async Task EndAllAsync()
    {
        foreach (var world in All.Values)
        {
            // One that did not start has said so in its tests.
            if (world.IsCompletedSuccessfully)
            {
                await (await world).DisposeAsync();
            }
        }
    }

    /// <summary>A name that nobody used: topics, exchanges and hosts of one row never meet those of another.</summary>
    public string Name(string what) => $"{what}{Interlocked.Increment(ref names)}";

    public async Task<PythonPeer> PeerAsync(string script)
    {
        var peer = await PythonPeer.StartAsync(Broker.Generation, Broker.Dir, script);
        peers.Add(peer);
        return peer;
    }

    /// <summary>Ends with the world.</summary>
    public Ours Own(Ours ours)
    {
        owned.Add(ours);
        return ours;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var ours in owned)
        {
            await ours.DisposeAsync();
        }

        foreach (var peer in peers)
        {
            await peer.DisposeAsync();
        }

        await Broker.DisposeAsync();
    }

    static async Task<World> StartAsync(Generation generation)
    {
        var world = new World(await Broker.StartAsync(generation));
        try
        {
            PythonPeer.Place(world.Broker.Dir);
            var started = await Task.WhenAll(world.PeerAsync("server.py"), world.PeerAsync("client.py"), world.PeerAsync("notices.py"));
            (world.Server, world.Client, world.Notices) = (started[0], started[1], started[2]);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }
}
