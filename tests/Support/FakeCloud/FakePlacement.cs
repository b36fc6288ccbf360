using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Placement: providers with generations, inventories, traits, aggregates, allocations.</summary>
public sealed partial class FakePlacement
{
    private readonly FakeCloud cloud;
    private readonly Dictionary<string, FakeProvider> providers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FakeConsumer> consumers = new(StringComparer.Ordinal);
    private readonly HashSet<string> traits = new(StringComparer.Ordinal)
    {
        "COMPUTE_NODE", "COMPUTE_SAME_HOST_COLD_MIGRATE", "COMPUTE_STATUS_DISABLED", "COMPUTE_TRUSTED_CERTS", "COMPUTE_VOLUME_EXTEND", "COMPUTE_VOLUME_MULTI_ATTACH",
        "COMPUTE_IMAGE_TYPE_QCOW2", "COMPUTE_IMAGE_TYPE_RAW", "COMPUTE_NET_ATTACH_INTERFACE", "COMPUTE_DEVICE_TAGGING", "HW_CPU_X86_AVX",
        "HW_CPU_X86_SSE", "OWNER_NOVA",
    };

    private readonly HashSet<string> classes = new(StringComparer.Ordinal) { "VCPU", "MEMORY_MB", "DISK_GB", "PCPU", "VGPU" };

    internal FakePlacement(FakeCloud cloud) => this.cloud = cloud;

    /// <summary>Copies.</summary>
    public IReadOnlyList<FakeProvider> Providers => cloud.Locked(() => providers.Values.Select(provider => provider with { }).ToList());

    public FakeProvider? Find(string uuid) => cloud.Locked(() => providers.GetValueOrDefault(uuid) is { } found ? found with { } : null);

    public IReadOnlyDictionary<string, FakeConsumer> Consumers => cloud.Locked(() => new Dictionary<string, FakeConsumer>(consumers));

    /// <summary>Puts a provider there, with what it has.</summary>
    public FakeProvider Add(string name, params IReadOnlyList<(string Class, int Total)> inventory) =>
        Add(new FakeProvider { Uuid = Guid.NewGuid().ToString(), Name = name }, inventory);

    /// <summary>Puts a provider there whose uuid, place in a tree or traits matter.</summary>
    public FakeProvider Add(FakeProvider provider, params IReadOnlyList<(string Class, int Total)> inventory) => cloud.Locked(() =>
    {
        traits.UnionWith(provider.Traits);
        classes.UnionWith(inventory.Select(item => item.Class));
        foreach (var (resource, total) in inventory)
        {
            provider.Inventories[resource] = Whole(new JsonObject { ["total"] = total });
        }

        providers.Add(provider.Uuid, provider);
        return provider;
    });

    /// <summary>The provider as its own agent changes it.</summary>
    public void Change(string uuid, Action<FakeProvider> change) => cloud.Locked(() => change(providers[uuid]));

    /// <summary>What the placement knows, whoever has it.</summary>
    public void Learn(params IReadOnlyList<string> names) => cloud.Locked(() =>
    {
        traits.UnionWith(names);
        classes.UnionWith(names);
    });

    /// <summary>Somebody else changes the provider: its generation goes on.</summary>
    public void Disturb(string uuid) => cloud.Locked(() => providers[uuid].Generation++);

    /// <summary>Gives a consumer something, as a scheduler would.</summary>
    public void Allocate(string consumer, string provider, string projectId, string userId, params IReadOnlyList<(string Class, int Amount)> resources) =>
        cloud.Locked(() =>
        {
            consumers[consumer] = new FakeConsumer
            {
                ProjectId = projectId,
                UserId = userId,
                Generation = 1,
                Allocations = { [provider] = resources.ToDictionary(item => item.Class, item => item.Amount) },
            };
        });

    internal FakeAnswer Handle(FakeCall call)
    {
        if (call.Segments.Length is 0)
        {
            return FakeAnswer.Json(200, new JsonObject
            {
                ["versions"] = new JsonArray(new JsonObject
                {
                    ["id"] = "v1.0", ["status"] = "CURRENT", ["max_version"] = cloud.Options.Release.PlacementMax, ["min_version"] = "1.0",
                }),
            });
        }

        if (!call.IsAdmin && !call.Token!.Roles.Contains("service"))
        {
            throw new FakeRefusal(403, "Access was denied to this resource.");
        }

        return (call.Method, call.Segments) switch
        {
            ("GET", ["resource_providers"]) => List(call),
            ("POST", ["resource_providers"]) => Create(call),
            ("GET", ["resource_providers", var id]) => FakeAnswer.Json(200, View(Provider(id))),
            ("DELETE", ["resource_providers", var id]) => Delete(Provider(id)),
            ("GET", ["resource_providers", var id, var part]) => FakeAnswer.Json(200, Part(Provider(id), part)),
            ("PUT", ["resource_providers", var id, var part]) => Put(call, Provider(id), part),
            ("GET", ["traits"]) => ListTraits(call),
            ("GET", ["resource_classes"]) => ListClasses(),
            ("PUT", ["resource_classes", var name]) => CreateClass(name),
            ("PUT", ["traits", var name]) => CreateTrait(name),
            ("POST", ["allocations"]) => PostAllocations(call),
            ("GET", ["allocations", var id]) => Allocations(id),
            ("PUT", ["allocations", var id]) => PutAllocations(call, id),
            ("DELETE", ["allocations", var id]) => consumers.Remove(id)
                ? FakeAnswer.Empty(204)
                : throw new FakeRefusal(404, $"No allocations for consumer '{id}'"),
            _ => throw new FakeRefusal(404, "The resource could not be found."),
        };
    }

    private FakeProvider Provider(string uuid) =>
        providers.GetValueOrDefault(uuid) ?? throw new FakeRefusal(404, $"No resource provider with uuid {uuid} found : No resource provider with uuid {uuid} found");

    private FakeAnswer List(FakeCall call)
    {
        var root = call.Asked("in_tree") is { } tree ? providers.GetValueOrDefault(tree)?.RootUuid ?? "" : null;
        var found = providers.Values.Where(provider =>
            (call.Asked("uuid") is not { } uuid || provider.Uuid == uuid)
            && (call.Asked("name") is not { } name || provider.Name == name)
            && (root is null || provider.RootUuid == root)
            && (call.Asked("required") is not { } required || required.Split(',').All(trait =>
                trait.StartsWith('!') ? !provider.Traits.Contains(trait[1..]) : provider.Traits.Contains(trait)))
            && (call.Asked("member_of") is not { } member
                || member.Replace("in:", "", StringComparison.Ordinal).Split(',').Any(provider.Aggregates.Contains)));
        return FakeAnswer.Json(200, new JsonObject { ["resource_providers"] = new JsonArray([.. found.Select(View)]) });
    }

    private FakeAnswer Create(FakeCall call)
    {
        var asked = call.Body();
        var uuid = (string?)asked["uuid"] ?? Guid.NewGuid().ToString();
        var name = (string)asked["name"]!;
        if (providers.Values.Any(provider => provider.Uuid == uuid || provider.Name == name))
        {
            throw new FakeRefusal(409, $"Conflicting resource provider name: {name} already exists.", "placement.duplicate_name");
        }

        var made = new FakeProvider { Uuid = uuid, Name = name, ParentUuid = (string?)asked["parent_provider_uuid"] };
        made = made with { RootUuid = made.ParentUuid is { } parent ? Provider(parent).RootUuid : uuid };
        providers.Add(uuid, made);
        return FakeAnswer.Json(200, View(made));
    }

    private FakeAnswer Delete(FakeProvider provider)
    {
        if (consumers.Values.Any(consumer => consumer.Allocations.ContainsKey(provider.Uuid)))
        {
            throw new FakeRefusal(409, "Unable to delete resource provider: Resource provider has allocations.", "placement.resource_provider.inuse");
        }

        providers.Remove(provider.Uuid);
        return FakeAnswer.Empty(204);
    }

    private FakeAnswer ListTraits(FakeCall call)
    {
        var found = traits.Where(trait => call.Asked("name")?.Split(':') switch
        {
            ["in", var names] => names.Split(',').Contains(trait),
            ["startswith", var prefix] => trait.StartsWith(prefix, StringComparison.Ordinal),
            _ => true,
        }).Order(StringComparer.Ordinal);
        return FakeAnswer.Json(200, new JsonObject { ["traits"] = new JsonArray([.. found.Select(trait => JsonValue.Create(trait))]) });
    }

    private FakeAnswer ListClasses() => FakeAnswer.Json(200, new JsonObject
    {
        ["resource_classes"] = new JsonArray([.. classes.Order(StringComparer.Ordinal).Select(name => new JsonObject { ["name"] = name, ["links"] = new JsonArray() })]),
    });

    private FakeAnswer CreateClass(string name) =>
        name.StartsWith("CUSTOM_", StringComparison.Ordinal)
            ? FakeAnswer.Empty(classes.Add(name) ? 201 : 204)
            : throw new FakeRefusal(400, "The resource class is invalid. A valid resource class must be no longer than 255 characters and start with the prefix \"CUSTOM_\"");

    private FakeAnswer CreateTrait(string name) =>
        name.StartsWith("CUSTOM_", StringComparison.Ordinal)
            ? FakeAnswer.Empty(traits.Add(name) ? 201 : 204)
            : throw new FakeRefusal(400, "The trait is invalid. A valid trait must be no longer than 255 characters, start with the prefix \"CUSTOM_\"");

    private static JsonObject View(FakeProvider provider) => new()
    {
        ["uuid"] = provider.Uuid, ["name"] = provider.Name, ["generation"] = provider.Generation, ["links"] = new JsonArray(),
        ["parent_provider_uuid"] = provider.ParentUuid, ["root_provider_uuid"] = provider.RootUuid,
    };

    private static JsonObject Whole(JsonObject inventory)
    {
        foreach (var (name, value) in new (string, JsonNode)[]
        {
            ("reserved", 0), ("min_unit", 1), ("max_unit", int.MaxValue), ("step_size", 1), ("allocation_ratio", 1.0),
        })
        {
            inventory.TryAdd(name, value);
        }

        return inventory;
    }
}

/// <summary>A resource provider of the fake.</summary>
public sealed record FakeProvider
{
    public required string Uuid { get; init; }

    public required string Name { get; init; }

    public string? ParentUuid { get; init; }

    public string RootUuid { get => field ?? Uuid; init; }

    public int Generation { get; set; }

    public Dictionary<string, JsonObject> Inventories { get; init; } = [];

    public HashSet<string> Traits { get; init; } = [];

    public HashSet<string> Aggregates { get; init; } = [];
}

/// <summary>What one consumer has, by provider and class.</summary>
public sealed record FakeConsumer
{
    public required string ProjectId { get; init; }

    public required string UserId { get; init; }

    public int Generation { get; set; }

    public Dictionary<string, Dictionary<string, int>> Allocations { get; init; } = [];
}
