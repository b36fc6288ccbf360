using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cascade.Contracts.Neutron.Tests;

/// <summary>What Neutron's own code said and answered, recorded for each release.</summary>
static class Sample
{
    public static readonly string[] Releases = ["zed", "2025.1", "2026.1"];

    public static JsonNode ResourceVersions => Read("resource_versions.json");

    /// <summary>Every request of an agent with what was answered to it, null for a failure.</summary>
    public static IEnumerable<(JsonObject Target, JsonObject Message, JsonElement? Reply)> Requests(string release)
    {
        foreach (var events in Files(release))
        {
            for (var at = 0; at < events.Count; at++)
            {
                if (Kind(events[at]) != "agent->server")
                {
                    continue;
                }

                // Casts of the server may come between a request and its answer.
                var answer = events.Skip(at + 1).First(later => Kind(later).StartsWith("server->agent", StringComparison.Ordinal))!;
                yield return (
                    events[at]!["target"]!.AsObject(),
                    events[at]!["message"]!.AsObject(),
                    Kind(answer) == "server->agent REPLY" ? JsonElement.Parse(answer["result"]?.ToJsonString() ?? "null") : null);
            }
        }
    }

    public static IEnumerable<(JsonObject Message, JsonElement Reply)> Answered(string release, string method) =>
        Requests(release).Where(of => (string?)of.Message["method"] == method && of.Reply is not null).Select(of => (of.Message, of.Reply!.Value));

    /// <summary>Every cast of the server's.</summary>
    public static IEnumerable<(JsonObject Target, JsonObject Message)> Casts(string release) => Said(release, "server->bus CAST");

    /// <summary>Every call of the server's to an agent.</summary>
    public static IEnumerable<(JsonObject Target, JsonObject Message)> Calls(string release) => Said(release, "server->bus CALL");

    static IEnumerable<(JsonObject Target, JsonObject Message)> Said(string release, string kind) =>
        Files(release).SelectMany(events => events)
            .Where(one => Kind(one) == kind)
            .Select(one => (one!["target"]!.AsObject(), one["message"]!.AsObject()));

    static IEnumerable<JsonArray> Files(string release) =>
        Directory.GetFiles(Path.Combine(TestContext.CurrentContext.TestDirectory, "Samples", release)).Order(StringComparer.Ordinal)
            .Select(path => JsonNode.Parse(File.ReadAllText(path))!.AsArray());

    static string Kind(JsonNode? one) => (string)one!["kind"]!;

    static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Samples", name)))!;
}
