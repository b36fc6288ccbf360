namespace Cascade.Agent.Serving;

/// <summary>What waits at the broker for this agent.</summary>
public interface IBacklog
{
    /// <summary>
    /// Whether messages for us wait to be delivered, or are parked. While some do, nothing that is under way in the parent may be taken for an order whose message is lost: its
    /// message may be among them.
    /// </summary>
    Task<bool> AnyAsync(CancellationToken cancelled);
}
