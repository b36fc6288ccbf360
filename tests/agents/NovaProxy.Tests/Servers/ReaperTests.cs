namespace Cascade.NovaProxy.Tests.Servers;

public sealed class ReaperTests : WorldTest
{
    [Test]
    public async Task Only_what_we_made_for_this_host_and_nobody_wants_is_reaped()
    {
        var us = World.Child.Keystone.UserId;
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var late = World.Child.Nova.Plant("late", World.Project, us, $"cascade:{vm.Uuid}", "cascade-host:cell-a");
        var orphan = World.Child.Nova.Plant("orphan", World.Project, us, $"cascade:{Guid.NewGuid():D}", "cascade-host:cell-a");
        var foreign = new[]
        {
            World.Child.Nova.Plant("a tenant's, stamped by him", World.Project, "tenant", $"cascade:{Guid.NewGuid():D}", "cascade-host:cell-a"),
            World.Child.Nova.Plant("ours, of another host", World.Project, us, $"cascade:{Guid.NewGuid():D}", "cascade-host:cell-b"),
            World.Child.Nova.Plant("ours, without a stamp", World.Project, us, "cascade-host:cell-a"),
            World.Child.Nova.Plant("ours, with two", World.Project, us, $"cascade:{Guid.NewGuid():D}", $"cascade:{Guid.NewGuid():D}", "cascade-host:cell-a"),
        };
        var reaper = World.Reaper(TimeSpan.Zero);
        Assert.That(await reaper.PassAsync(default), Is.Empty, "listed first");

        Assert.That(await reaper.PassAsync(default), Is.EquivalentTo(new[] { late.Id, orphan.Id }));
        Assert.That(World.Child.Nova.Servers.Select(server => server.Id), Is.EquivalentTo(foreign.Select(server => server.Id).Append(vm.Link)));
    }

    [Test]
    public async Task A_server_whose_build_is_still_under_way_is_wanted()
    {
        var vm = new Wanted(World);
        await vm.BuildAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["system_metadata"]!.AsObject().Remove("cascade_server_id"));
        await World.RebornAsync();

        Assert.That(await World.Of<NovaProxy.Servers.Watching.ServerReaper>().OrphansAsync(default), Is.Empty);
    }

    [Test]
    public async Task An_instance_deleted_while_we_were_down_leaves_nothing()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["deleted"] = true);
        await World.RebornAsync();
        var reaper = World.Reaper(TimeSpan.Zero);
        await reaper.PassAsync(default);
        await reaper.PassAsync(default);

        Assert.That(World.Child.Nova.Servers, Is.Empty);
    }

    [Test]
    public async Task A_stamp_that_a_tenant_changed_on_a_linked_server_does_not_make_it_an_orphan()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server =>
        {
            server.Tags.Clear();
            server.Tags.AddRange([$"cascade:{Guid.NewGuid():D}", "cascade-host:cell-a"]);
        });

        Assert.That(await World.Of<NovaProxy.Servers.Watching.ServerReaper>().OrphansAsync(default), Is.Empty);
    }

    [Test]
    public async Task The_list_shows_both_clouds_side_by_side()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Plant("orphan", World.Project, World.Child.Keystone.UserId, $"cascade:{Guid.NewGuid():D}", "cascade-host:cell-a");

        var rows = await World.Of<NovaProxy.Servers.MirrorList>().ReadAsync(default);
        Assert.That(rows.Select(row => row.Note), Is.EqualTo(new[] { "linked", "orphan: the parent's instance is gone" }));
    }
}
