using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// A tenant's server through a stock parent in a stock child, with real guests: what the stock openstack command shows is what a native
/// nova-compute would have made it show.
/// </summary>
abstract class FirstRoad(string parentRelease, string childRelease) : Pairing(parentRelease, childRelease)
{
    [Test, Order(1)]
    public async Task The_parent_sees_a_nova_compute_with_the_capacity_of_the_child()
    {
        var hypervisor = (await Parent.AskAsync("hypervisor", "list", "--long")).AsArray().Single(at => Text(at, "Hypervisor Hostname") == Child);
        var inventories = (await Parent.GetAsync("placement", $"/resource_providers/{await ProviderAsync()}/inventories"))["inventories"]!.AsObject();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(hypervisor, "State"), Is.EqualTo("up"));
            Assert.That(inventories.Select(at => at.Key), Is.EquivalentTo(["VCPU", "MEMORY_MB", "DISK_GB"]));
            Assert.That(inventories["MEMORY_MB"]!["total"]!.GetValue<int>(), Is.GreaterThan(0));
        }
    }

    [Test, Order(2)]
    public async Task A_server_created_in_the_parent_runs_as_a_real_guest_in_the_child()
    {
        await CreateAsync("first", "--property", "made=by-tenant", "--use-config-drive");
        var shown = await Tenant.BecomesAsync("first", "ACTIVE");
        var mirror = await MirrorAsync("first");
        var console = await Poll.UntilAsync("the guest says that it is up", () => Tenant.RunAsync("console", "log", "show", "first"), text => text.Contains("cascade guest up", StringComparison.Ordinal));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(mirror, "status"), Is.EqualTo("ACTIVE"));
            Assert.That(Text(mirror, "name"), Is.EqualTo("first"));
            Assert.That(Text(mirror, "project_id"), Is.EqualTo(Text(shown, "project_id")), "the server in the child is the tenant's");
            Assert.That(console, Does.Contain("first"), "the guest has its name by the config drive");
            Assert.That(await EventsAsync("first", "create"), Is.SupersetOf(new[] { "compute__do_build_and_run_instance" }));
        }
    }

    [Test, Order(3)]
    public async Task Stop_start_and_both_reboots_go_down_and_the_result_comes_up()
    {
        await Tenant.RunAsync("server", "stop", "first");
        await Tenant.BecomesAsync("first", "SHUTOFF");
        Assert.That(Text(await MirrorAsync("first"), "status"), Is.EqualTo("SHUTOFF"));
        await Tenant.RunAsync("server", "start", "first");
        await Tenant.BecomesAsync("first", "ACTIVE");
        Assert.That(Text(await MirrorAsync("first"), "status"), Is.EqualTo("ACTIVE"));
        foreach (var kind in new[] { "--soft", "--hard" })
        {
            await Tenant.RunAsync("server", "reboot", kind, "first");
            await IdleAsync("first");
            await Tenant.BecomesAsync("first", "ACTIVE");
        }

        var names = (await Tenant.AskAsync("server", "event", "list", "first")).AsArray().Select(at => Text(at, "Action")).ToArray();
        Assert.That(names, Is.EqualTo(new[] { "reboot", "reboot", "start", "stop", "create" }));
        Assert.That(await EventsAsync("first", "stop"), Is.EquivalentTo(["compute_stop_instance"]));
        Assert.That(await EventsAsync("first", "start"), Is.EquivalentTo(["compute_start_instance"]));
        Assert.That(await EventsAsync("first", "reboot"), Is.EquivalentTo(["compute_reboot_instance"]));
    }

    [Test, Order(4)]
    public async Task A_server_stopped_in_the_child_is_stopped_in_the_parent_as_by_the_native_power_sync()
    {
        await Below.RunAsync("server", "stop", Text(await MirrorAsync("first"), "id"));
        await Tenant.BecomesAsync("first", "SHUTOFF");
        var latest = (await Parent.AskAsync("server", "event", "list", await IdAsync("first"), "--long")).AsArray()[0];
        Assert.That(Text(latest, "Action"), Is.EqualTo("stop"));
    }

    [Test, Order(5)]
    public async Task A_server_that_the_child_cannot_build_ends_in_the_fault_that_the_child_gave()
    {
        // The image asks for more disk than the flavor has: the child's API refuses with 400, the parent's checks were passed before.
        var image = Text(await Parent.AskAsync("image", "show", "tiny"), "id");
        var copy = await Below.TryAsync("image", "set", "--min-ram", "100000", image);
        Assert.That(copy.Code, Is.Zero, copy.Error);
        try
        {
            await CreateAsync("refused");
            var shown = await Tenant.BecomesAsync("refused", "ERROR");
            Assert.That(shown["fault"]!.ToJsonString(), Does.Contain("memory").IgnoreCase.Or.Contain("RAM").Or.Contain("valid host").IgnoreCase);
        }
        finally
        {
            await Below.RunAsync("image", "set", "--min-ram", "0", image);
            await Tenant.RunAsync("server", "delete", "refused");
            await Tenant.GoneAsync("refused");
        }
    }

    [Test, Order(6)]
    public async Task Delete_leaves_nothing_behind_in_either_cloud()
    {
        await Tenant.RunAsync("server", "delete", "first");
        await Tenant.GoneAsync("first");
        await Poll.UntilAsync("nothing is left in the child", () => MirrorsAsync("first"), left => left.Count == 0);
        var allocations = await Parent.GetAsync("placement", $"/resource_providers/{await ProviderAsync()}/allocations");
        Assert.That(allocations["allocations"]!.AsObject(), Is.Empty);
    }
}

[Order(1), Parallelizable]
sealed class ZedChildUnderZedParent() : FirstRoad("zed", "zed");

[Order(2), Parallelizable]
sealed class EpoxyChildUnderZedParent() : FirstRoad("zed", "epoxy");

/// <summary>Last: the clouds before it have to go for it.</summary>
[Order(20), Parallelizable]
sealed class ZedChildUnderEpoxyParent() : FirstRoad("epoxy", "zed");
