using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>A resize as nova-api and nova-conductor begin it, with the source's allocation moved to the migration, and the messages about it.</summary>
sealed class Resizing
{
    readonly World world;
    readonly Wanted vm;
    readonly VersionedObject flavor;
    readonly string request = $"req-{Guid.NewGuid():D}";

    public Resizing(World world, Wanted vm, int id = 2, int disk = 40, string host = World.Host)
    {
        this.world = world;
        this.vm = vm;
        flavor = new(ObjectDialect.Nova, "Flavor", "1.2", id == 1 ? world.Row(vm.Uuid)["flavor"]!["nova_object.data"]!.DeepClone().AsObject() : new()
        {
            ["id"] = id, ["flavorid"] = $"{id}", ["name"] = "m1.large", ["vcpus"] = 2, ["memory_mb"] = 4096, ["root_gb"] = disk, ["ephemeral_gb"] = 0, ["swap"] = 0,
            ["extra_specs"] = new JsonObject(),
        });
        world.Conductor.AddAction(vm.Uuid, id == 1 ? "migrate" : "resize", request, "u1");
        world.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "resize_prep");
        Migration = world.Conductor.AddMigration(new()
        {
            ["instance_uuid"] = vm.Uuid, ["migration_type"] = id == 1 ? "migration" : "resize", ["status"] = "pre-migrating", ["source_compute"] = host,
            ["source_node"] = host, ["dest_compute"] = null, ["old_instance_type_id"] = 1, ["new_instance_type_id"] = id,
        });
        Consumer = Migration["uuid"]!.ToString();
        world.Above.Placement.Allocate(Consumer, world.Provider.Uuid, World.Project, "u1", ("VCPU", 1), ("MEMORY_MB", 2048));
        world.Above.Placement.Allocate(vm.Uuid, world.Provider.Uuid, World.Project, "u1", ("VCPU", 2), ("MEMORY_MB", 4096));
    }

    public JsonObject Migration { get; }

    /// <summary>Extra specs of the new flavor.</summary>
    public JsonObject Specs
    {
        init => flavor.Data["extra_specs"] = value;
    }

    /// <summary>What the conductor sends with it.</summary>
    public JsonObject Spec { get; init; } = [];

    /// <summary>The migration as a consumer of the parent's placement.</summary>
    public string Consumer { get; }

    public string Status => world.Conductor.Migrations(vm.Uuid).Single(row => row["uuid"]!.ToString() == Consumer)["status"]!.ToString();

    /// <summary>What of the parent's VCPUs the migration and the instance hold.</summary>
    public (int? Migration, int? Instance) Held => (Of(Consumer), Of(vm.Uuid));

    /// <summary>The broker brings the last message again.</summary>
    public Func<Task> AgainAsync { get; private set; } = () => Task.CompletedTask;

    public Task PrepareAsync(bool retry = true) => SendAsync(Call(retry), vm.Context(request));

    /// <summary>Ordered, done, seen and told.</summary>
    public async Task ResizedAsync()
    {
        await PrepareAsync();
        await world.LookAsync();
        Assert.That(world.State(vm.Uuid), Does.StartWith("resized/-/"));
    }

    public Task ConfirmAsync(string? task = null)
    {
        world.Conductor.EditMigration(Consumer, row => row["status"] = "confirming");
        world.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = task);
        return SendAsync(new ConfirmResize(vm.Envelope(), Envelope()), vm.Ask("confirmResize"));
    }

    public Task RevertAsync()
    {
        world.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "resize_reverting");
        world.Conductor.EditMigration(Consumer, row => row["status"] = "reverting");
        return SendAsync(new RevertResize(vm.Envelope(), Envelope()), vm.Ask("revertResize"));
    }

    public VersionedObject Envelope() => new(ObjectDialect.Nova, "Migration", "1.7", Migration.DeepClone().AsObject());

    Task SendAsync<T>(T call, RpcContext context)
        where T : IRpcCall<T>
    {
        AgainAsync = () => world.DeliverAsync(call, context);
        return AgainAsync();
    }

    PrepResize Call(bool retry)
    {
        var properties = new JsonObject { ["limits"] = new JsonObject() };
        if (retry)
        {
            properties["retry"] = new JsonObject { ["num_attempts"] = 1, ["hosts"] = new JsonArray(new JsonArray(World.Host, World.Host)) };
        }

        return new(vm.Envelope(), new JsonObject(), flavor, Envelope(), Spec.DeepClone(), properties, World.Host, true, new JsonArray());
    }

    int? Of(string consumer) => world.Above.Placement.Consumers.GetValueOrDefault(consumer)?.Allocations.Values.Single()["VCPU"];
}
