using System.Text.Json.Nodes;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Evacuate;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Tests.Servers;

public sealed class EvacuateTests : WorldTest
{
    [Test]
    public async Task A_server_that_was_evacuated_elsewhere_goes_with_what_it_held_of_us()
    {
        var (vm, evacuation) = await EvacuatedAsync("done");
        await PassAsync();
        await PassAsync();
        await World.LookAsync();

        Assert.That(vm.Servers, Is.Empty);
        Assert.That(World.Conductor.Migrations(vm.Uuid).Single()["status"]!.ToString(), Is.EqualTo("completed"));
        Assert.That(World.Above.Placement.Consumers[vm.Uuid].Allocations.Keys, Is.EqualTo(new[] { evacuation }), "what it holds of its new host stays");
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), "and the instance is the other host's");
    }

    [TestCase("accepted")]
    [TestCase("pre-migrating")]
    [TestCase("failed")]
    public async Task Until_it_is_done_the_childs_server_may_be_all_there_is(string status)
    {
        var (vm, _) = await EvacuatedAsync(status);
        await PassAsync();
        await PassAsync();

        Assert.That(vm.Servers, Has.Count.EqualTo(1));
        Assert.That(World.Above.Placement.Consumers[vm.Uuid].Allocations, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task One_that_came_back_to_us_is_ours()
    {
        var (vm, _) = await EvacuatedAsync("done");
        World.Conductor.EditInstance(vm.Uuid, row => row["host"] = World.Host);
        await PassAsync();

        Assert.That(vm.Servers, Has.Count.EqualTo(1));
        Assert.That(World.Conductor.Migrations(vm.Uuid).Single()["status"]!.ToString(), Is.EqualTo("completed"));
    }

    [Test]
    public async Task A_failure_of_the_child_keeps_it_for_the_next_pass()
    {
        var (vm, _) = await EvacuatedAsync("done");
        World.Child.On("DELETE", "/servers/*").Fail(2, 500);
        await PassAsync();
        Assert.That(World.Conductor.Migrations(vm.Uuid).Single()["status"]!.ToString(), Is.EqualTo("done"));
        await PassAsync();
        await PassAsync();

        Assert.That(vm.Servers, Is.Empty);
        Assert.That(World.Conductor.Migrations(vm.Uuid).Single()["status"]!.ToString(), Is.EqualTo("completed"));
    }

    [Test]
    public async Task An_evacuation_to_us_fails_and_gives_back_what_was_taken_of_us_for_it()
    {
        var (vm, source) = await EvacuatedAsync("accepted");
        var migration = World.Conductor.Migrations(vm.Uuid).Single();
        var envelope = new VersionedObject(ObjectDialect.Nova, "Migration", "1.7", migration);
        await World.Of<EvacuationRefusal>().ClearAsync(vm.Envelope(), envelope, vm.Ask("evacuate"), default);

        Assert.That(World.Conductor.Migrations(vm.Uuid).Single()["status"]!.ToString(), Is.EqualTo("failed"));
        Assert.That(World.Above.Placement.Consumers[vm.Uuid].Allocations.Keys, Is.EqualTo(new[] { source }));
    }

    [TestCase("migrating", TestName = "a live migration")]
    [TestCase("rebuilding", TestName = "an evacuation by the child's operator or its HA")]
    public async Task What_the_child_moves_among_its_own_hosts_changes_nothing_in_the_parent(string task)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var saves = World.Saves(vm.Uuid).Count;
        World.Child.Nova.Change(vm.Link!, server => (server.TaskState, server.PowerState) = (task, 0));
        await World.LookAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.TaskState, server.PowerState, server.Host) = (null, 1, "node-2"));
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(World.Saves(vm.Uuid), Has.Count.EqualTo(saves));
    }

    async Task PassAsync()
    {
        await World.Of<EvacuatedServers>().PassAsync(default);
        _ = World.Child.Nova.Servers;
    }

    /// <returns>The instance, on another host that holds as much as ours for it, and that host's provider.</returns>
    async Task<(Wanted Vm, string Other)> EvacuatedAsync(string status)
    {
        World.Of<HostIdentity>().Adopt(1, Guid.Parse(World.Provider.Uuid));
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var other = World.Above.Placement.Add("cell-b", ("VCPU", 8), ("MEMORY_MB", 8192));
        var held = World.Above.Placement.Consumers[vm.Uuid];
        held.Allocations[other.Uuid] = new(held.Allocations[World.Provider.Uuid]);
        World.Conductor.EditInstance(vm.Uuid, row => row["host"] = "cell-b");
        World.Conductor.AddMigration(new JsonObject
        {
            ["instance_uuid"] = vm.Uuid, ["migration_type"] = "evacuation", ["status"] = status, ["source_compute"] = World.Host, ["dest_compute"] = "cell-b",
        });
        return (vm, other.Uuid);
    }
}
