using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Contracts.Cinder.Notifications;

namespace Cascade.Contracts.Cinder.Tests;

/// <summary>A payload of ours is, member by member, what natives notified from the same row.</summary>
public sealed class NotificationsTest
{
    static IEnumerable<TestCaseData> Events() =>
        from release in Sample.Releases
        from sample in Sample.Messages(release, "notifications")
        select new TestCaseData(sample.Message).SetArgDisplayNames(release, sample.File);

    [TestCaseSource(nameof(Events))]
    public void A_payload_is_that_of_a_native(JsonObject message)
    {
        var payload = message["payload"]!;
        var type = (string)message["event_type"]!;
        var at = type.IndexOf('.', StringComparison.Ordinal);
        var host = ((string)message["publisher_id"]!)[(at + 1)..];

        var (ours, named, publisher) = type[..at] switch
        {
            "volume" => (Volume(payload).Payload(Now(payload)), VolumeUsage.EventType(type[(at + 1)..]), VolumeUsage.PublisherId(host)),
            "snapshot" => (Snapshot(payload).Payload(), SnapshotUsage.EventType(type[(at + 1)..]), SnapshotUsage.PublisherId(host)),
            "group" => (Group(payload).Payload(), GroupUsage.EventType(type[(at + 1)..]), GroupUsage.PublisherId(host)),
            _ => (GroupSnapshot(payload).Payload(), GroupSnapshotUsage.EventType(type[(at + 1)..]), GroupSnapshotUsage.PublisherId(host)),
        };

        Sample.Same(ours, payload);
        Assert.That((named, publisher), Is.EqualTo((type, (string)message["publisher_id"]!)));
    }

    [Test]
    public void A_volume_that_is_being_deleted_after_a_failed_manage_is_told_as_deleting()
    {
        var usage = new VolumeUsage { VolumeId = "v", Status = "error_managing_deleting" };
        var payload = usage.Payload(DateTimeOffset.UnixEpoch);

        // _usage_from_volume: utcnow() has no zone, and a whole second no fraction.
        Assert.That(
            ((string)payload["status"]!, (string)payload["created_at"]!, payload.ContainsKey("glance_metadata")),
            Is.EqualTo(("deleting", "1970-01-01T00:00:00", false)));
    }

    [Test]
    public void An_image_s_properties_are_told_when_there_are_any()
    {
        var usage = new VolumeUsage { VolumeId = "v", Status = "available", GlanceMetadata = [new() { ["key"] = "image_id", ["value"] = "i" }] };

        Assert.That((string)usage.Payload(DateTimeOffset.UnixEpoch)["glance_metadata"]![0]!["value"]!, Is.EqualTo("i"));
    }

    // Made by Python's str() of the same dictionary.
    [TestCase("a", "b", "{'a': 'b'}")]
    [TestCase("it's", "so", """{"it's": 'so'}""")]
    [TestCase("both ' and \"", "x", """{'both \' and "': 'x'}""")]
    [TestCase("line\n", "tab\t\\", @"{'line\n': 'tab\t\\'}")]
    [TestCase("é", "\u0007\u00a0", @"{'é': '\x07\xa0'}")]
    [TestCase("", "😀", "{'': '😀'}")]
    public void A_dictionary_is_written_as_Python_prints_it(string key, string value, string printed) =>
        Assert.That(PythonText.Dictionary(new Dictionary<string, string> { [key] = value }), Is.EqualTo(printed));

    [Test]
    public void A_deleted_snapshot_says_so_and_one_without_metadata_says_nothing()
    {
        var usage = new SnapshotUsage { SnapshotId = "s", VolumeId = "v", CreatedAt = DateTimeOffset.UnixEpoch, Status = "deleted", Deleted = true };
        var payload = usage.Payload();

        Assert.That(((string)payload["deleted"]!, (string)payload["metadata"]!, (string)payload["created_at"]!), Is.EqualTo(("True", "", "1970-01-01T00:00:00+00:00")));
    }

    static VolumeUsage Volume(JsonNode of) => new()
    {
        VolumeId = (string)of["volume_id"]!,
        TenantId = (string?)of["tenant_id"],
        UserId = (string?)of["user_id"],
        Host = (string?)of["host"],
        AvailabilityZone = (string?)of["availability_zone"],
        VolumeType = (string?)of["volume_type"],
        DisplayName = (string?)of["display_name"],
        LaunchedAt = Known(of["launched_at"]),
        CreatedAt = Known(of["created_at"]),
        Status = (string)of["status"]!,
        SnapshotId = (string?)of["snapshot_id"],
        Size = (int)of["size"]!,
        ReplicationStatus = (string?)of["replication_status"],
        ReplicationExtendedStatus = (string?)of["replication_extended_status"],
        ReplicationDriverData = (string?)of["replication_driver_data"],
        Metadata = [.. of["metadata"]!.AsArray().Select(pair => KeyValuePair.Create((string)pair!["key"]!, (string)pair["value"]!))],
        Attachments = [.. of["volume_attachment"]!.AsArray().Select(row => Attachment(row!))],
    };

    static AttachmentUsage Attachment(JsonNode row) => new((string)row["id"]!, (string)row["volume_id"]!)
    {
        CreatedAt = Time(row["created_at"]),
        UpdatedAt = Time(row["updated_at"]),
        InstanceUuid = (string?)row["instance_uuid"],
        AttachedHost = (string?)row["attached_host"],
        Mountpoint = (string?)row["mountpoint"],
        AttachTime = Time(row["attach_time"]),
        DetachTime = Time(row["detach_time"]),
        AttachStatus = (string?)row["attach_status"],
        AttachMode = (string?)row["attach_mode"],
        ConnectionInfo = (string?)row["connection_info"],
        Connector = (string?)row["connector"],
        Volume = row["volume"]?.AsObject(),
    };

    static SnapshotUsage Snapshot(JsonNode of) => new()
    {
        SnapshotId = (string)of["snapshot_id"]!,
        VolumeId = (string)of["volume_id"]!,
        TenantId = (string?)of["tenant_id"],
        UserId = (string?)of["user_id"],
        AvailabilityZone = (string?)of["availability_zone"],
        VolumeSize = (int)of["volume_size"]!,
        DisplayName = (string?)of["display_name"],
        CreatedAt = Time(of["created_at"])!.Value,
        Status = (string)of["status"]!,
        Deleted = (string)of["deleted"]! == "True",
        // The only metadata that was recorded.
        Metadata = (string)of["metadata"]! == "" ? new Dictionary<string, string>() : new Dictionary<string, string> { ["a"] = "b" },
    };

    static GroupUsage Group(JsonNode of) => new()
    {
        GroupId = (string)of["group_id"]!,
        TenantId = (string?)of["tenant_id"],
        UserId = (string?)of["user_id"],
        AvailabilityZone = (string?)of["availability_zone"],
        GroupType = (string?)of["group_type"],
        Name = (string?)of["name"],
        CreatedAt = Time(of["created_at"])!.Value,
        Status = (string)of["status"]!,
    };

    static GroupSnapshotUsage GroupSnapshot(JsonNode of) => new()
    {
        GroupSnapshotId = (string)of["group_snapshot_id"]!,
        GroupId = (string)of["group_id"]!,
        TenantId = (string?)of["tenant_id"],
        UserId = (string?)of["user_id"],
        GroupType = (string?)of["group_type"],
        Name = (string?)of["name"],
        CreatedAt = Time(of["created_at"])!.Value,
        Status = (string)of["status"]!,
    };

    // A time without a zone is the native's now: the row had none.
    static DateTimeOffset? Known(JsonNode? time) => ((string)time!).EndsWith("+00:00", StringComparison.Ordinal) ? Time(time) : null;

    static DateTimeOffset Now(JsonNode payload) => Time(payload["launched_at"])!.Value;

    static DateTimeOffset? Time(JsonNode? text) =>
        text is null ? null : DateTimeOffset.Parse((string)text!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
