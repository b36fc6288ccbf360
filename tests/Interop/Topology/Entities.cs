using System.Text.Json;
using System.Text.RegularExpressions;
using Cascade.Interop.Peers;
using Cascade.Support;

namespace Cascade.Interop.Topology;

/// <summary>What stands in the broker, as text that can be compared: exchanges, queues with flags and arguments, bindings.</summary>
public sealed partial class Entities
{
    readonly List<(string Name, string Line)> lines = [];

    public static async Task<Entities> ReadAsync(Broker broker)
    {
        var found = new Entities();
        var texts = await Task.WhenAll(
            broker.CtlAsync("list_exchanges", "name", "type", "durable", "auto_delete", "--formatter", "json"),
            broker.CtlAsync("list_queues", "name", "durable", "auto_delete", "arguments", "--formatter", "json"),
            broker.CtlAsync("list_bindings", "source_name", "destination_name", "routing_key", "--formatter", "json"));
        foreach (var one in JsonElement.Parse(texts[0]).EnumerateArray())
        {
            var name = Text(one, "name");
            found.lines.Add((name, $"exchange {name} {Text(one, "type")} durable={Flag(one, "durable")} auto_delete={Flag(one, "auto_delete")}"));
        }

        foreach (var one in JsonElement.Parse(texts[1]).EnumerateArray())
        {
            var name = Text(one, "name");
            // RabbitMQ 4 shows the type it chose itself, and a number's width is nobody's business (wire document §1.5).
            var arguments = one.GetProperty("arguments").EnumerateArray()
                .Select(argument => $"{argument[0].GetString()}={argument[2]}")
                .Where(argument => argument != "x-queue-type=classic")
                .Order();
            found.lines.Add((name, $"queue {name} durable={Flag(one, "durable")} auto_delete={Flag(one, "auto_delete")} {string.Join(' ', arguments)}".TrimEnd()));
        }

        foreach (var one in JsonElement.Parse(texts[2]).EnumerateArray())
        {
            var (source, queue) = (Text(one, "source_name"), Text(one, "destination_name"));
            if (source.Length > 0)
            {
                found.lines.Add((queue, $"binding {source} -> {queue} by {Text(one, "routing_key")}"));
            }
        }

        return found;
    }

    /// <summary>Everything of one road, sorted, with its names replaced by what they are.</summary>
    public IReadOnlyList<string> Of(Road road) =>
    [
        .. lines
            .Where(one => Belongs(one.Name, road))
            .Select(one => Chance().Replace(one.Line.Replace(road.Exchange, "EXCHANGE").Replace(road.Topic, "TOPIC").Replace(road.Host, "HOST"), "CHANCE"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Flags and arguments of one queue.</summary>
    public string Arguments(string queue) => lines.Single(one => one.Name == queue && one.Line.StartsWith("queue ", StringComparison.Ordinal)).Line.Replace(queue, "");

    /// <summary>The lines that begin so, with names as they are.</summary>
    public IReadOnlyList<string> Lines(string start) => [.. lines.Select(one => one.Line).Where(line => line.StartsWith(start, StringComparison.Ordinal))];

    static bool Belongs(string name, Road road) =>
        name == road.Exchange || name == road.Topic || name.StartsWith(road.Topic + ".", StringComparison.Ordinal) || name.StartsWith(road.Topic + "_", StringComparison.Ordinal);

    static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;

    static string Flag(JsonElement of, string member) => of.GetProperty(member).GetBoolean() ? "1" : "0";

    // Random names, and those of the queue manager (host:process:number).
    [GeneratedRegex("[0-9a-f]{32}|interop:[^ ]+:[0-9]+")]
    private static partial Regex Chance();
}
