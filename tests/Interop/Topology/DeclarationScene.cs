using Cascade.Interop.Peers;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Interop.Topology;

/// <summary>Every option set of a generation declared by both sides, and listed once: listing takes a second each time.</summary>
public sealed class DeclarationScene
{
    static readonly Dictionary<Generation, Task<DeclarationScene>> All = [];

    readonly Dictionary<string, (Road Native, Road Ours)> roads = [];

    DeclarationScene()
    {
    }

    public IReadOnlyDictionary<string, (Road Native, Road Ours)> Roads => roads;

    public Dictionary<string, (string Native, string Ours)> ReplyQueues { get; } = [];

    public Entities Entities { get; private set; } = null!;

    public static Task<DeclarationScene> OfAsync(World world)
    {
        lock (All)
        {
            return All.TryGetValue(world.Broker.Generation, out var scene) ? scene : All[world.Broker.Generation] = SetAsync(world);
        }
    }

    static async Task<DeclarationScene> SetAsync(World world)
    {
        var scene = new DeclarationScene();
        foreach (var set in OptionSet.Of(world.Broker.Generation))
        {
            var (native, own) = (set.NewRoad(world), set.NewRoad(world));
            scene.roads[set.Name] = (native, own);
            await native.StartNativeAsync();
            var ours = world.Own(new Ours(own));
            var endpoint = new OurEndpoint();
            await ours.ServeAsync(endpoint);
            // Each side calls once, so that it has a reply queue; the request names it.
            await own.NativeCallAsync("nothing");
            var ofNative = (await endpoint.CalledAsync()).ReplyQueue!;
            await ours.Caller.CallAsync(own.Target(), "nothing", [], RpcContext.Admin("req"));
            scene.ReplyQueues[set.Name] = (ofNative, (await endpoint.CalledAsync()).ReplyQueue!);
        }

        scene.Entities = await Entities.ReadAsync(world.Broker);
        return scene;
    }
}
