namespace Cascade.L3Proxy.Routers;

/// <summary>What the child refused while a plan was done.</summary>
internal sealed class Obstacles
{
    readonly List<Obstacle> obstacles = [];
    readonly Dictionary<string, string> floatingIps = new(StringComparer.Ordinal);

    public IReadOnlyList<Obstacle> All => obstacles;

    /// <summary>The parent's floating IP → the reason.</summary>
    public IReadOnlyDictionary<string, string> FloatingIps => floatingIps;

    public void Add(string reason, bool isFinal, string? floatingIp, bool isTaken = false)
    {
        obstacles.Add(new(reason, isFinal, isTaken));
        if (floatingIp is not null && (isFinal || isTaken))
        {
            floatingIps[floatingIp] = reason;
        }
    }
}

/// <summary>Why something of a router is not in the child.</summary>
/// <param name="IsFinal">The child cannot hold it; else it waits for something.</param>
/// <param name="IsTaken">It waits for an address that somebody has: often another router of ours that is about to let it go.</param>
internal sealed record Obstacle(string Reason, bool IsFinal, bool IsTaken = false);
