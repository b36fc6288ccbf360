using System.Text;
using System.Text.Json.Nodes;

namespace Cascade.Bench;

/// <summary>The two messages: 200 bytes with a small context, and the request that builds an instance, as nova's conductor sends it, with its whole context.</summary>
static class Messages
{
    public const string Exchange = "bench";

    public static string File(string kind) => Path.Combine(AppContext.BaseDirectory, "data", $"{kind}.json");

    /// <summary>Writes the small one beside the large one, so that the Python peers read the same two files.</summary>
    public static void Prepare() => System.IO.File.WriteAllText(File("small"), new JsonObject
    {
        ["context"] = new JsonObject { ["request_id"] = "req-11111111-2222-3333-4444-555555555555", ["user_id"] = "u1", ["project_id"] = "p1" },
        ["data"] = new string('x', 200),
    }.ToJsonString());

    public static (JsonObject Context, JsonNode Data) Read(string kind)
    {
        var read = JsonNode.Parse(System.IO.File.ReadAllText(File(kind)))!.AsObject();
        return (read["context"]!.DeepClone().AsObject(), read["data"]!.DeepClone());
    }

    /// <summary>A body of about the size that the message has on the wire, for the raw client.</summary>
    public static byte[] Raw(string kind) => Encoding.UTF8.GetBytes(Read(kind).ToString()!.PadRight(kind == "small" ? 560 : 13_000));
}
