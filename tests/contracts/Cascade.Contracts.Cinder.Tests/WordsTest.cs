using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.States;

namespace Cascade.Contracts.Cinder.Tests;

/// <summary>Words and ids that go into the parent's rows, against the source of each release.</summary>
public sealed class WordsTest
{
    static readonly Dictionary<string, (Type Type, IReadOnlyList<string> All)> Lists = new(StringComparer.Ordinal)
    {
        ["BackupStatus"] = (typeof(BackupStatus), BackupStatus.All),
        ["GroupSnapshotStatus"] = (typeof(GroupSnapshotStatus), GroupSnapshotStatus.All),
        ["GroupStatus"] = (typeof(GroupStatus), GroupStatus.All),
        ["ReplicationStatus"] = (typeof(ReplicationStatus), ReplicationStatus.All),
        ["SnapshotStatus"] = (typeof(SnapshotStatus), SnapshotStatus.All),
        ["VolumeAttachStatus"] = (typeof(VolumeAttachStatus), VolumeAttachStatus.All),
        ["VolumeMigrationStatus"] = (typeof(VolumeMigrationStatus), VolumeMigrationStatus.All),
        ["VolumeStatus"] = (typeof(VolumeStatus), VolumeStatus.All),
    };

    // The column is free text.
    static readonly string[] Beside = ["unmanaging", "error_unmanaging", "error_managing_deleting", "reverting"];

    [Test]
    public void A_list_of_words_is_that_of_every_release(
        [ValueSource(typeof(Sample), nameof(Sample.SourceReleases))] string release, [ValueSource(nameof(Names))] string list)
    {
        var native = Sample.Source(release, "fields")[list]!.AsArray().Select(word => (string)word!).ToList();

        Assert.That(Lists[list].All, Is.EquivalentTo(native));
        Assert.That(Constants(Lists[list].Type).Select(one => one.Value), Is.EquivalentTo(list == "VolumeStatus" ? native.Concat(Beside) : native));
    }

    static IEnumerable<string> Names => Lists.Keys;

    [TestCaseSource(typeof(Sample), nameof(Sample.SourceReleases))]
    public void The_ids_of_messages_are_those_of_the_release(string release)
    {
        var native = Sample.Source(release, "message_field");

        Assert.Multiple(() =>
        {
            Assert.That(Ids(typeof(MessageAction)), Is.EquivalentTo(Named(native["Action"]!)));
            Assert.That(Ids(typeof(MessageResource)), Is.EquivalentTo(Named(native["Resource"]!)));
            Assert.That(
                Ids(typeof(MessageDetail)),
                // Its text is unknown to Zed, which shows another for it.
                Is.EquivalentTo(release == "zed" ? Named(native["Detail"]!).Append(("INCREMENTAL_BACKUP_FORCES_FULL_BACKUP", "030")) : Named(native["Detail"]!)));
        });
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.SourceReleases))]
    public void A_class_of_fault_has_the_detail_that_it_has_in_the_release(string release)
    {
        var detail = Sample.Source(release, "message_field")["Detail"]!;
        var mapped = detail["EXCEPTION_DETAIL_MAPPINGS"]!.AsObject();

        Assert.That(mapped, Is.Not.Empty);
        foreach (var (name, classes) in mapped)
        {
            foreach (var one in classes!.AsArray())
            {
                Assert.That(MessageDetail.Of((string)one!, "000"), Is.EqualTo((string)detail[name]![0]!), (string)one!);
            }
        }

        Assert.That((MessageDetail.Of("VolumeDriverException", MessageDetail.DriverFailedCreate), MessageDetail.Of(null)), Is.EqualTo(("012", "001")));
    }

    [TestCase("VOLUME_VOLUME_007_010", MessageResource.Volume, ExpectedResult = "007 010")]
    [TestCase("VOLUME_VOLUME_SNAPSHOT_010_016", MessageResource.VolumeSnapshot, ExpectedResult = "010 016")]
    [TestCase("VOLUME_VOLUME_099_099", MessageResource.Volume, ExpectedResult = "099 099", Description = "of a younger release")]
    [TestCase("VOLUME_VOLUME_SNAPSHOT_010_016", MessageResource.Volume, ExpectedResult = null)]
    [TestCase("VOLUME_VOLUME_7_10", MessageResource.Volume, ExpectedResult = null)]
    [TestCase("VENDOR_000123", MessageResource.Volume, ExpectedResult = null)]
    [TestCase(null, MessageResource.Volume, ExpectedResult = null)]
    public string? Another_clouds_message_is_read_by_its_event(string? eventId, string resourceType)
    {
        var read = UserMessage.Read(eventId, resourceType);
        Assert.That(read?.EventId, Is.EqualTo(read is null ? null : eventId));
        return read is null ? null : $"{read.Action} {read.Detail}";
    }

    static IEnumerable<TestCaseData> Told()
    {
        yield return new(UserMessages.CreateFailed, "VOLUME_VOLUME_008_012");
        yield return new(UserMessages.ImageTooBig, "VOLUME_VOLUME_005_007");
        yield return new(UserMessages.ImageSignatureRefused, "VOLUME_VOLUME_005_011");
        yield return new(UserMessages.ImageFormatRefused, "VOLUME_VOLUME_005_029");
        yield return new(UserMessages.SnapshotCreateFailed, "VOLUME_VOLUME_SNAPSHOT_009_013");
        yield return new(UserMessages.SnapshotMetadataFailed, "VOLUME_VOLUME_SNAPSHOT_009_014");
        yield return new(UserMessages.SnapshotBusy, "VOLUME_VOLUME_SNAPSHOT_010_015");
        yield return new(UserMessages.SnapshotDeleteFailed, "VOLUME_VOLUME_SNAPSHOT_010_016");
        yield return new(UserMessages.ExtendFailed, "VOLUME_VOLUME_007_010");
        yield return new(UserMessages.ExtendNotTold, "VOLUME_VOLUME_007_009");
        yield return new(UserMessages.UploadFailed, "VOLUME_VOLUME_003_004");
        yield return new(UserMessages.ReimageFormatRefused, "VOLUME_VOLUME_016_029");
        yield return new(UserMessages.ReimageNotTold, "VOLUME_VOLUME_016_028");
        yield return new(UserMessages.AttachmentFailed, "VOLUME_VOLUME_004_001");
        yield return new(UserMessages.AttachFailed, "VOLUME_VOLUME_002_001");
        yield return new(UserMessages.AttachmentFailed.Because("InvalidVolumeAttachMode"), "VOLUME_VOLUME_004_005");
        yield return new(UserMessages.CreateFailed.Because("VolumeBackendAPIException"), "VOLUME_VOLUME_008_012");
    }

    // The ids of the failure table, from cinder/volume/manager.py and flows/manager/create_volume.py.
    [TestCaseSource(nameof(Told))]
    public void A_failure_is_told_by_the_ids_of_native_ones(UserMessage message, string eventId) => Assert.That(message.EventId, Is.EqualTo(eventId));

#pragma warning disable IL2070 // A test is never trimmed.
    static IEnumerable<(string Name, string Value)> Constants(Type type) =>
        type.GetFields().Where(field => field.IsLiteral).Select(field => (field.Name, (string)field.GetRawConstantValue()!));
#pragma warning restore IL2070

    static IEnumerable<(string, string)> Ids(Type type) => Constants(type).Select(one => (JsonNamingPolicy.SnakeCaseUpper.ConvertName(one.Name), one.Value));

    static IEnumerable<(string, string)> Named(JsonNode native) =>
        native.AsObject().Where(one => one.Value is not JsonObject).Select(one => (one.Key, one.Value is JsonArray pair ? (string)pair[0]! : (string)one.Value!));
}
