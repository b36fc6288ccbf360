using System.Text.Json.Nodes;

namespace Cascade.L2Proxy.Notices;

/// <summary>A notice has no answer.</summary>
internal static class Nothing
{
    public static Task<JsonNode?> Said { get; } = Task.FromResult<JsonNode?>(null);
}
