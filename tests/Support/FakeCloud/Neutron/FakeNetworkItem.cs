using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>One resource of the fake Neutron.</summary>
internal sealed class FakeNetworkItem
{
    public required string Id { get; init; }

    public required string ProjectId { get; set; }

    /// <summary>Everything else that is shown, by its name.</summary>
    public required JsonObject Members { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; set; }

    public long Revision { get; set; }

    public JsonNode? this[string name]
    {
        get => Members[name];
        set => Members[name] = value;
    }

    public string Text(string name) => (string?)Members[name] ?? "";

    public bool Is(string name) => (bool?)Members[name] is true;

    public IEnumerable<JsonObject> List(string name) => (Members[name] as JsonArray ?? []).OfType<JsonObject>();

    public IEnumerable<string> Words(string name) => (Members[name] as JsonArray ?? []).Select(word => (string)word!);
}
