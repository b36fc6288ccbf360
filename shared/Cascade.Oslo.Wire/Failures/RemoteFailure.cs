using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Envelope;

namespace Cascade.Oslo.Wire.Failures;

/// <summary>The <c>failure</c> member of a reply: a Python exception as JSON within a text (oslo_messaging/_drivers/common.py).</summary>
public static class RemoteFailure
{
    const string Remote = "_Remote";

    /// <summary>serialize_remote_exception; a fault that came from a peer goes on under its own name, without <c>_Remote</c>.</summary>
    public static string Write(RpcFault fault)
    {
        var buffer = WireJson.Plain(fault, static (writer, fault) =>
        {
            writer.WriteStartObject();
            writer.WriteString("class"u8, Bare(fault.Class));
            writer.WriteString("module"u8, Bare(fault.Module));
            writer.WriteString("message"u8, fault.Message);
            writer.WriteStartArray("tb"u8);
            foreach (var line in fault.Traceback.Count > 0 || fault.IsBare ? fault.Traceback : [$"{Bare(fault.Module)}.{Bare(fault.Class)}: {fault.Message}"])
            {
                // A Python caller joins the lines as they are.
                writer.WriteStringValue(line.EndsWith('\n') ? line : line + "\n");
            }

            writer.WriteEndArray();
            writer.WritePropertyName("args"u8);
            (fault.Arguments ?? [fault.Message]).WriteTo(writer);
            writer.WritePropertyName("kwargs"u8);
            fault.Kwargs.WriteTo(writer);
            writer.WriteEndObject();
        });
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>deserialize_remote_exception, except that every class is allowed: nothing is constructed here, a fault is only named.</summary>
    public static RpcFault Read(string failure)
    {
        JsonElement read;
        try
        {
            read = TolerantJson.Parse(System.Text.Encoding.UTF8.GetBytes(failure));
        }
        catch (MalformedMessageException)
        {
            return new("builtins", "Exception", failure);
        }

        if (read.ValueKind != JsonValueKind.Object)
        {
            return new("builtins", "Exception", failure);
        }

        var module = Bare(Text(read, "module") ?? "builtins");
        return new(
            // Python 2 had the same classes in another module.
            module == "exceptions" ? "builtins" : module,
            Bare(Text(read, "class") ?? "Exception"),
            Text(read, "message") ?? "",
            read.TryGetProperty("kwargs", out var kwargs) ? TolerantJson.ToNode(kwargs) as JsonObject : null,
            Lines(read))
        {
            Arguments = read.TryGetProperty("args", out var arguments) ? TolerantJson.ToNode(arguments) as JsonArray : null,
        };
    }

    static IReadOnlyList<string> Lines(JsonElement read) =>
        !read.TryGetProperty("tb", out var traceback) ? []
        : traceback.ValueKind == JsonValueKind.String ? [traceback.GetString()!]
        : traceback.ValueKind == JsonValueKind.Array ? [.. traceback.EnumerateArray().Where(line => line.ValueKind == JsonValueKind.String).Select(line => line.GetString()!)]
        : [];

    static string? Text(JsonElement read, string member) =>
        !read.TryGetProperty(member, out var value) ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();

    static string Bare(string name) => name.EndsWith(Remote, StringComparison.Ordinal) ? name[..^Remote.Length] : name;
}
