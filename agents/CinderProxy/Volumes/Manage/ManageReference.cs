using System.Text.Json.Nodes;

namespace Cascade.CinderProxy.Volumes.Manage;

/// <summary>What an administrator names when he takes something of the child over: its id there, or its name.</summary>
internal sealed record ManageReference(string? Id, string? Name)
{
    public const string IdKey = "source-id";

    public const string NameKey = "source-name";

    /// <summary>The command line sends one of the two, <c>source-name</c> for a bare word, which may be an id all the same.</summary>
    public static ManageReference Of(JsonNode? reference) => reference switch
    {
        JsonObject members => Of(Text(members[IdKey]), Text(members[NameKey])),
        JsonValue bare => Of(null, Text(bare)),
        _ => new(null, null),
    };

    public static Dictionary<string, string?> To(string childId, string? name) => new(StringComparer.Ordinal) { [IdKey] = childId, [NameKey] = name };

    static ManageReference Of(string? id, string? name) => id is null && Guid.TryParse(name, out _) ? new(name, null) : new(id, name);

    static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
