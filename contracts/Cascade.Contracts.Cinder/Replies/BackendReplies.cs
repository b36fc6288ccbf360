using System.Text.Json.Nodes;
using Cascade.Contracts.Cinder.Capabilities;

namespace Cascade.Contracts.Cinder.Replies;

/// <summary>What a backend answers about itself.</summary>
public static class BackendReplies
{
    /// <summary>cinder/volume/manager.py: VolumeManager.list_replication_targets, of a backend that has none.</summary>
    public static JsonObject NoReplicationTargets() => new() { ["replication_targets"] = new JsonArray() };

    /// <summary>
    /// cinder/volume/manager.py: VolumeManager.get_capabilities: what was last published, and <c>properties</c>, of which we have none for an administrator to
    /// choose from. A null instead is HTTP 500 (cinder/api/views/capabilities.py: ViewBuilder.summary).
    /// </summary>
    public static JsonObject Capabilities(BackendCapabilities published)
    {
        var capabilities = published.ToJson();
        capabilities["properties"] = new JsonObject();
        return capabilities;
    }
}
