using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>A volume type of the fake.</summary>
public sealed record FakeVolumeType(string Id, string Name, IReadOnlyDictionary<string, string> ExtraSpecs, bool IsPublic)
{
    public string? QosSpecsId { get; init; }
}

/// <summary>A pool of storage of the fake: <c>host@backend#pool</c>.</summary>
/// <param name="Name">Its whole name.</param>
/// <param name="Zone">Of its cinder-volume.</param>
/// <param name="TotalGb">What it has; -1 is <c>infinite</c>.</param>
public sealed record FakePool(string Name, string Zone, int TotalGb)
{
    /// <summary>What its driver says besides.</summary>
    public JsonObject Capabilities { get; init; } = [];

    public bool IsUp { get; set; } = true;

    public string Backend => Name.Split('#')[0];
}

/// <summary>What the fake tells a project of a failure.</summary>
public sealed record FakeMessage(string Id, string ProjectId, string ResourceType, string ResourceId, string EventId, string Text, string RequestId, DateTimeOffset Created);
