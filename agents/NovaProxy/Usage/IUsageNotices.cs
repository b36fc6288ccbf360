using System.Text.Json.Nodes;

namespace Cascade.NovaProxy.Usage;

/// <summary>Where usage is told.</summary>
internal interface IUsageNotices
{
    /// <summary>False when the operator wants no notifications at all: then nothing is audited that nobody would hear of.</summary>
    bool IsHeard { get; }

    /// <summary>What cannot be sent is logged, as every service does with its notifications.</summary>
    Task ExistsAsync(JsonObject usage, CancellationToken cancelled);
}
