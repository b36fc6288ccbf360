using System.Text.Json.Nodes;

namespace Cascade.NeutronAgent.Notices;

/// <summary>A notice has no answer.</summary>
public static class Nothing
{
    public static Task<JsonNode?> Said { get; } = Task.FromResult<JsonNode?>(null);
}
