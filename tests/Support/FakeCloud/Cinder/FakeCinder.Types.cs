using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Volume types and group types. While a test has added no volume type, every name is one.</summary>
public sealed partial class FakeCinder
{
    private readonly Dictionary<string, FakeVolumeType> types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FakeGroupType> groupTypes = new(StringComparer.Ordinal);

    /// <summary>Types whose volumes several servers may have, beside those that say so in their extra specs.</summary>
    public ISet<string> MultiattachTypes { get; } = new HashSet<string>(StringComparer.Ordinal);

    public FakeVolumeType AddType(string name, IReadOnlyDictionary<string, string>? extraSpecs = null, bool isPublic = true) => cloud.Locked(() =>
    {
        types.TryAdd("__DEFAULT__", new(Guid.NewGuid().ToString(), "__DEFAULT__", new Dictionary<string, string>(), IsPublic: true));
        return types[name] = new(Guid.NewGuid().ToString(), name, extraSpecs ?? new Dictionary<string, string>(), isPublic);
    });

    public FakeGroupType AddGroupType(string name, IReadOnlyDictionary<string, string>? groupSpecs = null) =>
        cloud.Locked(() => groupTypes[name] = new(Guid.NewGuid().ToString(), name, groupSpecs ?? new Dictionary<string, string>()));

    private bool IsMultiattach(string? type) =>
        type is not null && (MultiattachTypes.Contains(type) || types.GetValueOrDefault(type)?.ExtraSpecs.GetValueOrDefault("multiattach") is "<is> True");

    /// <summary>Its name; null for none asked.</summary>
    private string? TypeOf(string? nameOrId)
    {
        if (nameOrId is null || types.Count is 0)
        {
            return nameOrId;
        }

        return types.Values.FirstOrDefault(type => type.Name == nameOrId || type.Id == nameOrId)?.Name
            ?? throw new FakeRefusal(404, Guid.TryParse(nameOrId, out _) ? $"Volume type {nameOrId} could not be found." : $"Volume type with name {nameOrId} could not be found.");
    }

    private string TypeIdOf(string? type) => types.GetValueOrDefault(type ?? "__DEFAULT__")?.Id ?? $"id-of-{type ?? "__DEFAULT__"}";

    // cinder/api/v3/types.py: _get_volume_types.
    private FakeAnswer ListTypes(FakeCall call)
    {
        var all = call.IsAdmin && call.Asked("is_public") is "None";
        var found = types.Values.Where(type => all || type.IsPublic);
        var page = new FakePage<FakeVolumeType>("/types", "volume_types", "volume_type_links", type => type.Id, (type, key) => key is "name" ? type.Name : type.Id);
        return page.Answer(call, cloud, found, id => types.Values.FirstOrDefault(type => type.Id == id), type => View(call, type));
    }

    private FakeAnswer ShowType(FakeCall call, string id)
    {
        var found = types.Values.FirstOrDefault(type => (id is "default" ? type.Name is "__DEFAULT__" : type.Id == id) && (type.IsPublic || call.IsAdmin))
            ?? throw new FakeRefusal(404, $"Volume type {id} could not be found.");
        return FakeAnswer.Json(200, new JsonObject { ["volume_type"] = View(call, found) });
    }

    // cinder/api/v3/views/types.py: ViewBuilder.show; cinder/policies/type_extra_specs.py: USER_VISIBLE_EXTRA_SPECS.
    private static JsonObject View(FakeCall call, FakeVolumeType type)
    {
        var specs = type.ExtraSpecs.Where(spec => call.IsAdmin || spec.Key is "multiattach" or "RESKEY:availability_zones" or "replication_enabled");
        var view = new JsonObject
        {
            ["id"] = type.Id, ["name"] = type.Name, ["description"] = null, ["is_public"] = type.IsPublic, ["os-volume-type-access:is_public"] = type.IsPublic,
            ["extra_specs"] = Json(specs),
        };
        if (call.IsAdmin)
        {
            view["qos_specs_id"] = type.QosSpecsId;
        }

        return view;
    }

    private FakeGroupType GroupTypeOf(string nameOrId) => groupTypes.Values.FirstOrDefault(type => type.Name == nameOrId || type.Id == nameOrId)
        ?? throw new FakeRefusal(404, $"Group type with name {nameOrId} could not be found.");

    private FakeAnswer ListGroupTypes(FakeCall call) => FakeAnswer.Json(200, new JsonObject
    {
        ["group_types"] = new JsonArray([.. groupTypes.Values.Select(type =>
        {
            var view = new JsonObject { ["id"] = type.Id, ["name"] = type.Name, ["description"] = null, ["is_public"] = true };
            if (call.IsAdmin)
            {
                view["group_specs"] = Json(type.GroupSpecs);
            }

            return view;
        })]),
    });
}
