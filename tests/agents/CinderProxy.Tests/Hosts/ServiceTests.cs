using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Agent.Child;
using Cascade.CinderProxy.Hosts;
using Cascade.CinderProxy.Parent;
using Cascade.Support;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Hosts;

/// <summary>What the parent knows of the service itself.</summary>
sealed class ServiceTests : WorldTest
{
    IReadOnlyDictionary<string, object?> Row => World.Rows.Rows("SELECT * FROM services WHERE host=@p0 AND deleted=0", World.Host).Single();

    Order Asks(string sample) => RpcSample.Order(sample, "-", Api.Project, Api.User, _ => { });

    [TestCase("zed", "3.18")]
    [TestCase("2026.1", "3.20")]
    public async Task It_registers_as_a_service_of_the_parents_release(string release, string version)
    {
        await using var world = await World.StartAsync(release: release);

        var row = world.Rows.Rows("SELECT * FROM services").Single();
        Assert.That((row["binary"], row["topic"], row["rpc_current_version"], row["object_current_version"]), Is.EqualTo(("cinder-volume", "cinder-volume", version, "1.39")));
        Assert.That((row["availability_zone"], row["replication_status"], row["disabled"], row["frozen"]), Is.EqualTo(("nova", "disabled", 0L, 0L)));
    }

    [Test]
    public async Task A_second_life_has_the_same_row()
    {
        var before = Row["uuid"];
        await World.RebornAsync();

        Assert.That(Row["uuid"], Is.EqualTo(before));
    }

    [Test]
    public async Task It_beats_while_the_child_answers_and_is_silent_while_it_does_not()
    {
        var beat = World.All<Cascade.Agent.Serving.IWorker>().OfType<Heartbeat>().Single();
        await beat.BeatAsync(default);
        var count = (long)Row["report_count"]!;
        World.Child.Unreachable = true;
        await World.Of<ChildHealth>().CheckAsync(default);
        await beat.BeatAsync(default);
        Assert.That(Row["report_count"], Is.EqualTo(count));

        World.Child.Unreachable = false;
        await World.Of<ChildHealth>().CheckAsync(default);
        await beat.BeatAsync(default);

        Assert.That(Row["report_count"], Is.EqualTo(count + 1));
        Assert.That((World.Said(8003).Count, World.Said(8004).Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_row_that_an_administrator_removed_is_made_again_and_the_volumes_name_it()
    {
        var volume = await World.VolumeAsync();
        World.Rows.Run("UPDATE services SET deleted=1");

        await World.Of<ServiceKeeper>().BeatAsync(default);

        Assert.That(World.VolumeRow(volume)["service_uuid"], Is.EqualTo(Row["uuid"]));
    }

    [Test]
    public async Task Frozen_and_thawed_it_answers_true_and_its_last_beat_stays_its_last_beat()
    {
        var before = Row["updated_at"];
        Assert.That((bool)(await World.DeliverAsync(Asks("freeze_host")))!, Is.True);
        Assert.That((Row["disabled"], Row["disabled_reason"], Row["updated_at"]), Is.EqualTo((1L, "frozen", before)), "whether it is frozen is the API's to write");

        Assert.That((bool)(await World.DeliverAsync(Asks("thaw_host")))!, Is.True);
        Assert.That((Row["disabled"], Row["updated_at"]), Is.EqualTo((0L, before)));
    }

    [Test]
    public void A_parent_whose_tables_lack_a_column_is_refused_by_name()
    {
        World.Rows.Run("ALTER TABLE volumes DROP COLUMN provider_id");
        World.Rows.Run("DROP TABLE workers");

        var refused = Assert.ThrowsAsync<AgentException>(() => World.Of<ServiceKeeper>().CheckSchemaAsync(default));

        Assert.That(refused!.Message, Does.Contain("volumes.provider_id").And.Contain("workers"));
    }

    [Test]
    public async Task The_schedulers_are_told_one_pool_for_each_zone_of_the_child()
    {
        World.Child.Cinder.SetPools([new("lvm@a#one", "east", 100), new("lvm@b#two", "east", 50), new("ceph@c#three", "west", 70) { IsUp = false }]);
        Api.Pool = "east";
        await World.VolumeAsync(10);

        var caps = await TellAsync();

        Assert.That(caps.Select(pool => ((string)pool["pool_name"]!, (double)pool["total_capacity_gb"]!, (int)pool["allocated_capacity_gb"]!, (string)pool["backend_state"]!)), Is.EqualTo(new[]
        {
            ("east", 150.0, 10, "up"), ("west", 70.0, 0, "down"),
        }));
        Assert.That((double)caps[0]["free_capacity_gb"]!, Is.EqualTo(140.0));
    }

    [Test]
    public async Task Where_the_child_hides_its_pools_our_quota_is_what_is_told()
    {
        World.Child.Cinder.SetQuota(World.Child.Keystone.ProjectId, "gigabytes", 500);
        World.Child.On("GET", "/scheduler-stats/get_pools").Fail(9, 403, """{"forbidden": {"code": 403, "message": "Policy doesn't allow it"}}""");

        var caps = await TellAsync();

        Assert.That((caps.Count, (double)caps[0]["total_capacity_gb"]!, (double)caps[0]["free_capacity_gb"]!), Is.EqualTo((1, 500.0, 500.0)));
        Assert.That(World.Said(8007), Has.Count.EqualTo(1));
    }

    [TestCase(null, false)]
    [TestCase("<is> False", false)]
    [TestCase("<is> True", true)]
    public async Task Where_the_child_hides_its_pools_its_types_say_whether_several_servers_may_have_a_volume(string? said, bool told)
    {
        World.Child.Cinder.AddType("gold", said is null ? null : new Dictionary<string, string> { ["multiattach"] = said });
        World.Child.On("GET", "/scheduler-stats/get_pools").Fail(9, 403);

        var caps = await TellAsync();

        Assert.That((bool)caps[0]["multiattach"]!, Is.EqualTo(told));
    }

    [Test]
    public async Task While_the_child_is_away_its_pools_are_told_to_be_down_with_the_figures_they_had()
    {
        var before = await TellAsync();
        World.Child.Unreachable = true;
        await World.Of<ChildHealth>().CheckAsync(default);

        var caps = await TellAsync();

        Assert.That(((string)caps[0]["backend_state"]!, (double)caps[0]["total_capacity_gb"]!), Is.EqualTo(("down", (double)before[0]["total_capacity_gb"]!)));
    }

    [Test]
    public async Task Each_time_is_later_than_the_one_before_and_in_the_shape_that_a_scheduler_reads()
    {
        await TellAsync();
        await TellAsync();

        var times = Told().Select(cast => (string)cast.Arguments["timestamp"]!).ToList();
        Assert.That(times, Is.Ordered.And.Unique);
        Assert.That(times, Is.All.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$"));
        Assert.That(Told()[0].Target is { Topic: "cinder-scheduler", Fanout: true }, Is.True);
    }

    [Test]
    public async Task Who_asks_for_capabilities_hears_the_last_ones_and_before_there_are_any_that_there_are_none()
    {
        Assert.That(Refused(Asks("get_capabilities")).Class, Is.EqualTo("DriverNotInitialized"));
        await TellAsync();

        var told = (await World.DeliverAsync(Asks("get_capabilities")))!;

        Assert.That(((string)told["volume_backend_name"]!, told["properties"]!.AsObject().Count), Is.EqualTo(("child1", 0)));
    }

    [Test]
    public async Task Log_levels_are_set_and_shown()
    {
        Order Level(string sample, string prefix, string level) => RpcSample.Order(sample, "-", Api.Project, Api.User, args =>
            (args["log_request"]!["versioned_object.data"]!["prefix"], args["log_request"]!["versioned_object.data"]!["level"]) = (prefix, level));
        await World.DeliverAsync(Level("set_log_levels", "cascade.cinder_proxy", "ERROR"));

        var shown = (await World.DeliverAsync(Level("get_log_levels", "cascade.cinder_proxy", "")))!;

        Assert.That(shown.ToJsonString(), Does.Contain("ERROR").And.Contain("LogLevelList"));
        Assert.That(Refused(Level("set_log_levels", "", "LOUD")).Class, Is.EqualTo("InvalidInput"));
    }

    [Test]
    public async Task A_backup_that_wants_a_volumes_bytes_is_told_to_go_on_and_then_refused_a_path()
    {
        var volume = await World.VolumeAsync();
        await World.DeliverAsync(RpcSample.Order("get_backup_device", volume, Api.Project, Api.User, args =>
            (args["backup"]!["versioned_object.data"]!["volume_id"], args["backup"]!["versioned_object.data"]!["host"]) = (volume, "backup-1")));

        var told = World.Bus.Of("continue_backup").Single();
        Assert.That((told.Target.Topic, told.Target.Server), Is.EqualTo(("cinder-backup", "backup-1")));
        Assert.That(told.Arguments["backup_device"]!.ToJsonString(), Does.Contain(volume));
    }

    /// <summary>Of the volumes: what is told of the backups is another service's.</summary>
    IReadOnlyList<KeptBus.Cast> Told() => [.. World.Bus.Of("update_service_capabilities").Where(cast => (string?)cast.Arguments["service_name"] == "volume")];

    async Task<List<JsonObject>> TellAsync()
    {
        await World.Of<CapabilitiesTold>().TellAsync(default);
        return [.. Told()[^1].Arguments["capabilities"]!["pools"]!.AsArray().Select(pool => pool!.AsObject())];
    }
}
