using System.Text.Json.Nodes;

namespace Cascade.Contracts.Neutron;

/// <summary>Filters as Neutron's database reads them: <c>{field: [values]}</c>, the values of one field are alternatives, all fields must fit.</summary>
public static class Filters
{
    public static JsonObject Of(string field, params IEnumerable<string> values) => new() { [field] = List(values) };

    internal static JsonArray List(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
