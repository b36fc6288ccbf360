using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Rpc;

namespace CinderProxy.Tests.Support;

/// <summary>Messages of a native cinder-api and cinder-scheduler of Zed (Samples/rpc-to-volume), each the pattern of those that a test sends.</summary>
static class RpcSample
{
    const string Prefix = "_context_";

    /// <summary>Columns that SQLite keeps as numbers and cinder's objects as booleans.</summary>
    static readonly string[] Flags = ["deleted", "bootable", "multiattach", "use_quota", "shared_targets"];

    /// <summary>The message with its arguments, a copy of its own.</summary>
    /// <param name="name">Of the file, without <c>.json</c>.</param>
    public static JsonObject Read(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "rpc-to-volume", $"{name}.json")))!["oslo_message_decoded"]!.AsObject();

    /// <param name="id">What it is about.</param>
    /// <param name="fill">Writes what differs from the sample into its arguments.</param>
    public static Order Order(string name, string id, string project, string user, Action<JsonObject> fill)
    {
        var message = Read(name);
        var arguments = message["args"]!.DeepClone().AsObject();
        fill(arguments);
        return new(id, (string)message["method"]!, RpcVersion.Parse((string)message["version"]!), arguments, Context(message, project, user));
    }

    /// <summary>Writes a row over the data of an object, member by member that the sample's object has.</summary>
    public static void Fill(JsonNode? target, IReadOnlyDictionary<string, object?> row)
    {
        var data = target!["versioned_object.data"]!.AsObject();
        foreach (var (column, value) in row)
        {
            if (data.ContainsKey(column))
            {
                data[column] = Flags.Contains(column) ? (value is null ? null : JsonValue.Create((long)value != 0)) : Value(column, value);
            }
        }
    }

    static JsonNode? Value(string column, object? value) => value switch
    {
        null => null,
        long number => JsonValue.Create(number),
        // Whole seconds and a Z (oslo_versionedobjects/fields.py: DateTime).
        string text when column.EndsWith("_at", StringComparison.Ordinal) => JsonValue.Create(text[..19].Replace(' ', 'T') + "Z"),
        _ => JsonValue.Create(value.ToString()),
    };

    static RpcContext Context(JsonObject message, string project, string user)
    {
        var members = new JsonObject();
        foreach (var (key, value) in message.Where(member => member.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            members[key[Prefix.Length..]] = value?.DeepClone();
        }

        (members["project_id"], members["project"], members["user_id"], members["user"]) = (project, project, user, user);
        members["request_id"] = $"req-{Guid.NewGuid():D}";
        return new(members);
    }
}
