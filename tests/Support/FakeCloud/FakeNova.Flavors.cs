using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Flavors and keypairs.</summary>
public sealed partial class FakeNova
{
    private readonly Dictionary<string, FakeFlavor> flavors = new(StringComparer.Ordinal);
    private readonly Dictionary<(string UserId, string Name), string> keypairs = [];

    public IReadOnlyList<FakeFlavor> AllFlavors => Read(() => flavors.Values.ToList());

    /// <summary>Public keys by user and name.</summary>
    public IReadOnlyDictionary<(string UserId, string Name), string> AllKeypairs =>
        Read(() => new Dictionary<(string UserId, string Name), string>(keypairs));

    public FakeFlavor AddFlavor(string name, string id, int vcpus, int ram, int disk, IReadOnlyDictionary<string, string>? extraSpecs = null)
    {
        var flavor = new FakeFlavor { Id = id, Name = name, Vcpus = vcpus, Ram = ram, Disk = disk, ExtraSpecs = new(extraSpecs ?? new Dictionary<string, string>(StringComparer.Ordinal)) };
        cloud.Gate.Enter();
        flavors[id] = flavor;
        cloud.Gate.Exit();
        return flavor;
    }

    private FakeAnswer Flavors(FakeCall call, string[] rest)
    {
        switch (call.Method, rest)
        {
            case ("GET", ["detail"]):
                var everyone = call.IsAdmin && call.Asked("is_public") is "None";
                var shown = flavors.Values.Where(flavor => flavor.IsPublic || everyone || flavor.Access.Contains(call.ProjectId));
                return FakeAnswer.Json(200, new JsonObject { ["flavors"] = new JsonArray([.. shown.Select(flavor => View(call, flavor))]) });
            case ("GET", [var id]):
                return Show(call, Flavor(id));
            case ("POST", []):
                return CreateFlavor(call);
            case ("DELETE", [var id]):
                Admin(call, "os_compute_api:os-flavor-manage:delete");
                flavors.Remove(Flavor(id).Id);
                return FakeAnswer.Empty(202);
            case ("GET", [var id, "os-extra_specs"]):
                return FakeAnswer.Json(200, new JsonObject { ["extra_specs"] = new JsonObject(Pairs(Flavor(id).ExtraSpecs)) });
            case ("POST", [var id, "os-extra_specs"]):
                Admin(call, "os_compute_api:os-flavor-extra-specs:create");
                var specs = call.Body()["extra_specs"]!.AsObject();
                foreach (var (key, value) in specs)
                {
                    Flavor(id).ExtraSpecs[key] = (string)value!;
                }

                return FakeAnswer.Json(200, new JsonObject { ["extra_specs"] = specs.DeepClone() });
            case ("POST", [var id, "action"]):
                Admin(call, "os_compute_api:os-flavor-access:add_tenant_access");
                var tenant = (string)call.Body()["addTenantAccess"]!["tenant"]!;
                return Flavor(id).Access.Add(tenant)
                    ? FakeAnswer.Json(200, new JsonObject { ["flavor_access"] = new JsonArray() })
                    : throw new FakeRefusal(409, $"Flavor access already exists for flavor {id} and project {tenant} combination.");
            default:
                throw new FakeRefusal(404, "The resource could not be found.");
        }
    }

    private FakeFlavor Flavor(string id) => flavors.GetValueOrDefault(id) ?? throw new FakeRefusal(404, $"Flavor {id} could not be found.");

    private FakeAnswer CreateFlavor(FakeCall call)
    {
        Admin(call, "os_compute_api:os-flavor-manage:create");
        var asked = call.Body()["flavor"]!;
        var id = (string?)asked["id"] ?? Guid.NewGuid().ToString();
        if (flavors.ContainsKey(id))
        {
            throw new FakeRefusal(409, $"Flavor with ID {id} already exists.");
        }

        if (flavors.Values.Any(flavor => flavor.Name == (string)asked["name"]!))
        {
            throw new FakeRefusal(409, $"Flavor with name {asked["name"]} already exists.");
        }

        var made = new FakeFlavor
        {
            Id = id,
            Name = (string)asked["name"]!,
            Vcpus = (int)asked["vcpus"]!,
            Ram = (int)asked["ram"]!,
            Disk = (int)asked["disk"]!,
            Ephemeral = (int?)asked["OS-FLV-EXT-DATA:ephemeral"] ?? 0,
            Swap = (int?)asked["swap"] ?? 0,
            IsPublic = (bool?)asked["os-flavor-access:is_public"] ?? true,
            Description = (string?)asked["description"],
        };
        flavors.Add(id, made);
        return Show(call, made);
    }

    private static FakeAnswer Show(FakeCall call, FakeFlavor flavor) => FakeAnswer.Json(200, new JsonObject { ["flavor"] = View(call, flavor) });

    private static JsonObject View(FakeCall call, FakeFlavor flavor)
    {
        var view = new JsonObject
        {
            ["id"] = flavor.Id,
            ["name"] = flavor.Name,
            ["vcpus"] = flavor.Vcpus,
            ["ram"] = flavor.Ram,
            ["disk"] = flavor.Disk,
            ["OS-FLV-EXT-DATA:ephemeral"] = flavor.Ephemeral,
            ["OS-FLV-DISABLED:disabled"] = false,
            ["os-flavor-access:is_public"] = flavor.IsPublic,
            ["rxtx_factor"] = 1.0,
            ["swap"] = flavor.Swap is 0 && !call.Knows(2, 75) ? "" : flavor.Swap,
            ["links"] = new JsonArray(),
        };
        if (call.Knows(2, 55))
        {
            view["description"] = flavor.Description;
        }

        if (call.Knows(2, 61))
        {
            view["extra_specs"] = new JsonObject(Pairs(flavor.ExtraSpecs));
        }

        return view;
    }

    private FakeAnswer Keypairs(FakeCall call, string[] rest)
    {
        var user = call.Token!.UserId;
        switch (call.Method, rest)
        {
            case ("POST", []):
                var asked = call.Body()["keypair"]!;
                var name = (string)asked["name"]!;
                if (!keypairs.TryAdd((user, name), (string)asked["public_key"]!))
                {
                    throw new FakeRefusal(409, $"Key pair '{name}' already exists.");
                }

                return Keypair(201, user, name);
            case ("GET", []):
                // nova/api/openstack/compute/views/keypairs.py: index wraps each one.
                return FakeAnswer.Json(200, new JsonObject
                {
                    ["keypairs"] = new JsonArray([.. keypairs.Keys.Where(key => key.UserId == user)
                        .Select(key => new JsonObject { ["keypair"] = KeypairView(user, key.Name) })]),
                });
            case ("GET", [var one]) when keypairs.ContainsKey((user, one)):
                return Keypair(200, user, one);
            case ("DELETE", [var one]) when keypairs.Remove((user, one)):
                return FakeAnswer.Empty(204);
            default:
                throw new FakeRefusal(404, $"Keypair {string.Join('/', rest)} not found for user {user}");
        }
    }

    private FakeAnswer Keypair(int status, string user, string name) =>
        FakeAnswer.Json(status, new JsonObject { ["keypair"] = KeypairView(user, name) });

    private JsonObject KeypairView(string user, string name) => new()
    {
        ["name"] = name, ["public_key"] = keypairs[(user, name)], ["fingerprint"] = "1e:2c:9b:56:79:4b:45:77:f9:ca:7a:98:2c:b0:d5:3c",
        ["type"] = "ssh", ["user_id"] = user,
    };
}
