using System.Text.Json.Nodes;
using Cascade.NovaProxy.Servers.Details;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>What the parent's API changes without a word to its compute.</summary>
public sealed class DetailsTests : WorldTest
{
    [Test]
    public async Task An_idle_pass_asks_the_child_nothing()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await PassAsync();
        var asked = World.Child.Requests.Count;
        await PassAsync();
        await PassAsync();

        Assert.That(World.Child.Requests.Skip(asked), Is.Empty);
    }

    [Test]
    public async Task A_new_name_and_description_are_in_the_child_and_nothing_else_is_sent()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await PassAsync();
        World.Conductor.EditInstance(vm.Uuid, row => (row["display_name"], row["display_description"]) = ("renamed", "of mine"));
        var asked = World.Child.Requests.Count;
        await PassAsync();

        Assert.That((vm.Server.Name, vm.Server.Description), Is.EqualTo(("renamed", "of mine")));
        Assert.That(Changes(asked), Is.EqualTo(new[] { $"PUT /servers/{vm.Link}" }));
    }

    [Test]
    public async Task A_server_that_the_child_fails_with_keeps_nothing_from_the_others()
    {
        var vms = new[] { new Wanted(World, "one"), new Wanted(World, "two"), new Wanted(World, "three") };
        foreach (var vm in vms)
        {
            await vm.ActiveAsync();
        }

        await PassAsync();
        var failing = World.Child.On("PUT", $"/servers/{vms[0].Link}").Fail(1000, 500);
        foreach (var vm in vms)
        {
            World.Conductor.EditInstance(vm.Uuid, row => row["display_name"] = "renamed");
        }

        await PassAsync();
        Assert.That(failing.Hits, Is.GreaterThan(0));
        Assert.That(vms.Skip(1).Select(vm => vm.Server.Name), Is.All.EqualTo("renamed"));

        World.Child.Heal();
        await PassAsync();
        Assert.That(vms[0].Server.Name, Is.EqualTo("renamed"));
    }

    [Test]
    public async Task Metadata_is_added_changed_and_taken_away()
    {
        var vm = new Wanted(World, edit: row => row["metadata"] = new JsonObject { ["a"] = "1", ["b"] = "2" });
        await vm.ActiveAsync();
        await PassAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["metadata"] = new JsonObject { ["b"] = "3", ["c"] = "4" });
        await PassAsync();

        Assert.That(vm.Server.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["b"] = "3", ["c"] = "4" }));
    }

    [Test]
    public async Task Our_own_words_stay_in_the_child_and_a_tenant_cannot_say_them()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => server.Metadata["cascade:mark"] = "ours");
        World.Conductor.EditInstance(vm.Uuid, row => row["metadata"] = new JsonObject { ["cascade:mark"] = "forged", ["mine"] = "1" });
        World.Conductor.EditInstance(vm.Uuid, row => row["tags"] = Tags("blue", "cascade:00000000-0000-4000-8000-000000000000"));
        await PassAsync();

        Assert.That(vm.Server.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["cascade:mark"] = "ours", ["mine"] = "1" }));
        Assert.That(vm.Server.Tags, Is.EquivalentTo(new[] { $"cascade:{vm.Uuid}", $"cascade-host:{World.Host}", "blue" }));
    }

    [Test]
    public async Task Tags_come_and_go_and_the_stamp_stays()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["tags"] = Tags("blue"));
        await PassAsync();
        Assert.That(vm.Server.Tags, Does.Contain("blue").And.Contain($"cascade:{vm.Uuid}"));
        World.Conductor.EditInstance(vm.Uuid, row => row["tags"] = Tags());
        await PassAsync();

        Assert.That(vm.Server.Tags, Is.EquivalentTo(new[] { $"cascade:{vm.Uuid}", $"cascade-host:{World.Host}" }));
    }

    [TestCase("owner", "owner")]
    [TestCase("admin", "admin")]
    public async Task A_lock_is_the_same_persons_in_the_child_and_what_is_locked_still_follows(string by, string there)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Conductor.EditInstance(vm.Uuid, row =>
        {
            (row["locked"], row["locked_by"]) = (true, by);
            row["system_metadata"]!["locked_reason"] = "mine";
        });
        await PassAsync();
        Assert.That((vm.Server.LockedBy, vm.Server.LockedReason), Is.EqualTo((there, "mine")));
        World.Conductor.EditInstance(vm.Uuid, row => row["metadata"] = new JsonObject { ["a"] = "1" });
        await PassAsync();
        Assert.That(vm.Server.Metadata, Does.ContainKey("a"));

        World.Conductor.EditInstance(vm.Uuid, row => (row["locked"], row["locked_by"]) = (false, null));
        await PassAsync();
        Assert.That(vm.Server.LockedBy, Is.Null);
    }

    [Test]
    public async Task What_the_childs_state_does_not_allow_comes_when_it_does()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await PassAsync();
        World.Child.Nova.Change(vm.Link!, server => server.VmState = "rescued");
        World.Conductor.EditInstance(vm.Uuid, row => (row["display_name"], row["metadata"]) = ("renamed", new JsonObject { ["a"] = "1" }));
        await PassAsync();
        Assert.That((vm.Server.Name, vm.Server.Metadata.Count), Is.EqualTo(("renamed", 0)));
        World.Child.Nova.Change(vm.Link!, server => server.VmState = "active");
        await PassAsync();

        Assert.That(vm.Server.Metadata, Does.ContainKey("a"));
    }

    [Test]
    public async Task What_the_child_refuses_is_not_asked_for_again_each_minute_and_keeps_nothing_else()
    {
        var refused = new Wanted(World);
        await refused.ActiveAsync();
        var other = new Wanted(World, "vm2");
        await other.ActiveAsync();
        await PassAsync();
        World.Child.On("PUT", $"/servers/{refused.Link}/metadata").Fail(int.MaxValue, 403, "Quota exceeded");
        foreach (var vm in new[] { refused, other })
        {
            World.Conductor.EditInstance(vm.Uuid, row => row["metadata"] = new JsonObject { ["a"] = "1" });
        }

        await PassAsync();
        Assert.That(other.Server.Metadata, Does.ContainKey("a"));
        var asked = World.Child.Requests.Count;
        await PassAsync();
        Assert.That(World.Child.Requests.Skip(asked), Is.Empty);
    }

    [Test]
    public async Task A_new_life_compares_everything_with_one_list_and_takes_back_what_was_changed_in_the_child()
    {
        var all = new List<Wanted>();
        for (var count = 0; count < 25; count++)
        {
            all.Add(new(World, $"vm{count}"));
            await all[^1].ActiveAsync();
        }

        World.Child.Nova.Change(all[3].Link!, server => server.Name = "of the operator");
        await World.RebornAsync();
        var asked = World.Child.Requests.Count;
        await PassAsync();

        Assert.That(all[3].Server.Name, Is.EqualTo("vm3"));
        Assert.That(World.Child.Requests.Skip(asked).Count(request => request.Path.EndsWith("/servers/detail", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(Changes(asked), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task What_is_being_built_or_deleted_is_left_alone()
    {
        var vm = new Wanted(World);
        World.Child.Nova.Hold("build");
        await vm.BuildAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["display_name"] = "renamed");
        await PassAsync();
        Assert.That(vm.Server.Name, Is.EqualTo("vm1"));
        World.Child.Nova.Release("build");
        await World.LookAsync();
        await PassAsync();

        Assert.That(vm.Server.Name, Is.EqualTo("renamed"), "a rename while it was built is not lost");
    }

    Task PassAsync() => World.Of<DetailsMirror>().PassAsync(default);

    string[] Changes(int since) =>
        [.. World.Child.Requests.Skip(since).Where(request => request.Method is "PUT" or "POST" or "DELETE" && !request.Path.Contains("/tokens", StringComparison.Ordinal)).Select(request => $"{request.Method} {request.Path[request.Path.IndexOf("/servers", StringComparison.Ordinal)..]}")];

    static JsonObject Tags(params string[] tags) => Wanted.List("Tag", "1.1", [.. tags.Select(tag => new JsonObject { ["tag"] = tag })]);
}
