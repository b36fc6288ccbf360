using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Lists and views: filters, fields, order, pages (neutron/api/api_common.py; services/timestamp/timestamp_db.py).</summary>
public sealed partial class FakeNeutron
{
    private static readonly HashSet<string> NoFilters = new(StringComparer.Ordinal)
    {
        "fields", "limit", "marker", "page_reverse", "sort_key", "sort_dir", "changed_since", "tags", "tags-any", "not-tags", "not-tags-any",
    };

    private FakeAnswer List(FakeCall call, FakeCollection collection)
    {
        DefaultGroupFor(call, collection);
        var filters = call.Query
            .Where(asked => !NoFilters.Contains(asked.Key) && IsFilter(collection, asked.Key))
            .Select(asked => (Name: asked.Key is "tenant_id" ? "project_id" : asked.Key, Values: asked.Value.Select(value => value ?? "").ToHashSet(StringComparer.Ordinal)))
            .ToList();
        if (Has("filter-validation") && call.Query.Keys.FirstOrDefault(name =>
            name is "changed_since" || (!NoFilters.Contains(name) && !IsFilter(collection, name))) is { } odd)
        {
            // api/api_common.py: get_filters_from_dict. No attribute map calls changed_since a filter.
            throw new FakeRefusal(400, $"['{odd}'] is invalid attribute for filtering", "HTTPBadRequest");
        }

        var since = Since(call);
        var found = Candidates(collection, filters)
            .Where(item => (since is null || item.Updated >= since)
                && Sees(call, collection, item)
                && filters.TrueForAll(filter => Matches(call, collection, item, filter.Name, filter.Values))
                && Tagged(call, item))
            .ToList();
        return Page(call, collection, Sorted(call, collection, found));
    }

    private bool IsFilter(FakeCollection collection, string name) =>
        collection.Filters.Contains(name)
        || (!collection.NoFilters.Contains(name) && collection.ByName.TryGetValue(name, out var attribute) && (attribute.Extension is not { } needed || Has(needed)));

    private DateTimeOffset? Since(FakeCall call)
    {
        if (!Has("standard-attr-timestamp") || call.Asked("changed_since") is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw Invalid("The input changed_since must be in the following format: YYYY-MM-DDTHH:MM:SSZ");
    }

    private static bool Matches(FakeCall call, FakeCollection collection, FakeNetworkItem item, string name, HashSet<string> values)
    {
        if (name is "id")
        {
            return values.Contains(item.Id);
        }

        if (name is "mac_address")
        {
            return values.Contains(item.Text(name), StringComparer.OrdinalIgnoreCase);
        }

        if (name is "project_id")
        {
            return values.Contains(item.ProjectId);
        }

        if (name is "revision_number")
        {
            return values.Contains(item.Revision.ToString(CultureInfo.InvariantCulture));
        }

        if (name is "fixed_ips")
        {
            return values.Any(value => item.List("fixed_ips").Any(ip => value.Split('=', 2) is [var member, var wanted]
                && (member is "ip_address_substr" ? ((string)ip["ip_address"]!).Contains(wanted, StringComparison.Ordinal) : (string?)ip[member] == wanted)));
        }

        var held = collection.Computed.TryGetValue(name, out var compute) ? compute(call, item) : item[name];
        return held switch
        {
            JsonArray list => list.Any(one => values.Contains(Text(one))),
            JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False =>
                values.Any(asked => asked is "1" or "true" or "True" == (value.GetValueKind() is JsonValueKind.True)),
            _ => values.Contains(Text(held)),
        };
    }

    private static bool Tagged(FakeCall call, FakeNetworkItem item)
    {
        bool All(string asked) => asked.Split(',').All(item.Words("tags").Contains);
        bool Any(string asked) => asked.Split(',').Any(item.Words("tags").Contains);
        return (call.Asked("tags") is not { } and || All(and)) && (call.Asked("tags-any") is not { } any || Any(any))
            && (call.Asked("not-tags") is not { } not || !All(not)) && (call.Asked("not-tags-any") is not { } none || !Any(none));
    }

    private static List<FakeNetworkItem> Sorted(FakeCall call, FakeCollection collection, List<FakeNetworkItem> found)
    {
        var keys = call.Query["sort_key"].ToList();
        var ways = call.Query["sort_dir"].ToList();
        if (keys.Count != ways.Count && ways.Count > 0)
        {
            throw new FakeRefusal(400, "The number of sort_keys and sort_dirs must be same", "HTTPBadRequest");
        }

        if (keys.Count is 0 && call.Asked("limit") is null)
        {
            return found;
        }

        string Key(FakeNetworkItem item, string name) => name switch
        {
            "id" => item.Id,
            "project_id" => item.ProjectId,
            _ when collection.ByName.ContainsKey(name) => Text(item[name]),
            _ => throw new FakeRefusal(400, $"['{name}'] is invalid attribute for sort_keys", "HTTPBadRequest"),
        };

        found.Sort((one, other) =>
        {
            for (var at = 0; at < keys.Count; at++)
            {
                var order = string.CompareOrdinal(Key(one, keys[at]!), Key(other, keys[at]!));
                if (order is not 0)
                {
                    return at < ways.Count && ways[at] is "desc" ? -order : order;
                }
            }

            return string.CompareOrdinal(one.Id, other.Id);
        });
        return found;
    }

    private FakeAnswer Page(FakeCall call, FakeCollection collection, List<FakeNetworkItem> found)
    {
        var limit = call.Asked("limit") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        if (limit > 0 && call.Asked("marker") is { } marker)
        {
            // Neutron goes on behind the marker's sort keys, so a marker must still exist (neutron/common/utils, 404 of the resource).
            var at = found.FindIndex(item => item.Id == marker);
            if (at < 0 && !collection.Items.ContainsKey(marker))
            {
                throw collection.NotFound(marker);
            }

            found = found.GetRange(at + 1, found.Count - at - 1);
        }

        var more = limit > 0 && found.Count >= limit;
        var page = limit > 0 && found.Count > limit ? found.GetRange(0, limit) : found;
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteStartArray(collection.Plural);
            page.ForEach(item => Write(writer, call, collection, item));
            writer.WriteEndArray();
            if (more)
            {
                var others = call.Request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith("marker=", StringComparison.Ordinal));
                writer.WriteStartArray(collection.Plural + "_links");
                writer.WriteStartObject();
                writer.WriteString("rel", "next");
                writer.WriteString("href", $"http://backend.invalid:9696/v2.0/{collection.Path}?{string.Join('&', others.Append($"marker={page[^1].Id}"))}");
                writer.WriteEndObject();
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return new FakeAnswer(200, bytes.ToArray());
    }

    private FakeAnswer One(FakeCall call, int status, FakeCollection collection, FakeNetworkItem item) =>
        FakeAnswer.Json(status, new JsonObject { [collection.Singular] = Show(call, collection, item) });

    private JsonObject Show(FakeCall call, FakeCollection collection, FakeNetworkItem item)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(writer, call, collection, item);
        }

        return (JsonObject)JsonNode.Parse(bytes.ToArray())!;
    }

    private void Write(Utf8JsonWriter writer, FakeCall call, FakeCollection collection, FakeNetworkItem item)
    {
        var asked = call.Query.TryGetValue("fields", out var some) && some.Count > 0 ? some.ToHashSet(StringComparer.Ordinal) : null;
        bool Wanted(string name) => asked is null || asked.Contains(name);
        writer.WriteStartObject();
        Say("id", item.Id);
        Say("project_id", item.ProjectId);
        Say("tenant_id", item.ProjectId);
        foreach (var (name, value) in item.Members)
        {
            if (Wanted(name) && IsShown(call, collection, name) && !collection.Computed.ContainsKey(name))
            {
                writer.WritePropertyName(name);
                WriteValue(writer, value);
            }
        }

        foreach (var (name, compute) in collection.Computed)
        {
            if (Wanted(name) && IsShown(call, collection, name))
            {
                writer.WritePropertyName(name);
                WriteValue(writer, compute(call, item));
            }
        }

        if (collection.Path is not ("rbac-policies" or "agents"))
        {
            if (Has("standard-attr-timestamp"))
            {
                Say("created_at", Iso(item.Created));
                Say("updated_at", Iso(item.Updated));
            }

            if (Has("standard-attr-revisions") && Wanted("revision_number"))
            {
                writer.WriteNumber("revision_number", item.Revision);
            }
        }

        writer.WriteEndObject();

        void Say(string name, string value)
        {
            if (Wanted(name))
            {
                writer.WriteString(name, value);
            }
        }
    }

    private bool IsShown(FakeCall call, FakeCollection collection, string name) =>
        !collection.ByName.TryGetValue(name, out var attribute)
        || ((call.IsAdmin || !attribute.Has('v')) && (attribute.Extension is not { } needed || Has(needed)));

    private static void WriteValue(Utf8JsonWriter writer, JsonNode? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => node.ToJsonString(),
    };

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
