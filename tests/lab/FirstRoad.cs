using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// A tenant's server through a stock parent in a stock child, with real guests: what the stock openstack command shows is what a native
/// nova-compute would have made it show.
/// </summary>
[TestFixture("zed", "zed")]
[TestFixture("zed", "epoxy")]
[TestFixture("epoxy", "zed")]
[NonParallelizable]
sealed class FirstRoad(string parentRelease, string childRelease)
{
    // One name per pairing: a parent remembers its hosts.
    readonly string child = childRelease == "zed" ? "c1" : "c2";
    readonly Cloud tenant = new("parent-demo");
    readonly Cloud parent = new("parent-admin");
    AgentProcess agent = null!;
    Cloud below = null!;

    [OneTimeSetUp]
    public async Task Bring_up_the_clouds_and_the_agent()
    {
        below = new(child + "-admin");
        agent = new(child);
        await Shell.LabAsync("up", "--parent", parentRelease, "--child", $"{child}={childRelease}");
        await agent.StartAsync();
        await Poll.UntilAsync("the host is mapped, enabled and up", ServiceAsync, at => Text(at, "State") == "up" && Text(at, "Status") == "enabled");
    }

    [OneTimeTearDown]
    public async Task Leave_the_child_to_the_next()
    {
        await agent.StopAsync();
        await Shell.LabAsync("down", "parent", child);
    }

    [Test, Order(1)]
    public async Task The_parent_sees_a_nova_compute_with_the_capacity_of_the_child()
    {
        var hypervisor = (await parent.AskAsync("hypervisor", "list", "--long")).AsArray().Single(at => Text(at, "Hypervisor Hostname") == child);
        var provider = (await parent.AskAsync("resource", "provider", "list", "--name", child)).AsArray().Single();
        var inventory = (await parent.AskAsync("resource", "provider", "inventory", "list", Text(provider, "uuid"))).AsArray();
        var totals = inventory.ToDictionary(at => Text(at, "resource_class"), at => at!["total"]!.GetValue<int>(), StringComparer.Ordinal);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(hypervisor, "State"), Is.EqualTo("up"));
            Assert.That(totals.Keys, Is.EquivalentTo(["VCPU", "MEMORY_MB", "DISK_GB"]));
            Assert.That(totals["MEMORY_MB"], Is.GreaterThan(0));
        }
    }

    [Test, Order(2)]
    public async Task A_server_created_in_the_parent_runs_as_a_real_guest_in_the_child()
    {
        await CreateAsync("first", "--property", "made=by-tenant");
        var shown = await tenant.BecomesAsync("first", "ACTIVE");
        var mirror = await MirrorAsync("first");
        var console = await Poll.UntilAsync("the guest says that it is up", () => tenant.RunAsync("console", "log", "show", "first"), text => text.Contains("cascade guest up", StringComparison.Ordinal));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(mirror, "status"), Is.EqualTo("ACTIVE"));
            Assert.That(Text(mirror, "name"), Is.EqualTo("first"));
            Assert.That(Text(mirror, "project_id"), Is.EqualTo(Text(shown, "project_id")), "the server in the child is the tenant's");
            Assert.That(console, Does.Contain("Linux version"));
            Assert.That(await EventsAsync("first", "create"), Is.SupersetOf(new[] { "compute__do_build_and_run_instance" }));
        }
    }

    [Test, Order(3)]
    public async Task Stop_start_and_both_reboots_go_down_and_the_result_comes_up()
    {
        await tenant.RunAsync("server", "stop", "first");
        await tenant.BecomesAsync("first", "SHUTOFF");
        Assert.That(Text(await MirrorAsync("first"), "status"), Is.EqualTo("SHUTOFF"));
        await tenant.RunAsync("server", "start", "first");
        await tenant.BecomesAsync("first", "ACTIVE");
        Assert.That(Text(await MirrorAsync("first"), "status"), Is.EqualTo("ACTIVE"));
        foreach (var kind in new[] { "--soft", "--hard" })
        {
            await tenant.RunAsync("server", "reboot", kind, "first");
            await IdleAsync("first");
            await tenant.BecomesAsync("first", "ACTIVE");
        }

        var names = (await tenant.AskAsync("server", "event", "list", "first")).AsArray().Select(at => Text(at, "Action")).ToArray();
        Assert.That(names, Is.EqualTo(new[] { "reboot", "reboot", "start", "stop", "create" }));
        Assert.That(await EventsAsync("first", "stop"), Is.EquivalentTo(["compute_stop_instance"]));
        Assert.That(await EventsAsync("first", "start"), Is.EquivalentTo(["compute_start_instance"]));
        Assert.That(await EventsAsync("first", "reboot"), Is.EquivalentTo(["compute_reboot_instance"]));
    }

    [Test, Order(4)]
    public async Task A_server_stopped_in_the_child_is_stopped_in_the_parent_as_by_the_native_power_sync()
    {
        await below.RunAsync("server", "stop", Text(await MirrorAsync("first"), "id"));
        await tenant.BecomesAsync("first", "SHUTOFF");
        var latest = (await parent.AskAsync("server", "event", "list", "first", "--long")).AsArray()[0];
        Assert.That(Text(latest, "Action"), Is.EqualTo("stop"));
    }

    [Test, Order(5)]
    public async Task A_server_that_the_child_cannot_build_ends_in_the_fault_that_the_child_gave()
    {
        // The image asks for more disk than the flavor has: the child's API refuses with 400, the parent's checks were passed before.
        var image = Text(await parent.AskAsync("image", "show", "tiny"), "id");
        var copy = await below.TryAsync("image", "set", "--min-ram", "100000", image);
        Assert.That(copy.Code, Is.Zero, copy.Error);
        try
        {
            await CreateAsync("refused");
            var shown = await tenant.BecomesAsync("refused", "ERROR");
            Assert.That(shown["fault"]!.ToJsonString(), Does.Contain("memory").IgnoreCase.Or.Contain("RAM").Or.Contain("valid host").IgnoreCase);
        }
        finally
        {
            await below.RunAsync("image", "set", "--min-ram", "0", image);
            await tenant.RunAsync("server", "delete", "refused");
            await tenant.GoneAsync("refused");
        }
    }

    [Test, Order(6)]
    public async Task A_child_that_is_cut_off_takes_its_host_down_and_what_was_asked_is_done_when_it_is_back()
    {
        await tenant.RunAsync("server", "start", "first");
        await tenant.BecomesAsync("first", "ACTIVE");
        await Shell.LabAsync("cut", child);
        try
        {
            await tenant.RunAsync("server", "stop", "first");
            await Poll.UntilAsync("the host goes down", ServiceAsync, at => Text(at, "State") == "down");
            Assert.That(Text(await tenant.ServerAsync("first"), "status"), Is.EqualTo("ACTIVE"), "nothing is claimed that was not seen");
        }
        finally
        {
            await Shell.LabAsync("heal", child);
        }

        await Poll.UntilAsync("the host comes back", ServiceAsync, at => Text(at, "State") == "up");
        await tenant.BecomesAsync("first", "SHUTOFF");
    }

    [Test, Order(7)]
    public async Task Twenty_kills_at_random_moments_of_build_and_delete_leave_one_server_or_none()
    {
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 10; round++)
        {
            var name = $"kill-{round}";
            await CreateAsync(name);
            await KillAfterAsync(random);
            await tenant.BecomesAsync(name, "ACTIVE");
            Assert.That(await MirrorsAsync(name), Has.Count.EqualTo(1), $"round {round}: one server in the child");
            await tenant.RunAsync("server", "delete", name);
            await KillAfterAsync(random);
            await tenant.GoneAsync(name);
            await Poll.UntilAsync("nothing is left in the child", () => MirrorsAsync(name), left => left.Count == 0);
        }
    }

    [Test, Order(8)]
    public async Task Delete_leaves_nothing_behind_in_either_cloud()
    {
        await tenant.RunAsync("server", "delete", "first");
        await tenant.GoneAsync("first");
        await Poll.UntilAsync("nothing is left in the child", () => MirrorsAsync("first"), left => left.Count == 0);
        var provider = (await parent.AskAsync("resource", "provider", "list", "--name", child)).AsArray().Single();
        var shown = await parent.AskAsync("resource", "provider", "show", Text(provider, "uuid"), "--allocations");
        Assert.That(shown["allocations"]?.ToJsonString() ?? "{}", Is.EqualTo("{}"));
    }

    async Task KillAfterAsync(Random random)
    {
        // A moment somewhere in the work: the whole of it takes a few seconds.
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 4000)), TimeProvider.System, CancellationToken.None);
        await agent.KillAsync();
        await agent.StartAsync();
    }

    Task CreateAsync(string name, params string[] more) =>
        tenant.RunAsync(["server", "create", "--image", "tiny", "--flavor", "tiny", "--nic", "none", .. more, name, "-f", "json"]);

    Task IdleAsync(string name) =>
        Poll.UntilAsync($"{name} has no task", () => parent.ServerAsync(name, allProjects: true), at => at?["OS-EXT-STS:task_state"] is null);

    async Task<JsonNode?> ServiceAsync() =>
        (await parent.AskAsync("compute", "service", "list", "--service", "nova-compute", "--host", child)).AsArray().SingleOrDefault();

    async Task<IReadOnlyList<JsonNode>> MirrorsAsync(string name) =>
        [.. (await below.AskAsync("server", "list", "--all-projects", "--name", $"^{name}$")).AsArray().Select(at => at!)];

    async Task<JsonNode> MirrorAsync(string name)
    {
        var mirrors = await MirrorsAsync(name);
        Assert.That(mirrors, Has.Count.EqualTo(1), $"{name} has one server in the child");
        return await below.AskAsync("server", "show", Text(mirrors[0], "ID"));
    }

    async Task<string[]> EventsAsync(string name, string action)
    {
        var actions = (await parent.AskAsync("server", "event", "list", await IdAsync(name))).AsArray();
        var request = Text(actions.First(at => Text(at, "Action") == action), "Request ID");
        var shown = await parent.AskAsync("server", "event", "show", await IdAsync(name), request);
        return [.. shown["events"]!.AsArray().Select(at => Text(at, "event"))];
    }

    async Task<string> IdAsync(string name) => Text(await tenant.ServerAsync(name), "id");

    static string Text(JsonNode? node, string key) => node?[key]?.ToString() ?? "";
}
