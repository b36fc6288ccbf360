using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Support.Parent;

public sealed partial class ScriptedParent
{
    static readonly Lazy<JsonObject> Template = new(() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Parent", "Samples", "build_and_run_instance.json")))!["oslo.message"]!.AsObject());

    /// <summary>
    /// A tenant boots a server: row, action and allocation are made, and build_and_run_instance is cast, with a message of nova's own as the pattern.
    /// </summary>
    /// <param name="edit">Changes the arguments before they are sent; the instance's data is at <c>instance → nova_object.data</c>.</param>
    /// <returns>The instance's uuid.</returns>
    public async Task<string> BootAsync(string name = "vm", Action<JsonObject>? edit = null)
    {
        var uuid = Guid.NewGuid().ToString("D");
        var args = Template.Value["args"]!.DeepClone().AsObject();
        var data = args["instance"]!["nova_object.data"]!.AsObject();
        data["uuid"] = uuid;
        data["display_name"] = name;
        data["hostname"] = name;
        data["project_id"] = ProjectId;
        data["user_id"] = UserId;
        data["image_ref"] = Image;
        data["info_cache"]!["nova_object.data"]!["instance_uuid"] = uuid;
        data["pci_requests"]!["nova_object.data"]!["instance_uuid"] = uuid;
        data["system_metadata"]!["image_base_image_ref"] = Image;
        data["system_metadata"]!["image_min_disk"] = "1";
        Smallest(data["flavor"]!["nova_object.data"]!.AsObject(), data);
        args["image"] = new JsonObject
        {
            ["id"] = Image, ["name"] = "tiny", ["status"] = "active", ["disk_format"] = "qcow2", ["container_format"] = "bare", ["min_disk"] = 1, ["min_ram"] = 0,
            ["size"] = 4096, ["visibility"] = "public", ["owner"] = ProjectId, ["properties"] = new JsonObject(),
        };
        foreach (var bdm in args["block_device_mapping"]!["nova_object.data"]!["objects"]!.AsArray())
        {
            bdm!["nova_object.data"]!["instance_uuid"] = uuid;
            bdm["nova_object.data"]!["image_id"] = Image;
        }

        args["node"] = Host;
        // nova/objects/network_request.py: "none" is how a server without networks is asked for.
        args["requested_networks"] = new VersionedObject(ObjectDialect.Nova, "NetworkRequestList", "1.1", new()
        {
            ["objects"] = new JsonArray(new VersionedObject(ObjectDialect.Nova, "NetworkRequest", "1.3", new()
            {
                ["network_id"] = "none", ["address"] = null, ["port_id"] = null, ["pci_request_id"] = null, ["tag"] = null,
            }).ToJson()),
        }).ToJson();
        edit?.Invoke(args);
        var context = Tenant();
        Conductor.AddInstance(args["instance"]!["nova_object.data"]!.AsObject());
        Conductor.AddAction(uuid, "create", context.RequestId!, UserId);
        Allocate(uuid);
        foreach (var bdm in args["block_device_mapping"]!["nova_object.data"]!["objects"]!.AsArray())
        {
            bdm!["nova_object.data"]!["id"] = Conductor.NewId();
            Conductor.AddBdm(bdm["nova_object.data"]!.AsObject());
        }

        args["instance"]!["nova_object.data"]!["id"] = Conductor.Instance(uuid)!["id"]!.DeepClone();
        await CastAsync("build_and_run_instance", args, context);
        return uuid;
    }

    /// <summary>A tenant deletes it: deleting is saved, terminate_instance is cast.</summary>
    public Task DeleteAsync(string uuid) => ActAsync(uuid, "delete", "deleting", "terminate_instance", new()
    {
        ["bdms"] = new VersionedObject(ObjectDialect.Nova, "BlockDeviceMappingList", "1.18", new() { ["objects"] = new JsonArray() }).ToJson(),
    });

    /// <summary>The API deletes without a word to the host, as it does while the host is down (nova/compute/api.py: _local_delete).</summary>
    public void LocalDelete(string uuid)
    {
        Conductor.EditInstance(uuid, row =>
        {
            row["vm_state"] = "deleted";
            row["task_state"] = null;
            row["deleted"] = true;
        });
    }

    public Task StopAsync(string uuid) => ActAsync(uuid, "stop", "powering-off", "stop_instance", new() { ["clean_shutdown"] = true });

    public Task StartAsync(string uuid) => ActAsync(uuid, "start", "powering-on", "start_instance", []);

    public Task RebootAsync(string uuid, bool hard = false) => ActAsync(
        uuid, "reboot", hard ? "rebooting_hard" : "rebooting", "reboot_instance", new() { ["block_device_info"] = null, ["reboot_type"] = hard ? "HARD" : "SOFT" });

    /// <summary>Any action: the task state is saved, the action begun, the method cast with the instance as it is.</summary>
    public async Task ActAsync(string uuid, string action, string? taskState, string method, JsonObject arguments)
    {
        var context = Tenant();
        Conductor.EditInstance(uuid, row => row["task_state"] = taskState);
        Conductor.AddAction(uuid, action, context.RequestId!, UserId);
        arguments["instance"] = Envelope(uuid);
        await CastAsync(method, arguments, context);
    }

    /// <summary>The instance as a compute receives it.</summary>
    public JsonObject Envelope(string uuid) =>
        new VersionedObject(ObjectDialect.Nova, "Instance", "2.7", Conductor.Instance(uuid)!).ToJson();

    /// <summary>A context as a tenant's request has it, with a request id and a token of its own.</summary>
    public RpcContext Tenant()
    {
        var members = new JsonObject();
        foreach (var (key, value) in Template.Value.Where(member => member.Key.StartsWith("_context_", StringComparison.Ordinal)))
        {
            members[key["_context_".Length..]] = value?.DeepClone();
        }

        members["request_id"] = $"req-{Guid.NewGuid():D}";
        members["user_id"] = UserId;
        members["user"] = UserId;
        members["project_id"] = ProjectId;
        members["project"] = ProjectId;
        members["auth_token"] = Cloud.Keystone.Issue(UserId, ProjectId, "member").Value;
        return new(members);
    }

    /// <summary>What the scheduler wrote before the compute hears of it.</summary>
    void Allocate(string uuid)
    {
        if (Cloud.Placement.Providers.SingleOrDefault(provider => provider.Name == Host) is { } provider)
        {
            Cloud.Placement.Allocate(uuid, provider.Uuid, ProjectId, UserId, ("VCPU", 1), ("MEMORY_MB", 512), ("DISK_GB", 1));
        }
    }

    static void Smallest(JsonObject flavor, JsonObject instance)
    {
        foreach (var (field, amount) in (ReadOnlySpan<(string, int)>)[("memory_mb", 512), ("vcpus", 1), ("root_gb", 1)])
        {
            flavor[field] = amount;
            instance[field] = amount;
        }
    }
}
