using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Tests;

/// <summary>
/// What cinder's own code sent, answered and notified, recorded for each release; what was made by hand and taken by it; and what its source says.
/// </summary>
static class Sample
{
    public static readonly string[] Releases = ["zed", "2026.1"];

    public static readonly string[] SourceReleases = ["zed", "2025.1", "2026.1"];

    /// <summary>Every recorded message of a folder: its file, how it was sent, what it says.</summary>
    public static IEnumerable<(string File, JsonObject Sent, JsonObject Message)> Messages(string release, string folder) =>
        from path in Directory.GetFiles(Path.Combine(Root, release, folder)).Order(StringComparer.Ordinal)
        let sample = Parse(path)
        select (Path.GetFileNameWithoutExtension(path), sample.AsObject(), sample["oslo_message_decoded"]!.AsObject());

    public static JsonObject Arguments(string release, string folder, string file) =>
        Parse(Path.Combine(Root, release, folder, file + ".json"))["oslo_message_decoded"]!["args"]!.AsObject();

    public static JsonNode Payload(string release, string eventType) =>
        Parse(Path.Combine(Root, release, "notifications", eventType + ".json"))["oslo_message_decoded"]!["payload"]!;

    public static JsonNode Reply(string release, string method) => Parse(Path.Combine(Root, release, "reply", method + ".json"))["result"]!;

    public static JsonNode Handmade(string file) => Parse(Path.Combine(Root, "handmade", file + ".json"));

    public static JsonNode Source(string release, string part) => Parse(Path.Combine(Root, "source", release + ".json"))[part]!;

    /// <summary>Equal as values of JSON; the order of changes is Python's, of a set.</summary>
    public static void Same(JsonNode? ours, JsonNode? native)
    {
        var (left, right) = (Ordered(ours), Ordered(native));
        Assert.That(JsonNode.DeepEquals(left, right), Is.True, () => $"{left?.ToJsonString()}\nis not\n{right?.ToJsonString()}");
    }

    /// <summary>Every versioned object in it, the ones inside others too.</summary>
    public static IEnumerable<JsonObject> Objects(JsonNode? node)
    {
        var inside = node switch
        {
            JsonObject json => json.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        var nested = inside.SelectMany(Objects);
        return node is JsonObject found && found.ContainsKey("versioned_object.name") ? nested.Prepend(found) : nested;
    }

    static JsonNode? Ordered(JsonNode? node)
    {
        var copy = JsonNode.Parse(node?.ToJsonString() ?? "null");
        foreach (var found in Objects(copy))
        {
            if (found["versioned_object.changes"] is JsonArray changes)
            {
                var inOrder = changes.Select(field => (string)field!).Order(StringComparer.Ordinal);
                found["versioned_object.changes"] = new JsonArray([.. inOrder.Select(field => (JsonNode)field)]);
            }
        }

        return copy;
    }

    static string Root => Path.Combine(TestContext.CurrentContext.TestDirectory, "Samples");

    static JsonNode Parse(string path) => JsonNode.Parse(File.ReadAllText(path))!;
}
