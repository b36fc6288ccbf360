using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cascade.Contracts.Neutron.Reports;

/// <summary>How long a dictionary is once the server has written it: Python's json.dumps puts a space after every colon and comma and escapes all but ASCII.</summary>
static class PythonJson
{
    public static int Length(JsonNode? node) => node switch
    {
        null => 4,
        JsonObject json => 2 + Separators(json.Count) + json.Sum(member => Text(member.Key) + 2 + Length(member.Value)),
        JsonArray items => 2 + Separators(items.Count) + items.Sum(Length),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => node.ToJsonString().Length,
    };

    /// <summary>The dictionary itself when it fits into the server's column.</summary>
    public static JsonObject Within(string name, JsonObject json, int limit)
    {
        var length = Length(json);
        return length <= limit ? json : throw new ArgumentException($"{name} would take {length} characters in the server's database, which has room for {limit}", nameof(json));
    }

    static int Separators(int count) => count > 1 ? 2 * (count - 1) : 0;

    static int Text(string text) => 2 + text.Sum(letter => letter switch
    {
        '"' or '\\' or '\n' or '\r' or '\t' or '\b' or '\f' => 2,
        < ' ' or > '~' => 6,
        _ => 1,
    });
}
