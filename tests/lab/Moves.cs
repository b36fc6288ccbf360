using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>A tenant's server changes its size inside the child, with a real guest: confirmed, reverted, refused, and by the child itself.</summary>
abstract class Moves(string parentRelease, string childRelease) : Pairing(parentRelease, childRelease)
{
    [OneTimeSetUp]
    public async Task Offer_a_second_size_and_boot_one_of_the_first()
    {
        await FlavorAsync("wider", "--ram", "128", "--disk", "1");
        await FlavorAsync("taller", "--ram", "96", "--disk", "2");
        await FlavorAsync("both", "--ram", "128", "--disk", "2");
        await FlavorAsync("higher", "--ram", "160", "--disk", "2");
        await CreateAsync("mover");
        await Tenant.BecomesAsync("mover", "ACTIVE");
    }

    [OneTimeTearDown]
    public async Task Take_them_away()
    {
        await Tenant.TryAsync("server", "delete", "mover");
        await Tenant.GoneAsync("mover");
        await Parent.TryAsync("flavor", "delete", Named("wider"), Named("taller"), Named("both"), Named("higher"));
    }

    [Test, Order(1)]
    public async Task A_resize_waits_in_both_clouds_and_a_revert_brings_the_old_size_back()
    {
        await ResizeAsync("wider");
        var shown = await Tenant.BecomesAsync("mover", "VERIFY_RESIZE");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(shown, "flavor"), Does.Contain("wider"));
            Assert.That(Text(await MirrorAsync("mover"), "status"), Is.EqualTo("VERIFY_RESIZE"));
            Assert.That(
                await EventsAsync("mover", "resize"),
                Is.SupersetOf(new[] { "cold_migrate", "conductor_migrate_server", "compute_prep_resize", "compute_resize_instance", "compute_finish_resize" }));
            Assert.That(await HeldAsync(), Has.Count.EqualTo(2), "the migration holds the old size, the instance the new one");
        }

        await EndAsync("revert");
        shown = await Tenant.BecomesAsync("mover", "ACTIVE");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(shown, "flavor"), Does.Contain("tiny"));
            Assert.That(Text(await MirrorAsync("mover"), "status"), Is.EqualTo("ACTIVE"));
            Assert.That(await EventsAsync("mover", "revertResize"), Is.EquivalentTo(["compute_revert_resize", "compute_finish_revert_resize"]));
            Assert.That(await HeldAsync(), Has.Count.EqualTo(1));
        }
    }

    [Test, Order(2)]
    public async Task A_confirm_keeps_the_new_size()
    {
        await ResizeAsync("taller");
        await Tenant.BecomesAsync("mover", "VERIFY_RESIZE");
        await EndAsync("confirm");
        var shown = await Tenant.BecomesAsync("mover", "ACTIVE");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(shown, "flavor"), Does.Contain("taller"));
            Assert.That(await EventsAsync("mover", "confirmResize"), Is.EquivalentTo(["compute_confirm_resize"]));
            Assert.That(await HeldAsync(), Has.Count.EqualTo(1));
            var migrations = (await Parent.GetAsync("compute", $"/os-migrations?instance_uuid={await IdAsync("mover")}"))["migrations"]!.AsArray();
            Assert.That(migrations.Select(at => Text(at, "status")), Is.EquivalentTo(["confirmed", "reverted"]));
        }
    }

    [Test, Order(3)]
    public async Task A_smaller_disk_is_refused_by_the_childs_hypervisor_and_the_server_goes_on_as_it_was()
    {
        var before = await ActionsAsync("resize");
        await ResizeAsync("wider");
        await Poll.UntilAsync("the resize has failed", () => ActionsAsync("resize"), at => at.Count > before.Count && at[0] == "Error");
        await IdleAsync("mover");
        var shown = await Tenant.BecomesAsync("mover", "ACTIVE");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(shown, "flavor"), Does.Contain("taller"));
            Assert.That(Text(await MirrorAsync("mover"), "status"), Is.EqualTo("ACTIVE"));
            Assert.That(await HeldAsync(), Has.Count.EqualTo(1));
        }
    }

    [Test, Order(4)]
    public async Task A_resize_that_the_child_confirms_by_itself_is_confirmed_in_the_parent()
    {
        await ResizeAsync("both");
        await Tenant.BecomesAsync("mover", "VERIFY_RESIZE");
        await Below.RunAsync("server", "resize", "confirm", Text(await MirrorAsync("mover"), "id"));
        await Tenant.BecomesAsync("mover", "ACTIVE");
        Assert.That(await EventsAsync("mover", "confirmResize"), Is.EquivalentTo(["compute_confirm_resize"]));
        Assert.That(await HeldAsync(), Has.Count.EqualTo(1));
    }

    [Test, Order(5)]
    public async Task A_delete_while_it_waits_leaves_nothing_behind()
    {
        await ResizeAsync("higher");
        await Tenant.BecomesAsync("mover", "VERIFY_RESIZE");
        await Tenant.RunAsync("server", "delete", "mover");
        await Tenant.GoneAsync("mover");
        await Poll.UntilAsync("nothing is left in the child", () => MirrorsAsync("mover"), left => left.Count == 0);
        Assert.That(await HeldAsync(), Is.Empty);
    }

    async Task<IReadOnlyList<string>> ActionsAsync(string word) =>
        [.. (await Parent.AskAsync("server", "event", "list", await IdAsync("mover"), "--long")).AsArray().Where(at => Text(at, "Action") == word).Select(at => Text(at, "Message"))];

    async Task<IReadOnlyCollection<string>> HeldAsync() =>
        [.. (await Parent.GetAsync("placement", $"/resource_providers/{await ProviderAsync()}/allocations"))["allocations"]!.AsObject().Select(at => at.Key)];

    /// <summary>Flavors belong to the whole parent.</summary>
    string Named(string flavor) => $"{flavor}-{Child}";

    Task ResizeAsync(string flavor) => Tenant.RunAsync("server", "resize", "--flavor", Named(flavor), "mover");

    /// <summary>The word is the same in every release of the client from Zed on.</summary>
    Task EndAsync(string how) => Tenant.RunAsync("server", "resize", how, "mover");

    async Task FlavorAsync(string name, params string[] size)
    {
        await Parent.TryAsync("flavor", "delete", Named(name));
        await Parent.RunAsync(["flavor", "create", .. size, "--vcpus", "1", Named(name), "-f", "json"]);
    }
}

[Order(5), Parallelizable]
sealed class MovesInZedUnderZed() : Moves("zed", "zed");

[Order(8), Parallelizable, ByHand("with the other child in every run")]
sealed class MovesInEpoxyUnderZed() : Moves("zed", "epoxy");

[Order(24), Parallelizable, ByHand("with the other parent in every run")]
sealed class MovesInZedUnderEpoxy() : Moves("epoxy", "zed");
