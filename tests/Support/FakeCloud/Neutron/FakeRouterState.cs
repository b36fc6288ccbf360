using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>What a router has beside its members.</summary>
internal sealed class FakeRouterState
{
    public bool Snat { get; set; } = true;

    /// <summary>QoS policy of its gateway.</summary>
    public string? GatewayPolicy { get; set; }

    public bool AnswersNeighbours { get; set; }

    public List<JsonObject> Helpers { get; } = [];
}
