using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Support.Parent;

public sealed partial class FakeConductor
{
    readonly List<JsonObject> interfaces = [];

    /// <summary>The network info of an instance, as its info cache holds it; empty without one.</summary>
    public JsonArray NetworkInfo(string uuid) =>
        Instance(uuid)?["info_cache"]?["nova_object.data"]?["network_info"] is JsonValue text && text.TryGetValue<string>(out var json)
            ? JsonNode.Parse(json)!.AsArray()
            : [];

    /// <summary>The rows of <c>virtual_interfaces</c> of an instance that are not deleted, in the order of their ids.</summary>
    public IReadOnlyList<JsonObject> Interfaces(string uuid)
    {
        lock (one)
        {
            return [.. interfaces.Where(row => Is(row, "instance_uuid", uuid)).Select(Clone)];
        }
    }

    /// <summary>nova/objects/instance_info_cache.py: save; the row is made when there is none. Deleted instances have none any more.</summary>
    JsonObject SaveInfoCache(RpcContext context, VersionedObject target)
    {
        var row = Find(context, target.Text("instance_uuid")!);
        var cache = row["info_cache"]?["nova_object.data"] as JsonObject;
        if (cache is null)
        {
            row["info_cache"] = Envelope("InstanceInfoCache", new() { ["instance_uuid"] = target.Text("instance_uuid"), ["network_info"] = "[]" });
            cache = row["info_cache"]!["nova_object.data"]!.AsObject();
        }

        Apply(cache, target);
        return new() { ["updated_at"] = Now() };
    }

    /// <summary>Addresses are unique among what is not deleted (nova/db/main/models.py: VirtualInterface).</summary>
    JsonObject CreateInterface(VersionedObject target)
    {
        if (interfaces.Exists(row => Is(row, "address", target.Text("address"))))
        {
            throw new RpcFault("nova.exception", "VirtualInterfaceCreateException", "Virtual Interface creation failed", new() { ["code"] = 500 });
        }

        var row = new JsonObject { ["id"] = nextId++, ["created_at"] = Now() };
        Apply(row, target);
        interfaces.Add(row);
        var shown = Shown(row);
        return shown;
    }

    JsonObject DestroyInterface(VersionedObject target)
    {
        interfaces.RemoveAll(row => Number(row, "id") == target.Number("id"));
        return [];
    }

    JsonObject? FindInterface(string uuid) => interfaces.Find(row => Is(row, "uuid", uuid)) is { } row ? Envelope("VirtualInterface", Shown(row)) : null;

    JsonNode? DeleteInterfaces(string uuid)
    {
        interfaces.RemoveAll(row => Is(row, "instance_uuid", uuid));
        return null;
    }

    JsonObject InterfaceList(string uuid) => Envelope("VirtualInterfaceList", new()
    {
        ["objects"] = new JsonArray([.. interfaces.Where(row => Is(row, "instance_uuid", uuid)).Select(row => (JsonNode)Envelope("VirtualInterface", Shown(row)))]),
    });

    /// <summary>The port's id behind the slash is taken off when it is read (nova/objects/virtual_interface.py: _from_db_object).</summary>
    static JsonObject Shown(JsonObject row)
    {
        var shown = Clone(row);
        shown["address"] = row["address"]?.GetValue<string>().Split('/')[0];
        return shown;
    }
}
