namespace Cascade.Agent.Serving;

/// <summary>The native service that an agent stands in for: what differs from agent to agent in the life of an active copy (<see cref="ActiveAgent"/>).</summary>
public interface IStandIn
{
    /// <summary>Service and host, for logs: <c>nova-compute az-east</c>.</summary>
    string Name { get; }

    /// <summary>The same for all copies of one agent: <c>nova-proxy.az-east</c>.</summary>
    string Lease { get; }

    /// <summary>
    /// True for a service that hears casts which are not sent twice (Neutron's fanouts): its queues are open before the parent is asked anything, and what
    /// comes then is kept. False for one that must be known first.
    /// </summary>
    bool HearsFirst { get; }

    /// <summary>Returns when the parent answers.</summary>
    /// <returns>Who answered, in an operator's words.</returns>
    /// <exception cref="AgentException">A parent that this build cannot serve.</exception>
    Task<string> FindParentAsync(CancellationToken cancelled);

    /// <summary>Makes the service known to the parent.</summary>
    /// <returns>False when the child is away and nothing was made up: it is asked again later.</returns>
    Task<bool> RegisterAsync(CancellationToken cancelled);

    /// <summary>A new server, not started.</summary>
    /// <param name="parked">casts wait until it is told to serve.</param>
    ActiveServer CreateServer(bool parked);
}
