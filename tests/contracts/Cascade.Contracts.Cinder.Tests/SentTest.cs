using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Cinder.Backup;
using Cascade.Contracts.Cinder.Capabilities;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.Scheduler;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Tests;

/// <summary>What we send to schedulers and backup services is what natives send, or what cinder's code took from us.</summary>
public sealed class SentTest
{
    // 2026-11-22T16:47:08.644661
    static readonly DateTimeOffset Then = new DateTimeOffset(2026, 11, 22, 16, 47, 8, TimeSpan.Zero).AddMicroseconds(644661);

    [Test]
    public void A_report_of_capabilities_is_the_one_that_schedulers_took()
    {
        var sample = Sample.Handmade("update_service_capabilities")["message"]!;

        Same(UpdateServiceCapabilities.Of("cproxy@child1", Child(), Then), sample);
    }

    [Test]
    public void A_notice_of_capabilities_is_the_one_that_schedulers_took()
    {
        var sample = Sample.Handmade("notify_service_capabilities")["message"]!;

        Same(NotifyServiceCapabilities.Of("cproxy@child1", Child(), Then), sample);
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void Natives_report_with_the_same_arguments_and_versions(string release)
    {
        foreach (var (_, _, message) in Sample.Messages(release, "rpc-to-scheduler").Where(sample => sample.File != "create_volume"))
        {
            var (name, arguments) = (string)message["method"]! == "update_service_capabilities"
                ? (UpdateServiceCapabilities.Name, Arguments(UpdateServiceCapabilities.Of("cproxy@child1", Child(), Then)))
                : (NotifyServiceCapabilities.Name, Arguments(NotifyServiceCapabilities.Of("cproxy@child1", Child(), Then)));

            Assert.That((name.Method, name.Since.ToString()), Is.EqualTo(((string)message["method"]!, (string)message["version"]!)));
            Assert.That(arguments.Select(member => member.Key), Is.EquivalentTo(message["args"]!.AsObject().Select(member => member.Key)));
            // strptime: the length is the form.
            Assert.That((string)arguments["timestamp"]!, Has.Length.EqualTo(((string)message["args"]!["timestamp"]!).Length).And.EndsWith(".644661"));
        }
    }

    [Test]
    public void A_reschedule_is_the_one_that_schedulers_took()
    {
        var sample = Sample.Handmade("reschedule-create_volume")["message"]!;
        var received = Received(sample["args"]!);

        Assert.That(RescheduleVolume.CanBe(received), Is.True);
        Same(RescheduleVolume.Of(received, "cascade: child refused: 413 overLimit"), sample);
    }

    [Test]
    public void A_reschedule_takes_nothing_from_the_request_it_came_from()
    {
        var received = Sample.Handmade("received-create_volume-args").Deserialize(CreateVolume.Wire)!;

        var sent = RescheduleVolume.Of(received, "refused");

        Assert.That((received.Volume.Text("host"), received.FilterProperties!["retry"]!["exc"]), Is.EqualTo(("cproxy@child1#ssd", (JsonNode?)null)));
        Assert.That(
            (sent.Volume.Has("host"), sent.Volume.Text("host"), (string)sent.FilterProperties!["retry"]!["exc"]![0]!),
            Is.EqualTo((true, (string?)null, "refused")));
    }

    [TestCase(true, """{"retry": {"num_attempts": 1}}""", true, true, TestName = "all is there")]
    [TestCase(false, """{"retry": {"num_attempts": 1}}""", true, false, TestName = "it is not allowed")]
    [TestCase(true, """{}""", true, false, TestName = "nobody counts attempts")]
    [TestCase(true, "null", true, false, TestName = "no filter properties")]
    [TestCase(true, """{"retry": {"num_attempts": 1}}""", false, false, TestName = "no request spec")]
    public void A_reschedule_needs_all_that_a_scheduler_goes_on_with(bool allowed, string properties, bool spec, bool can)
    {
        var call = new CreateVolume(
            CinderObjects.New(CinderObjects.Volume, []),
            spec ? CinderObjects.New(CinderObjects.RequestSpec, []) : null,
            JsonNode.Parse(properties) as JsonObject,
            allowed);

        Assert.That(RescheduleVolume.CanBe(call), Is.EqualTo(can));
    }

    [Test]
    public void Nothing_that_we_echo_has_changes_which_the_receiver_would_write()
    {
        var volume = new VersionedObject(ObjectDialect.Cinder, "Volume", "1.9", new() { ["id"] = "v" }, ["id"]);
        volume.Data["volume_type"] = new VersionedObject(ObjectDialect.Cinder, "VolumeType", "1.3", new() { ["id"] = "t" }, ["id"]).ToJson();
        var call = new CreateVolume(volume, CinderObjects.New(CinderObjects.RequestSpec, []), []);

        Assert.That(RescheduleVolume.Of(call, "x").Volume.ToJson().ToJsonString(), Does.Not.Contain("changes").And.Contain("VolumeType"));
        Assert.That(BackupDevice.OfVolume(volume).ToJson().ToJsonString(), Does.Not.Contain("changes").And.Contain("VolumeType"));
        Assert.That((volume.Changes, volume.Object("volume_type")!.Changes), Is.EqualTo((new[] { "id" }, new[] { "id" })));
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void A_backup_goes_on_with_what_natives_send(string release)
    {
        var (_, _, message) = Sample.Messages(release, "rpc-to-backup").Single();
        var asked = Sample.Arguments(release, "rpc-to-volume", "get_backup_device").Deserialize(GetBackupDevice.Wire)!;
        var volume = VersionedObject.Read(message["args"]!["backup_device"]!["versioned_object.data"]!["volume"]);

        var ours = new ContinueBackup(asked.Backup, BackupDevice.OfVolume(volume));

        Assert.That((ContinueBackup.Name.Method, (string)message["method"]!), Is.EqualTo(("continue_backup", "continue_backup")));
        Assert.That(ContinueBackup.Name.Since, Is.EqualTo(RpcVersion.Parse((string)message["version"]!)));
        // A native's own device has its fields as changes, which a backup service does not look at.
        Sample.Same(ours.BackupDevice.ToJson(), CinderObjects.WithoutChanges(VersionedObject.Read(message["args"]!["backup_device"])).ToJson());
        Assert.That(ours.Backup.Text("host"), Is.EqualTo((string)message["args"]!["backup"]!["versioned_object.data"]!["host"]!));
    }

    [Test]
    public void A_device_is_a_volume_or_a_snapshot_and_never_both()
    {
        var sample = Sample.Handmade("continue_backup-args")["backup_device"]!;
        var volume = BackupDevice.OfVolume(VersionedObject.Read(sample["versioned_object.data"]!["volume"]));
        var snapshot = BackupDevice.OfSnapshot(CinderObjects.New(CinderObjects.Snapshot, new() { ["id"] = "s" }));

        Sample.Same(volume.ToJson(), sample);
        Assert.That((snapshot.Has("volume"), snapshot.Object("snapshot")!.Text("id"), snapshot.Flag("secure_enabled")), Is.EqualTo((false, "s", (bool?)false)));
    }

    [TestCase(1536.5, "1536.5")]
    [TestCase(0, "0")]
    public void A_capacity_is_a_number(double gigabytes, string json) => Assert.That(Capacity.Of(gigabytes).ToJson().ToJsonString(), Is.EqualTo(json));

    [Test]
    public void Or_a_word_that_is_not_reckoned_with() =>
        Assert.That(
            (Capacity.Infinite.ToJson().ToJsonString(), Capacity.Unknown.ToJson().ToJsonString(), Capacity.Infinite.Gigabytes, Capacity.Of(0).Gigabytes),
            Is.EqualTo(("\"infinite\"", "\"unknown\"", (double?)null, (double?)0)));

    [Test]
    public void A_child_that_is_away_is_told_by_the_state_of_its_pools_and_no_key_of_ours_hides_it()
    {
        var pool = Child().Pools[0] with { Up = false, MaxOverSubscriptionRatio = null, More = new() { ["backend_state"] = "up", ["cascade_region"] = "child1" } };
        var json = pool.ToJson();

        Assert.That(
            ((string)json["backend_state"]!, (string)json["max_over_subscription_ratio"]!, (string)json["cascade_region"]!),
            Is.EqualTo(("down", "auto", "child1")));
    }

    static BackendCapabilities Child() => new()
    {
        VolumeBackendName = "child1",
        Pools =
        [
            new()
            {
                PoolName = "ssd", Total = Capacity.Of(1000), Free = Capacity.Of(800), AllocatedGigabytes = 0, ProvisionedGigabytes = 200,
                MaxOverSubscriptionRatio = 10, ThinProvisioningSupport = true, ThickProvisioningSupport = false, Multiattach = true, OnlineExtendSupport = true,
                More = new() { ["cascade_region"] = "child1", ["cascade_type"] = "ssd", ["cascade_types"] = new JsonArray("gold", "silver") },
            },
            new()
            {
                PoolName = "hdd", Total = Capacity.Infinite, Free = Capacity.Infinite, AllocatedGigabytes = 0, ProvisionedGigabytes = 0,
                More = new() { ["cascade_region"] = "child1", ["cascade_type"] = "hdd" },
            },
        ],
    };

    static CreateVolume Received(JsonNode sent)
    {
        // What must have come for this to be sent: with a host, and without a cause.
        var args = sent.DeepClone();
        args["volume"]!["versioned_object.data"]!["host"] = "cproxy@child1#ssd";
        args["filter_properties"]!["retry"]!.AsObject().Remove("exc");
        return args.Deserialize(CreateVolume.Wire)!;
    }

    static void Same<TCall>(TCall ours, JsonNode sample)
        where TCall : IRpcCall<TCall>
    {
        Assert.That((TCall.Name.Method, TCall.Name.Since.ToString()), Is.EqualTo(((string)sample["method"]!, (string?)sample["version"] ?? "3.0")));
        Sample.Same(Arguments(ours), Reckoned(sample["args"]!));
    }

    // What the sample says otherwise than we do, and a scheduler takes alike: a ratio as text (utils.py: calculate_max_over_subscription_ratio), and a feature that
    // is left out for false.
    static JsonNode Reckoned(JsonNode args)
    {
        var copy = args.DeepClone();
        foreach (var pool in copy["capabilities"]?["pools"]?.AsArray() ?? [])
        {
            pool!["max_over_subscription_ratio"] = double.Parse(pool["max_over_subscription_ratio"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
            pool["consistent_group_snapshot_enabled"] ??= false;
        }

        return copy;
    }

    static JsonObject Arguments<TCall>(TCall call)
        where TCall : IRpcCall<TCall> => JsonSerializer.SerializeToNode(call, TCall.Wire)!.AsObject();
}
