using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// What a tenant asks of a guest that is there, with real guests: pause and suspend, consoles, a password, and what the parent's API changes
/// without a word to its compute.
/// </summary>
abstract class Guests(string parentRelease, string childRelease) : Pairing(parentRelease, childRelease)
{
    const string Name = "guest";

    [Test, Order(1)]
    public async Task Pause_and_suspend_and_what_ends_them_are_those_of_native()
    {
        await CreateAsync(Name, "--property", "made=by-tenant");
        await Tenant.BecomesAsync(Name, "ACTIVE");
        foreach (var (order, status, power, back) in new[] { ("pause", "PAUSED", "Paused", "unpause"), ("suspend", "SUSPENDED", "Shutdown", "resume") })
        {
            await Tenant.RunAsync("server", order, Name);
            var shown = await Tenant.BecomesAsync(Name, status);
            Assert.That(Power(shown), Is.EqualTo(power));
            Assert.That(Text(await MirrorAsync(Name), "status"), Is.EqualTo(status));
            await Tenant.RunAsync("server", back, Name);
            Assert.That(Power(await Tenant.BecomesAsync(Name, "ACTIVE")), Is.EqualTo("Running"));
            Assert.That(await EventsAsync(Name, order), Is.EquivalentTo([$"compute_{order}_instance"]));
            Assert.That(await EventsAsync(Name, back), Is.EquivalentTo([$"compute_{back}_instance"]));
        }
    }

    [Test, Order(2)]
    public async Task A_server_suspended_in_the_child_is_stopped_in_the_parent_and_starts_from_there()
    {
        await Below.RunAsync("server", "suspend", Text(await MirrorAsync(Name), "id"));
        await Tenant.BecomesAsync(Name, "SHUTOFF");
        await Tenant.RunAsync("server", "start", Name);
        await Tenant.BecomesAsync(Name, "ACTIVE");
        Assert.That(Text(await MirrorAsync(Name), "status"), Is.EqualTo("ACTIVE"));
    }

    [Test, Order(3)]
    public async Task An_error_of_the_child_is_shown_and_taken_back_with_it()
    {
        var mirror = Text(await MirrorAsync(Name), "id");
        await Below.RunAsync("server", "set", "--state", "error", mirror);
        await Tenant.BecomesAsync(Name, "ERROR");
        await Below.RunAsync("server", "set", "--state", "active", mirror);
        await Poll.UntilAsync("it is well again", () => Tenant.ServerAsync(Name), at => Text(at, "status") == "ACTIVE");
    }

    [Test, Order(4)]
    public async Task The_address_of_a_console_is_the_childs_and_a_type_that_it_lacks_is_a_bad_request()
    {
        var shown = await Tenant.AskAsync("console", "url", "show", "--novnc", Name);
        var (code, _, error) = await Tenant.TryAsync("console", "url", "show", "--spice", Name);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(shown, "url"), Does.Contain(":6080/").And.Contain("token"));
            Assert.That(code, Is.Not.Zero);
            Assert.That(error, Does.Contain("400").And.Contain("spice"));
        }
    }

    [Test, Order(5)]
    public async Task A_password_that_the_guest_has_no_agent_for_is_a_conflict_and_the_server_stays_well()
    {
        var (code, _, error) = await Tenant.TryAsync("server", "set", "--password", "n3w-s3cret", Name);
        if (code != 0 && error.Contains("unrecognized", StringComparison.Ordinal))
        {
            (code, _, error) = await Tenant.TryAsync("server", "set", "--root-password", "n3w-s3cret", Name);
        }

        Assert.That(code, Is.Not.Zero);
        Assert.That(error, Does.Contain("409").Or.Contain("501"));
        await IdleAsync(Name);
        Assert.That(Text(await Tenant.ServerAsync(Name), "status"), Is.EqualTo("ACTIVE"));
    }

    [Test, Order(6)]
    public async Task Diagnostics_are_an_administrators_and_the_childs()
    {
        var shown = await Parent.GetAsync("compute", $"/servers/{await IdAsync(Name)}/diagnostics");
        Assert.That(shown.AsObject(), Is.Not.Empty);
    }

    [Test, Order(7)]
    public async Task A_new_name_description_metadata_tag_and_lock_are_in_the_child_within_a_minute()
    {
        var mirror = Text(await MirrorAsync(Name), "id");
        await Tenant.RunAsync("server", "set", "--name", "renamed", "--description", "of mine", "--property", "colour=blue", Name);
        await Tenant.RunAsync("server", "unset", "--property", "made", "renamed");
        await Tenant.RunAsync("server", "set", "--tag", "mine", "renamed");
        await Tenant.RunAsync("server", "lock", "renamed");
        var shown = await Poll.UntilAsync(
            "the child shows it",
            () => Below.AskAsync("server", "show", mirror),
            at => Text(at, "name") == "renamed" && Text(at, "locked").Equals("true", StringComparison.OrdinalIgnoreCase),
            TimeSpan.FromMinutes(3));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(shown, "description"), Is.EqualTo("of mine"));
            Assert.That(Text(shown, "properties"), Does.Contain("blue").And.Not.Contain("by-tenant"));
            Assert.That(Text(shown, "tags"), Does.Contain("mine").And.Contain("cascade:"));
        }
    }

    [Test, Order(8)]
    public async Task What_the_parents_administrator_asks_of_a_locked_server_is_done()
    {
        await Parent.RunAsync("server", "pause", await IdAsync("renamed"));
        await Tenant.BecomesAsync("renamed", "PAUSED");
    }

    [Test, Order(9)]
    public async Task What_is_asked_in_a_wrong_state_is_refused_as_by_any_nova()
    {
        await Tenant.RunAsync("server", "unlock", "renamed");
        foreach (var order in new[] { "pause", "suspend", "resume", "start", "stop" })
        {
            var (code, _, error) = await Tenant.TryAsync("server", order, "renamed");
            Assert.That(code, Is.Not.Zero, order);
            Assert.That(error, Does.Contain("409"), order);
        }
    }

    [Test, Order(10)]
    public async Task Servers_of_an_affinity_group_are_together_in_a_group_of_the_child()
    {
        string[] members = ["together-1", "together-2"];
        var group = Text(await Tenant.AskAsync("server", "group", "create", "--policy", "affinity", "together"), "id");
        foreach (var name in members)
        {
            await CreateAsync(name, "--hint", $"group={group}");
            await Tenant.BecomesAsync(name, "ACTIVE");
        }

        var mirrors = new List<string>();
        foreach (var name in members)
        {
            mirrors.Add(Text(await MirrorAsync(name), "id"));
        }

        var below = (await Below.GetAsync("compute", "/os-server-groups?all_projects=true"))["server_groups"]!.AsArray();
        Assert.That(below.Select(one => one!["members"]!.AsArray().Select(at => at!.GetValue<string>())), Has.One.EquivalentTo(mirrors));
        await Tenant.RunAsync(["server", "delete", .. members]);
        foreach (var name in members)
        {
            await Tenant.GoneAsync(name);
        }

        await Tenant.RunAsync("server", "group", "delete", group);
    }

    [Test, Order(11)]
    public async Task Delete_leaves_nothing_behind()
    {
        await Tenant.RunAsync("server", "delete", "renamed");
        await Tenant.GoneAsync("renamed");
        await Poll.UntilAsync("nothing is left in the child", () => MirrorsAsync("renamed"), left => left.Count == 0);
    }

    static string Power(JsonNode? shown) => shown?["OS-EXT-STS:power_state"]?.ToString() switch
    {
        "1" => "Running",
        "3" => "Paused",
        "4" => "Shutdown",
        var word => word ?? "",
    };
}

[Order(4), Parallelizable, ByHand("with the other child in every run")]
sealed class GuestsOfAZedChild() : Guests("zed", "zed");

[Order(6), Parallelizable]
sealed class GuestsOfAnEpoxyChild() : Guests("zed", "epoxy");

[Order(23), Parallelizable, ByHand("with the other parent in every run")]
sealed class GuestsUnderAnEpoxyParent() : Guests("epoxy", "zed");
