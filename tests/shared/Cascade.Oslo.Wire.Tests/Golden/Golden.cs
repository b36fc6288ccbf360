using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cascade.Oslo.Wire.Tests.Golden;

/// <summary>A body that a Python peer published, as it went over the wire (oslo.messaging 14.0.3 and 18.1.0).</summary>
public sealed record Sample(string Peer, string Scenario, string Kind, string Raw)
{
    public byte[] Body => Encoding.UTF8.GetBytes(Raw);

    /// <summary>The inner message.</summary>
    public JsonObject Message
    {
        get
        {
            var outer = JsonNode.Parse(Raw)!.AsObject();
            return outer["oslo.message"] is { } inner ? JsonNode.Parse(inner.GetValue<string>())!.AsObject() : outer;
        }
    }

    public override string ToString() => $"{Peer} {Scenario}";
}

public static class Samples
{
    static readonly Sample[] All = Read();

    public static IEnumerable<Sample> Requests => All.Where(sample => sample.Kind == "request");

    public static IEnumerable<Sample> Replies => All.Where(sample => sample.Kind == "reply");

    public static IEnumerable<Sample> Notifications => All.Where(sample => sample.Kind == "notification");

    public static Sample One(string scenario, string kind) => All.First(sample => sample.Scenario == scenario && sample.Kind == kind);

    static Sample[] Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "bodies.json")));
        return
        [
            .. file.RootElement.EnumerateArray().Select(body => new Sample(
                body.GetProperty("peer").GetString()!,
                body.GetProperty("scenario").GetString()!,
                body.GetProperty("kind").GetString()!,
                body.GetProperty("body").GetString()!)),
        ];
    }
}

/// <summary>JSON by value: neither the order of members nor the spelling of a letter counts.</summary>
static class Same
{
    public static void As(JsonNode? expected, JsonNode? actual, params string[] but)
    {
        var (one, other) = (Without(expected, but), Without(actual, but));
        Assert.That(JsonNode.DeepEquals(one, other), Is.True, $"expected {one?.ToJsonString()}\nbut was  {other?.ToJsonString()}");
    }

    static JsonNode? Without(JsonNode? node, string[] but)
    {
        var copy = node?.DeepClone();
        foreach (var member in but)
        {
            copy?.AsObject().Remove(member);
        }

        return copy;
    }
}
