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

    static int Separators(int count) => count > 1 ? 2 * (count - 1) : 0;

    static int Text(string text) => 2 + text.Sum(letter => letter switch
    {
        '"' or '\\' or '\n' or '\r' or '\t' or '\b' or '\f' => 2,
        < ' ' or > '~' => 6,
        _ => 1,
    });
}
