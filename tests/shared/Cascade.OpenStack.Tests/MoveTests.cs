using Cascade.OpenStack.Compute;
using Cascade.OpenStack.Placement;

namespace Cascade.OpenStack.Tests;

/// <summary>Resizes, what was asked of a server, server groups, and allocations of several consumers at once.</summary>
[TestFixture]
public sealed class MoveTests : CloudTest
{
    [Test]
    public async Task A_resize_and_its_end_are_actions_in_novas_own_words()
    {
        Fake.Nova.AddFlavor("m1.large", "2", vcpus: 2, ram: 1024, disk: 1);
        var id = await ActiveAsync();
        await Cloud.Compute.Servers.ResizeAsync(Scope.Own, id, "2", Now);
        Assert.That((await Cloud.Compute.Servers.GetAsync(Scope.Own, id, Now)).Status, Is.EqualTo("VERIFY_RESIZE"));
        await Cloud.Compute.Servers.RevertResizeAsync(Scope.Own, id, Now);
        _ = Fake.Nova.Servers;
        await Cloud.Compute.Servers.MigrateAsync(Scope.Own, id, Now);
        _ = Fake.Nova.Servers;
        await Cloud.Compute.Servers.ConfirmResizeAsync(Scope.Own, id, Now);

        Assert.That(
            Fake.Requests.Where(request => request.Path.EndsWith("/action", StringComparison.Ordinal)).Select(request => request.Body),
            Is.EqualTo(new[] { """{"resize":{"flavorRef":"2"}}""", """{"revertResize":null}""", """{"migrate":null}""", """{"confirmResize":null}""" }));
        Assert.That(
            (await Cloud.Compute.InstanceActions.ListAsync(Scope.Own, id, Now)).Select(action => action.Action), Is.EqualTo(new[] { "confirmResize", "migrate", "revertResize", "resize" }));
    }

    [Test]
    public async Task An_action_that_failed_says_why()
    {
        Fake.Nova.AddFlavor("m1.large", "2", vcpus: 2, ram: 1024, disk: 1);
        var id = await ActiveAsync();
        Fake.Nova.Hold("resize");
        await Cloud.Compute.Servers.ResizeAsync(Scope.Own, id, "2", Now);
        Fake.Nova.FailMove(id, "No valid host was found.");
        var last = (await Cloud.Compute.InstanceActions.ListAsync(Scope.Own, id, Now))[0];
        var whole = await Cloud.Compute.InstanceActions.GetAsync(Scope.Own, id, last.RequestId, Now);

        Assert.That((last.Failed, whole.Events!.Single().Event, whole.Events!.Single().Details), Is.EqualTo((true, "cold_migrate", "No valid host was found.")));
    }

    [Test]
    public async Task The_moves_of_a_server_are_told_newest_first_and_by_the_ids_that_placement_knows_them_by()
    {
        Fake.Nova.AddFlavor("m1.large", "2", vcpus: 2, ram: 1024, disk: 1);
        var (id, other) = (await ActiveAsync(), await ActiveAsync());
        await Cloud.Compute.Servers.ResizeAsync(Scope.Own, id, "2", Now);
        _ = Fake.Nova.Servers;
        await Cloud.Compute.Servers.ConfirmResizeAsync(Scope.Own, id, Now);
        _ = Fake.Nova.Servers;
        await Cloud.Compute.Servers.MigrateAsync(Scope.Own, id, Now);
        await Cloud.Compute.Servers.MigrateAsync(Scope.Own, other, Now);
        _ = Fake.Nova.Servers;
        var seen = await Cloud.Compute.Migrations.ListAsync(Scope.Own, id, Now).ToListAsync(Now);

        Assert.That(seen.Select(move => (move.InstanceUuid, move.MigrationType, move.Status)), Is.EqualTo(new[] { (id, "migration", "finished"), (id, "resize", "confirmed") }));
        Assert.That(seen[0].Uuid, Is.EqualTo(Fake.Nova.MigrationOf(id)));
    }

    [Test]
    public async Task Server_groups_are_made_found_and_removed()
    {
        var made = await Cloud.Compute.ServerGroups.CreateAsync(Scope.Own, "web", "soft-affinity", Now);
        Assert.That((await Cloud.Compute.ServerGroups.ListAsync(Scope.Own, Now)).Single(), Has.Property("Id").EqualTo(made.Id).And.Property("Policy").EqualTo("soft-affinity"));
        Fake.Nova.PlantGroup("theirs", "affinity", "another", "u");
        Assert.That(await Cloud.Compute.ServerGroups.ListAllAsync(Scope.Own, Now), Has.Count.EqualTo(2));
        await Cloud.Compute.ServerGroups.DeleteAsync(Scope.Own, made.Id, Now);

        Assert.That(await Cloud.Compute.ServerGroups.ListAsync(Scope.Own, Now), Is.Empty);
    }

    [Test]
    public async Task Allocations_of_two_consumers_change_together_or_not_at_all()
    {
        var provider = Fake.Placement.Add("node-1", ("VCPU", 8));
        Fake.Placement.Allocate("from", provider.Uuid, "p", "u", ("VCPU", 2));
        var allocations = Cloud.Placement.Allocations;
        var source = await allocations.GetAsync(Scope.Own, "from", Now);
        var wanted = new Dictionary<string, ConsumerAllocations>
        {
            ["from"] = source with { Allocations = new Dictionary<string, Allocation>() },
            ["to"] = source with { ConsumerGeneration = 7 },
        };
        Assert.That((await FaultOfAsync(() => allocations.PostAsync(Scope.Own, wanted, Now))).Code, Is.EqualTo(CloudFault.PlacementConcurrentUpdate));
        Assert.That(Fake.Placement.Consumers.Keys, Is.EqualTo(new[] { "from" }));
        wanted["to"] = source with { ConsumerGeneration = null };
        await allocations.PostAsync(Scope.Own, wanted, Now);

        Assert.That(Fake.Placement.Consumers.Keys, Is.EqualTo(new[] { "to" }));
    }

    private async Task<string> ActiveAsync()
    {
        var made = await Cloud.Compute.Servers.CreateAsync(Scope.Own, new() { Name = "a", FlavorRef = "1", Networks = ServerNetworks.None }, Now);
        Assert.That((await Cloud.Compute.Servers.GetAsync(Scope.Own, made.Id, Now)).Status, Is.EqualTo("ACTIVE"));
        return made.Id;
    }
}
