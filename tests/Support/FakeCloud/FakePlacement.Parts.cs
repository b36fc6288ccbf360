using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>What hangs on a provider, and allocations.</summary>
public sealed partial class FakePlacement
{
    private JsonObject Part(FakeProvider provider, string part)
    {
        var body = new JsonObject { ["resource_provider_generation"] = provider.Generation };
        switch (part)
        {
            case "inventories":
                body["inventories"] = new JsonObject(provider.Inventories.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value.DeepClone())));
                break;
            case "traits":
                body["traits"] = new JsonArray([.. provider.Traits.Order(StringComparer.Ordinal).Select(trait => JsonValue.Create(trait))]);
                break;
            case "aggregates":
                body["aggregates"] = new JsonArray([.. provider.Aggregates.Order(StringComparer.Ordinal).Select(one => JsonValue.Create(one))]);
                break;
            case "usages":
                body["usages"] = new JsonObject(provider.Inventories.Keys.Select(name => KeyValuePair.Create(name, (JsonNode?)Used(provider, name))));
                break;
            case "allocations":
                body["allocations"] = new JsonObject(consumers.Where(item => item.Value.Allocations.ContainsKey(provider.Uuid)).Select(item =>
                    KeyValuePair.Create(item.Key, (JsonNode?)new JsonObject
                    {
                        ["resources"] = Amounts(item.Value.Allocations[provider.Uuid]), ["consumer_generation"] = item.Value.Generation,
                    })));
                break;
            default:
                throw new FakeRefusal(404, "The resource could not be found.");
        }

        return body;
    }

    private FakeAnswer Put(FakeCall call, FakeProvider provider, string part)
    {
        var asked = call.Body();
        if ((int)asked["resource_provider_generation"]! != provider.Generation)
        {
            // placement/handlers/inventory.py: set_inventories.
            throw new FakeRefusal(409, "resource provider generation conflict", "placement.concurrent_update");
        }

        switch (part)
        {
            case "inventories":
                var wanted = asked["inventories"]!.AsObject();
                if (wanted.Select(item => item.Key).FirstOrDefault(name => !classes.Contains(name)) is { } unknownClass)
                {
                    throw new FakeRefusal(400, $"Unknown resource class in inventory for resource provider {provider.Uuid}: No such resource class {unknownClass}.");
                }

                if (provider.Inventories.Keys.FirstOrDefault(name => !wanted.ContainsKey(name) && Used(provider, name) > 0) is { } inUse)
                {
                    throw new FakeRefusal(409, $"Inventory for '{inUse}' on resource provider '{provider.Uuid}' in use.", "placement.inventory.inuse");
                }

                provider.Inventories.Clear();
                foreach (var (name, value) in wanted)
                {
                    provider.Inventories[name] = Whole((JsonObject)value!.DeepClone());
                }

                break;
            case "traits":
                Replace(provider.Traits, asked["traits"]!.AsArray());
                if (provider.Traits.FirstOrDefault(trait => !traits.Contains(trait)) is { } unknown)
                {
                    provider.Traits.Remove(unknown);
                    throw new FakeRefusal(400, $"No such trait {unknown}");
                }

                break;
            case "aggregates":
                Replace(provider.Aggregates, asked["aggregates"]!.AsArray());
                break;
            default:
                throw new FakeRefusal(404, "The resource could not be found.");
        }

        provider.Generation++;
        return FakeAnswer.Json(200, Part(provider, part));
    }

    private static void Replace(HashSet<string> set, JsonArray words)
    {
        set.Clear();
        set.UnionWith(words.Select(word => (string)word!));
    }

    private int Used(FakeProvider provider, string resource) =>
        consumers.Values.Sum(consumer => consumer.Allocations.GetValueOrDefault(provider.Uuid)?.GetValueOrDefault(resource) ?? 0);

    private static JsonObject Amounts(Dictionary<string, int> amounts) =>
        new(amounts.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value)));

    private FakeAnswer Allocations(string id)
    {
        if (!consumers.TryGetValue(id, out var consumer))
        {
            return FakeAnswer.Json(200, new JsonObject { ["allocations"] = new JsonObject() });
        }

        return FakeAnswer.Json(200, new JsonObject
        {
            ["allocations"] = new JsonObject(consumer.Allocations.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)new JsonObject
            {
                ["generation"] = providers.GetValueOrDefault(item.Key)?.Generation ?? 0, ["resources"] = Amounts(item.Value),
            }))),
            ["consumer_generation"] = consumer.Generation,
            ["project_id"] = consumer.ProjectId,
            ["user_id"] = consumer.UserId,
        });
    }

    // placement/handlers/allocation.py: set_allocations: all consumers or none.
    private FakeAnswer PostAllocations(FakeCall call)
    {
        var asked = call.Body();
        foreach (var (id, wanted) in asked)
        {
            CheckGeneration(id, wanted!.AsObject());
        }

        foreach (var (id, wanted) in asked)
        {
            Replace(id, wanted!.AsObject());
        }

        return FakeAnswer.Empty(204);
    }

    private FakeAnswer PutAllocations(FakeCall call, string id)
    {
        CheckGeneration(id, call.Body());
        Replace(id, call.Body());
        return FakeAnswer.Empty(204);
    }

    private void CheckGeneration(string id, JsonObject asked)
    {
        if ((int?)asked["consumer_generation"] != consumers.GetValueOrDefault(id)?.Generation)
        {
            throw new FakeRefusal(409, $"consumer generation conflict - expected {consumers.GetValueOrDefault(id)?.Generation}", "placement.concurrent_update");
        }
    }

    private void Replace(string id, JsonObject asked)
    {
        var wanted = asked["allocations"]!.AsObject();
        if (wanted.Count is 0)
        {
            consumers.Remove(id);
            return;
        }

        consumers[id] = new FakeConsumer
        {
            ProjectId = (string)asked["project_id"]!,
            UserId = (string)asked["user_id"]!,
            Generation = (consumers.GetValueOrDefault(id)?.Generation ?? 0) + 1,
            Allocations = wanted.ToDictionary(
                item => Provider(item.Key).Uuid,
                item => item.Value!["resources"]!.AsObject().ToDictionary(one => one.Key, one => (int)one.Value!)),
        };
    }
}
