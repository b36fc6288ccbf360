using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Cascade.Support;

/// <summary>Compares JSON by meaning: members in any order, numbers by value, text as it is; says where the first difference is.</summary>
public static class Golden
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Match(string expected, string actual) => Match(JsonNode.Parse(expected), JsonNode.Parse(actual));

    public static void Match(JsonNode? expected, JsonNode? actual)
    {
        if (Difference(expected, actual, "$") is { } at)
        {
            Assert.Fail($"{at}\nexpected {Canonical(expected)}\nactual   {Canonical(actual)}");
        }
    }

    /// <summary>Members sorted by name, all the way down.</summary>
    public static string Canonical(JsonNode? node) => Sorted(node)?.ToJsonString(Indented) ?? "null";

    /// <summary>The path of the first difference and what it is, or null.</summary>
    public static string? Difference(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected, actual)
        {
            case (JsonObject left, JsonObject right):
                return left.Select(item => right.TryGetPropertyValue(item.Key, out var other)
                        ? Difference(item.Value, other, $"{path}.{item.Key}")
                        : $"{path}.{item.Key} is missing")
                    .Concat(right.Where(item => !left.ContainsKey(item.Key)).Select(item => $"{path}.{item.Key} is not expected"))
                    .FirstOrDefault(difference => difference is not null);
            case (JsonArray left, JsonArray right):
                return left.Count != right.Count
                    ? $"{path} has {right.Count} items, not {left.Count}"
                    : left.Select((item, at) => Difference(item, right[at], $"{path}[{at}]")).FirstOrDefault(difference => difference is not null);
            default:
                return JsonNode.DeepEquals(expected, actual)
                    ? null
                    : $"{path} is {actual?.ToJsonString() ?? "null"}, not {expected?.ToJsonString() ?? "null"}";
        }
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(item => item.Key, StringComparer.Ordinal)
            .Select(item => KeyValuePair.Create(item.Key, Sorted(item.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
