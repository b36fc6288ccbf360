using Cascade.Agent.Serving;
using Cascade.CinderProxy;
using Cascade.CinderProxy.Hosts;
using Cascade.CinderProxy.Parent;
using Cascade.Contracts.Cinder.Backup;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Backups;

/// <summary>The second row of services, what the schedulers are told, and what is asked of the record alone.</summary>
sealed class BackupServiceTests : BackupTest
{
    IReadOnlyList<IReadOnlyDictionary<string, object?>> Services => World.Rows.Rows("SELECT * FROM services WHERE \"binary\"='cinder-backup' AND deleted=0");

    KeptBus.Cast[] Told => [.. World.Bus.Of("update_service_capabilities").Where(cast => (string)cast.Arguments["service_name"]! == "backup")];

    [Test]
    public void Every_method_of_a_cinder_backup_is_answered() =>
        Assert.That(CinderBackupTable.Page().Methods.Select(method => method.Method), Is.EquivalentTo(BackupMethods.All.Select(method => method.Name)));

    [Test]
    public async Task Where_the_child_has_one_the_parent_has_one_of_the_same_host()
    {
        await World.Of<CapabilitiesTold>().TellAsync(default);

        var row = Services.Single();
        Assert.That(
            (row["host"], row["topic"], row["availability_zone"], row["rpc_current_version"], row["object_current_version"], row["replication_status"], row["disabled"]),
            Is.EqualTo((World.Host, "cinder-backup", "nova", "2.3", "1.39", "not-capable", 0L)));
        Assert.That((Told.Single().Target.Topic, Told.Single().Target.Fanout, (string)Told.Single().Arguments["host"]!), Is.EqualTo(("cinder-scheduler", true, World.Host)));
        Assert.That(Told.Single().Arguments["capabilities"]!.ToJsonString(), Is.EqualTo("""{"backend_state":true,"driver_name":"cascade","availability_zone":"nova"}"""));
    }

    [Test]
    public async Task Where_it_has_none_there_is_none()
    {
        World.Child.Cinder.HasBackupService = false;

        await World.Of<CapabilitiesTold>().TellAsync(default);
        await World.All<IWorker>().OfType<Heartbeat>().Single().BeatAsync(default);

        Assert.That((Services.Count, Told.Length, World.Bus.Of("update_service_capabilities").Count), Is.EqualTo((0, 0, 1)));
    }

    [Test]
    public async Task Where_the_operator_wants_none_there_is_none()
    {
        World.Configuration = "backup = false";
        await RebornAsync();
        World.Child.ForgetRequests();

        await World.Of<CapabilitiesTold>().TellAsync(default);

        Assert.That((Services.Count, Told.Length, World.Child.Count("GET", "/os-services*")), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task One_that_goes_down_in_the_child_beats_no_more_and_one_that_comes_back_does()
    {
        await World.Of<CapabilitiesTold>().TellAsync(default);
        await World.All<IWorker>().OfType<Heartbeat>().Single().BeatAsync(default);
        var before = Services.Single()["report_count"];

        World.Child.Cinder.HasBackupService = false;
        await World.Of<CapabilitiesTold>().TellAsync(default);
        await World.All<IWorker>().OfType<Heartbeat>().Single().BeatAsync(default);
        Assert.That((Services.Single()["report_count"], (bool)Told[^1].Arguments["capabilities"]!["backend_state"]!), Is.EqualTo((before, false)));

        World.Child.Cinder.HasBackupService = true;
        await World.Of<CapabilitiesTold>().TellAsync(default);
        await World.All<IWorker>().OfType<Heartbeat>().Single().BeatAsync(default);

        Assert.That((Services.Single()["report_count"], (bool)Told[^1].Arguments["capabilities"]!["backend_state"]!), Is.Not.EqualTo((before, false)).And.EqualTo(((long)before! + 2, true)));
    }

    [Test]
    public async Task A_row_that_an_administrator_removed_is_made_again_and_a_next_life_takes_the_one_that_is_there()
    {
        await World.Of<CapabilitiesTold>().TellAsync(default);
        World.Rows.Run("UPDATE services SET deleted=1 WHERE \"binary\"='cinder-backup'");
        await World.All<IWorker>().OfType<Heartbeat>().Single().BeatAsync(default);
        var id = Services.Single()["id"];
        await RebornAsync();

        await World.Of<CapabilitiesTold>().TellAsync(default);

        Assert.That(Services.Single()["id"], Is.EqualTo(id));
    }

    [Test]
    public async Task An_export_is_refused_with_the_reason()
    {
        var id = await BackupAsync(await World.VolumeAsync());

        var heard = Heard(Api.ExportBackup(id));

        Assert.That((heard.Class, heard.Message), Is.EqualTo(("InvalidBackup", $"Invalid backup: backup {id} cannot be exported: its bytes are in a child cloud, and no record of the parent can lead another cloud to them")));
        Assert.That(Status(id), Is.EqualTo("available"));
    }

    [Test]
    public async Task An_import_ends_as_an_error_with_the_reason()
    {
        var order = Api.ImportBackup();

        await DeliverAsync(order);

        Assert.That(Status(order.Id), Is.EqualTo("error"));
        Assert.That(Reason(order.Id), Does.StartWith("a record of cinder.backup.drivers.swift.SwiftBackupDriver cannot be imported here"));
    }

    [Test]
    public async Task A_reset_writes_the_record_and_the_child_has_the_last_word()
    {
        var id = await BackupAsync(await World.VolumeAsync());
        await DeliverAsync(Api.ResetBackup(id, "error"));
        Assert.That(Status(id), Is.EqualTo("error"));

        World.Child.Cinder.ChangeBackup(There(id).Id, backup => backup.Status = "error");
        await DeliverAsync(Api.ResetBackup(id, "available"));
        Assert.That(Status(id), Is.EqualTo("available"));
        await AuditAsync();

        Assert.That(Status(id), Is.EqualTo("error"));
    }

    [Test]
    public async Task A_reset_of_a_native_s_backup_changes_nothing()
    {
        var id = await BackupAsync(await World.VolumeAsync());
        World.Rows.Update("backups", id, ("service_metadata", null), ("service", "cinder.backup.drivers.swift.SwiftBackupDriver"));

        await DeliverAsync(Api.ResetBackup(id, "error"));

        Assert.That(Status(id), Is.EqualTo("available"));
    }
}
