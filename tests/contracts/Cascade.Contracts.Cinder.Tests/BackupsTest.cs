using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Cinder.Backup;
using Cascade.Contracts.Cinder.Capabilities;
using Cascade.Contracts.Cinder.Notifications;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.Scheduler;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Tests;

/// <summary>What a cinder-backup hears and says, against the source of each release (Samples/source/backup-*): what its client names and its manager defines.</summary>
public sealed class BackupsTest
{
    const string Ping = "oslo_rpc_server_ping";

    [Test]
    public void Every_method_is_listed_once_in_order_and_has_a_record_of_the_same_version()
    {
        Assert.That(BackupMethods.All.Select(method => method.Name), Is.Unique.And.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(
            Records.OfBackups.Values.Select(record => (record.Name.Method, record.Name.Since)),
            Is.EquivalentTo(BackupMethods.All.Select(method => (method.Name, method.Since))));
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.SourceReleases))]
    public void The_list_is_that_of_the_release(string release)
    {
        Assert.That(BackupMethods.All.Where(method => method.Name != Ping).Select(method => method.Name), Is.EquivalentTo(Methods(release).Select(method => method.Key)));
        Assert.That(
            RpcVersion.Parse((string)Sample.Source($"backup-{release}", "rpc_api_version")!),
            Is.EqualTo(release == "zed" ? BackupMethods.Zed : BackupMethods.Newest));
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.SourceReleases))]
    public void A_record_has_the_arguments_of_the_manager_s_method_and_is_sent_as_the_client_does(string release) => Assert.Multiple(() =>
    {
        foreach (var (name, native) in Methods(release))
        {
            var arguments = native!["args"]!.AsArray().Select(argument => (string)argument!);
            Assert.That(
                Records.OfBackups[name].Arguments,
                // A Zed manager does not know whether a volume is new.
                name == "restore_backup" && release == "zed" ? Is.EquivalentTo(arguments.Append("volume_is_new")) : Is.EquivalentTo(arguments), name);
            var kind = BackupMethods.All.Single(method => method.Name == name).Kind;
            Assert.That(native["kinds"]!.AsArray().Select(sent => (string)sent!), Is.EqualTo(new[] { kind == CinderMethodKind.Call ? "call" : "cast" }), name);
        }
    });

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void A_backup_as_natives_send_it_is_read_whole(string release)
    {
        var backup = Sample.Arguments(release, "rpc-to-volume", "get_backup_device")["backup"]!;
        var args = new JsonObject { ["backup"] = backup.DeepClone(), ["volume_id"] = "v", ["volume_is_new"] = true };

        var call = args.Deserialize(RestoreBackup.Wire)!;

        Sample.Same(call.Backup.ToJson(), backup);
        Assert.That((call.Backup.Id("restore_backup"), call.VolumeId, call.VolumeIsNew), Is.EqualTo(((string)backup["versioned_object.data"]!["id"]!, "v", true)));
        Assert.That(new JsonObject { ["backup"] = backup.DeepClone(), ["volume_id"] = "v" }.Deserialize(RestoreBackup.Wire)!.VolumeIsNew, Is.False, "Zed does not say it");
    }

    [Test]
    public void An_import_brings_what_the_administrator_wrote()
    {
        var backup = Sample.Arguments("zed", "rpc-to-volume", "get_backup_device")["backup"]!.DeepClone();
        backup["versioned_object.name"] = "BackupImport";

        var call = new JsonObject { ["backup"] = backup, ["backup_service"] = "s", ["backup_url"] = "u", ["backup_hosts"] = new JsonArray("a", "b") }.Deserialize(ImportRecord.Wire)!;

        Assert.That((call.Backup.Name, call.BackupService, call.BackupUrl), Is.EqualTo(("BackupImport", "s", "u")));
        Assert.That(call.BackupHosts, Is.EqualTo(new[] { "a", "b" }));
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.SourceReleases))]
    public void A_report_to_the_schedulers_has_the_members_of_a_native_s(string release)
    {
        var sent = JsonSerializer.SerializeToNode(
            UpdateServiceCapabilities.Of("cproxy@child1", new BackupCapabilities(true, "cascade", "az1"), DateTimeOffset.UnixEpoch), UpdateServiceCapabilities.Wire)!;

        Assert.That(sent["capabilities"]!.AsObject().Select(member => member.Key), Is.EquivalentTo(Sample.Source($"backup-{release}", "capabilities").AsArray().Select(key => (string)key!)));
        // cinder/scheduler/host_manager.py: backend_state is a truth, not a word.
        Assert.That(
            ((string)sent["service_name"]!, (string)sent["host"]!, (bool)sent["capabilities"]!["backend_state"]!, (string?)sent["cluster_name"]),
            Is.EqualTo(("backup", "cproxy@child1", true, (string?)null)));
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.SourceReleases))]
    public void A_notification_has_the_members_of_a_native_s(string release)
    {
        var payload = new BackupUsage { BackupId = "b", VolumeId = "v", CreatedAt = DateTimeOffset.UnixEpoch }.Payload();

        Assert.That(payload.Select(member => member.Key), Is.EquivalentTo(Sample.Source($"backup-{release}", "usage").AsArray().Select(key => (string)key!)));
        Assert.That(
            ((string)payload["created_at"]!, BackupUsage.EventType("create.start"), BackupUsage.PublisherId("h@b")),
            Is.EqualTo(("1970-01-01T00:00:00+00:00", "backup.create.start", "backup.h@b")));
    }

    static JsonObject Methods(string release) => Sample.Source($"backup-{release}", "methods").AsObject();
}
