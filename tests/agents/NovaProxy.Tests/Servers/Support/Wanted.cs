using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>An instance as nova-api and nova-conductor make it before they send the build, and the messages about it.</summary>
sealed class Wanted
{
    readonly World world;
    readonly IReadOnlyList<JsonObject> disks;
    readonly string createRequest = $"req-{Guid.NewGuid():D}";

    public Wanted(World world, string name = "vm1", Action<JsonObject>? edit = null, bool allocate = true, params IReadOnlyList<JsonObject> disks)
    {
        this.world = world;
        var row = Row(name, world.Image.Id);
        edit?.Invoke(row);
        world.Conductor.AddInstance(row);
        world.Conductor.AddAction(Uuid, "create", createRequest, "u1");
        this.disks = disks is [] ? [Bdm(Uuid, world.Image.Id)] : disks;
        foreach (var disk in this.disks)
        {
            disk["instance_uuid"] = Uuid;
            world.Conductor.AddBdm(disk);
        }

        if (allocate)
        {
            world.Above.Placement.Allocate(Uuid, world.Provider.Uuid, World.Project, "u1", ("VCPU", 1), ("MEMORY_MB", 2048));
        }
    }

    public string Uuid { get; } = Guid.NewGuid().ToString("D");

    public string? Link => world.Row(Uuid)["system_metadata"]?["cascade_server_id"]?.ToString();

    /// <summary>The servers in the child that carry its stamp.</summary>
    public IReadOnlyList<Support.FakeServer> Servers => world.Child.Nova.Tagged($"cascade:{Uuid}");

    public string? Fault => world.Conductor.Faults(Uuid) is [.., var last] ? last["message"]?.ToString() : null;

    public IReadOnlyList<string> Events => [.. world.Conductor.Actions(Uuid).SelectMany(action => action.Events.Select(at => $"{action.Action}:{at.Name}={at.Result ?? "open"}"))];

    /// <summary>The request that asked for it.</summary>
    public RpcContext Created => Context(createRequest);

    public Task BuildAsync(Action<JsonObject>? edit = null) => world.DeliverAsync(BuildCall(edit), Context(createRequest));

    /// <summary>Built, seen and told.</summary>
    public async Task ActiveAsync()
    {
        await BuildAsync();
        await world.LookAsync();
        Assert.That(world.State(Uuid), Is.EqualTo("active/-/1"));
    }

    public BuildAndRunInstance BuildCall(Action<JsonObject>? edit = null)
    {
        var instance = world.Row(Uuid);
        var properties = new JsonObject { ["limits"] = new JsonObject(), ["retry"] = new JsonObject { ["num_attempts"] = 1, ["hosts"] = new JsonArray(new JsonArray(World.Host, World.Host)) } };
        var json = new JsonObject
        {
            ["instance"] = new VersionedObject(ObjectDialect.Nova, "Instance", "2.7", instance).ToJson(),
            ["image"] = new JsonObject { ["id"] = world.Image.Id, ["properties"] = new JsonObject() },
            ["request_spec"] = new JsonObject { ["nova_object.data"] = new JsonObject { ["scheduler_hints"] = new JsonObject() } },
            ["filter_properties"] = properties,
            ["accel_uuids"] = new JsonArray(),
            ["admin_password"] = "s3cret",
            ["injected_files"] = new JsonArray(),
            ["requested_networks"] = Networks("none"),
            ["security_groups"] = new JsonArray(),
            ["block_device_mapping"] = List("BlockDeviceMapping", "1.21", [.. disks]),
            ["node"] = World.Host,
            ["limits"] = new JsonObject(),
            ["host_list"] = new JsonArray(),
        };
        edit?.Invoke(json);
        return System.Text.Json.JsonSerializer.Deserialize(json.ToJsonString(), BuildAndRunInstance.Wire)!;
    }

    /// <summary>The network info as the parent keeps it.</summary>
    public System.Text.Json.Nodes.JsonArray NetworkInfo => world.Conductor.NetworkInfo(Uuid);

    public Task DeleteAsync(bool accept = true)
    {
        if (accept)
        {
            world.Conductor.EditInstance(Uuid, row => row["task_state"] = "deleting");
        }

        return world.DeliverAsync(new TerminateInstance(Envelope()), Ask("delete"));
    }

    public Task StopAsync() => OrderAsync("stop", "powering-off", instance => world.DeliverAsync(new StopInstance(instance, true), Ask("stop")));

    public Task StartAsync() => OrderAsync("start", "powering-on", instance => world.DeliverAsync(new StartInstance(instance), Ask("start")));

    public Task RebootAsync(bool hard) => OrderAsync(
        "reboot", hard ? "rebooting_hard" : "rebooting", instance => world.DeliverAsync(new RebootInstance(instance, null, hard ? "HARD" : "SOFT"), Ask("reboot")));

    /// <summary>The record that nova-api queues in the parent's Glance (nova/compute/utils.py: create_image).</summary>
    public Support.FakeImage Queue(string name, string type = "snapshot", params (string Name, string Value)[] more) => world.Above.Glance.Queue(
        name,
        World.Project,
        more.Append(("image_type", type)).Append(("instance_uuid", Uuid)).ToDictionary(one => one.Item1, one => one.Item2));

    /// <summary>Another image of the parent.</summary>
    public Support.FakeImage Another() => world.Above.Glance.Add("other", [9, 9, 9]);

    public Task SnapshotAsync(string image) =>
        OrderAsync("createImage", "image_snapshot_pending", instance => world.DeliverAsync(new SnapshotInstance(instance, image), Ask("createImage")));

    public Task BackupAsync(string image, string type, int rotation) =>
        OrderAsync("createBackup", "image_backup", instance => world.DeliverAsync(new BackupInstance(instance, image, type, rotation), Ask("createBackup")));

    public Task ShelveAsync(string image) =>
        OrderAsync("shelve", "shelving", instance => world.DeliverAsync(new ShelveInstance(instance, image, true), Ask("shelve")));

    public Task OffloadAsync(string taskState = "shelving_offloading") =>
        OrderAsync("shelveOffload", taskState, instance => world.DeliverAsync(new ShelveOffloadInstance(instance, true), Ask("shelveOffload")));

    /// <summary>Active, shelved, its image carried up, and gone from the child.</summary>
    public async Task OffloadedByShelveAsync()
    {
        await ShelveAsync(Queue("shelved").Id);
        await world.LookAsync();
        await world.LookAsync();
        await world.CarriedAsync();
        await world.LookAsync();
        Assert.That(world.State(Uuid), Does.StartWith("shelved_offloaded/"));
    }

    /// <summary>As the conductor sends it to the host that the scheduler chose.</summary>
    public Task UnshelveAsync(bool allocate = true)
    {
        world.Conductor.EditInstance(Uuid, row => row["task_state"] = "unshelving");
        if (allocate)
        {
            world.Above.Placement.Allocate(Uuid, world.Provider.Uuid, World.Project, "u1", ("VCPU", 1), ("MEMORY_MB", 2048));
        }

        return world.DeliverAsync(UnshelveCall(), Ask("unshelve"));
    }

    public UnshelveInstance UnshelveCall()
    {
        var envelope = Envelope();
        envelope.Data["availability_zone"] = "az-of-the-host";
        var image = envelope.Data["system_metadata"]!["shelved_image_id"]?.ToString();
        return new(
            envelope,
            image is null ? null : new() { ["id"] = image },
            [],
            World.Host,
            new JsonObject { ["nova_object.data"] = new JsonObject { ["scheduler_hints"] = new JsonObject() } });
    }

    public Task RebuildAsync(string image, Func<RebuildInstance, RebuildInstance>? edit = null)
    {
        world.Conductor.EditInstance(Uuid, row => row["image_ref"] = image);
        return OrderAsync("rebuild", "rebuilding", instance => world.DeliverAsync(Edited(new(instance, image, image, NewPass: "n3w")), Ask("rebuild")));

        RebuildInstance Edited(RebuildInstance call) => edit is null ? call : edit(call);
    }

    public Task RescueAsync(string? image = null) =>
        OrderAsync("rescue", "rescuing", instance => world.DeliverAsync(new RescueInstance(instance, "r3scue", image, true), Ask("rescue")));

    public Task UnrescueAsync() => OrderAsync("unrescue", "unrescuing", instance => world.DeliverAsync(new UnrescueInstance(instance), Ask("unrescue")));

    public Task PauseAsync() => OrderAsync("pause", "pausing", instance => world.DeliverAsync(new PauseInstance(instance), Ask("pause")));

    public Task UnpauseAsync() => OrderAsync("unpause", "unpausing", instance => world.DeliverAsync(new UnpauseInstance(instance), Ask("unpause")));

    public Task SuspendAsync() => OrderAsync("suspend", "suspending", instance => world.DeliverAsync(new SuspendInstance(instance), Ask("suspend")));

    public Task ResumeAsync() => OrderAsync("resume", "resuming", instance => world.DeliverAsync(new ResumeInstance(instance), Ask("resume")));

    /// <summary>As nova-api does with a reclaim_instance_interval (nova/compute/api.py: soft_delete).</summary>
    public Task SoftDeleteAsync()
    {
        world.Conductor.EditInstance(Uuid, row => row["deleted_at"] = "2026-11-22T16:25:50Z");
        return OrderAsync("delete", "soft-deleting", instance => world.DeliverAsync(new SoftDeleteInstance(instance), Ask("delete")));
    }

    public Task RestoreAsync()
    {
        world.Conductor.EditInstance(Uuid, row => row["deleted_at"] = null);
        return OrderAsync("restore", "restoring", instance => world.DeliverAsync(new RestoreInstance(instance), Ask("restore")));
    }

    /// <summary>The server that stands for it.</summary>
    public Support.FakeServer Server => world.Child.Nova.Find(Link!)!;

    public VersionedObject Envelope() => new(ObjectDialect.Nova, "Instance", "2.7", world.Row(Uuid));

    /// <summary>An action that nova-api begins, and the context of its request.</summary>
    public RpcContext Ask(string action)
    {
        var request = $"req-{Guid.NewGuid():D}";
        world.Conductor.AddAction(Uuid, action, request, "u1");
        return Context(request);
    }

    public static JsonObject Networks(string? id) => List("NetworkRequest", "1.3", [.. id is null ? Array.Empty<JsonObject>() : [new JsonObject { ["network_id"] = id, ["port_id"] = null }]]);

    public static JsonObject List(string name, string version, params JsonObject[] items) => new VersionedObject(
        ObjectDialect.Nova,
        name + "List",
        "1.1",
        new() { ["objects"] = new JsonArray([.. items.Select(item => new VersionedObject(ObjectDialect.Nova, name, version, item.DeepClone().AsObject()).ToJson())]) }).ToJson();

    /// <summary>The request of an administrator of the parent.</summary>
    public RpcContext CreatedByAdmin
    {
        get
        {
            var members = Created.Members.DeepClone().AsObject();
            members["is_admin"] = true;
            return new(members);
        }
    }

    public RpcContext Context(string request) => new(new()
    {
        ["user_id"] = "u1",
        ["project_id"] = World.Project,
        ["is_admin"] = false,
        ["roles"] = new JsonArray("member", "reader"),
        ["request_id"] = request,
        ["read_deleted"] = "no",
        ["auth_token"] = world.TenantToken,
        ["timestamp"] = "2026-11-22T16:25:50.737798",
    });

    Task OrderAsync(string _, string taskState, Func<VersionedObject, Task> give)
    {
        world.Conductor.EditInstance(Uuid, row => row["task_state"] = taskState);
        return give(Envelope());
    }

    static JsonObject Bdm(string uuid, string image) => new()
    {
        ["id"] = 1,
        ["uuid"] = Guid.NewGuid().ToString("D"),
        ["instance_uuid"] = uuid,
        ["source_type"] = "image",
        ["destination_type"] = "local",
        ["image_id"] = image,
        ["boot_index"] = 0,
        ["device_name"] = "/dev/vda",
        ["delete_on_termination"] = true,
    };

    JsonObject Row(string name, string image) => new()
    {
        ["uuid"] = Uuid,
        ["user_id"] = "u1",
        ["project_id"] = World.Project,
        ["display_name"] = name,
        ["display_description"] = null,
        ["hostname"] = name,
        ["vm_state"] = "building",
        ["task_state"] = "scheduling",
        ["power_state"] = 0,
        ["host"] = null,
        ["node"] = null,
        ["launched_on"] = null,
        ["availability_zone"] = "nova",
        ["image_ref"] = image,
        ["root_device_name"] = null,
        ["config_drive"] = "",
        ["user_data"] = null,
        ["key_name"] = null,
        ["key_data"] = null,
        ["deleted"] = false,
        ["metadata"] = new JsonObject(),
        ["system_metadata"] = new JsonObject { ["image_base_image_ref"] = image, ["image_hw_rng_model"] = "virtio" },
        ["instance_type_id"] = 1,
        ["old_flavor"] = null,
        ["new_flavor"] = null,
        ["flavor"] = new VersionedObject(ObjectDialect.Nova, "Flavor", "1.2", new()
        {
            ["id"] = 1,
            ["flavorid"] = "1",
            ["name"] = "m1.small",
            ["vcpus"] = 1,
            ["memory_mb"] = 2048,
            ["root_gb"] = 20,
            ["ephemeral_gb"] = 0,
            ["swap"] = 0,
            ["extra_specs"] = new JsonObject(),
        }).ToJson(),
    };
}
