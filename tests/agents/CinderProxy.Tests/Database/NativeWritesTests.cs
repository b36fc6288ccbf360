using System.Text.Json;
using System.Text.RegularExpressions;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using CinderProxy.Tests.Database.Servers;
using Microsoft.Extensions.Logging.Testing;

namespace CinderProxy.Tests.Database;

/// <summary>
/// Our steps of an operation against what a native cinder-volume wrote in it (Samples/*/native-writes.txt): tables and columns, in order. Writes of one table are
/// one; native sets a volume's columns in three statements where one does.
/// </summary>
[TestFixture("zed")]
[TestFixture("2026.1")]
sealed partial class NativeWritesTests(string release)
{
    TestDatabase _database = null!;

    [OneTimeSetUp]
    public async Task Make() => _database = await TestDatabase.MakeAsync(DatabaseKind.Sqlite, release);

    [OneTimeTearDown]
    public async Task Unmake() => await _database.DisposeAsync();

    [Test]
    public async Task A_raw_volume()
    {
        var id = await _database.VolumeAsync("creating");
        await _database.WorkerAsync("Volume", id, "creating");

        Assert.That(
            await OursAsync(async work =>
            {
                await work.Workers.ClaimAsync(Workers.Volume, id, _database.ServiceId, "creating");
                await work.Volumes.SetChildAsync(id, "c", "l");
                await work.Volumes.CreatedAsync(id, _database.ServiceUuid);
                await work.Workers.DoneAsync(Workers.Volume, id, _database.ServiceId);
            }),
            Is.EqualTo(Native("manager.create_volume(raw)")));
    }

    [Test]
    public async Task A_volume_of_an_image()
    {
        var id = await _database.VolumeAsync("creating");

        Assert.That(
            await OursAsync(async work =>
            {
                await work.Workers.ClaimAsync(Workers.Volume, id, _database.ServiceId, "creating");
                await work.Volumes.BootableAsync(id);
                await work.GlanceMetadata.InsertAsync(id, [KeyValuePair.Create<string, string?>("image_id", "i")]);
                await work.Volumes.SetChildAsync(id, "c", null);
                await work.Volumes.CreatedAsync(id, null);
                await work.Workers.DoneAsync(Workers.Volume, id, _database.ServiceId);
            }),
            // This native driver named no provider_location.
            Is.EqualTo(Native("manager.create_volume(image, cloned)").Select(write => write.Replace(" provider_id", " provider_id provider_location", StringComparison.Ordinal))));
    }

    [Test]
    public async Task A_volume_that_goes_back_to_the_scheduler()
    {
        var id = await _database.VolumeAsync("creating");
        await _database.WorkerAsync("Volume", id, "creating");

        var native = Native("manager.create_volume failing -> reschedule");
        Assert.That(
            await OursAsync(async work =>
            {
                await work.Workers.ClaimAsync(Workers.Volume, id, _database.ServiceId, "creating");
                await work.Messages.InsertAsync(UserMessages.CreateFailed, id, "p1", "req");
                await work.Volumes.UnscheduleAsync(id);
                await work.Workers.ReleaseAsync(Workers.Volume, id, _database.ServiceId, "creating");
            }),
            // Native tries to insert a worker, which is there, and updates it then.
            Is.EqualTo(native.Where(write => !write.StartsWith("INSERT workers", StringComparison.Ordinal))));
    }

    [Test]
    public async Task A_snapshot()
    {
        var id = await _database.SnapshotAsync(await _database.VolumeAsync());

        Assert.That(
            await OursAsync(async work =>
            {
                await work.Workers.ClaimAsync(Workers.Snapshot, id, _database.ServiceId, "creating");
                await work.Snapshots.SetChildAsync(id, "c");
                await work.Snapshots.CreatedAsync(id, "c");
                await work.Workers.DoneAsync(Workers.Snapshot, id, _database.ServiceId);
            }),
            Is.EqualTo(Native("manager.create_snapshot")));
    }

    [Test]
    public async Task An_attachment()
    {
        var volume = await _database.VolumeAsync("reserved");
        var id = await _database.AttachmentAsync(volume);
        using var connector = JsonDocument.Parse("""{"host": "h"}""");

        Assert.That(
            await OursAsync(work => work.Attachments.AttachingAsync(id, volume, connector.RootElement, "rw")),
            // Native writes the volume_id that the row has.
            Is.EqualTo(Native("manager.attachment_update").Select(write => write.Replace(" volume_id", "", StringComparison.Ordinal))));
    }

    [Test]
    public async Task A_legacy_detach()
    {
        var volume = await _database.VolumeAsync("in-use");
        var id = await _database.AttachmentAsync(volume, "attached");

        Assert.That(await OursAsync(work => work.Attachments.DetachedAsync(id, volume)), Is.EqualTo(Native("manager.detach_volume(legacy)")));
    }

    [Test]
    public async Task An_extension()
    {
        var id = await _database.VolumeAsync("extending");
        string[] reservations = [await _database.ReservationAsync(await _database.UsageAsync(Guid.NewGuid().ToString("N"), "gigabytes", 5, 1), "gigabytes", 1)];

        Assert.That(
            await OursAsync(async work =>
            {
                await work.Quotas.CommitAsync(reservations);
                await work.Volumes.ExtendedAsync(id, 6, "in-use");
            }),
            Is.EqualTo(Native("manager.extend_volume")));
    }

    [Test]
    public async Task An_extension_that_fails()
    {
        var id = await _database.VolumeAsync("extending");
        string[] reservations = [await _database.ReservationAsync(await _database.UsageAsync(Guid.NewGuid().ToString("N"), "gigabytes", 5, 1), "gigabytes", 1)];

        Assert.That(
            await OursAsync(async work =>
            {
                await work.Messages.InsertAsync(UserMessages.ExtendFailed, id, "p1", "req");
                await work.Volumes.StatusAsync(id, "extending", "error_extending");
                await work.Quotas.RollBackAsync(reservations);
            }),
            // A rollback changes only what is reserved; in_use is written as it is.
            Is.EqualTo(Native("manager.extend_volume failing").Select(write => write.Replace("quota_usages reserved", "quota_usages in_use reserved", StringComparison.Ordinal))));
    }

    [Test]
    public async Task A_retype()
    {
        var native = Native("manager.retype").ToList();
        native.Insert(1, "UPDATE snapshots updated_at volume_type_id");
        var id = await _database.VolumeAsync("retyping");
        string[] reservations = [await _database.ReservationAsync(await _database.UsageAsync(Guid.NewGuid().ToString("N"), "gigabytes_x", 5, 1), "gigabytes_x", 1)];

        Assert.That(
            await OursAsync(async work =>
            {
                await work.Volumes.RetypedAsync(id, "t", TestDatabase.Pool, "available");
                await work.Quotas.CommitAsync(reservations);
            }),
            // The volume of the sample has no snapshots; native updates them one by one.
            Is.EqualTo(native));
    }

    [Test]
    public async Task A_volume_and_a_snapshot_that_go()
    {
        var id = await _database.VolumeAsync("deleting");
        var project = Guid.NewGuid().ToString("N");
        await _database.UsageAsync(project, "volumes", 9);

        var volume = await OursAsync(async work =>
        {
            await work.Workers.ClaimAsync(Workers.Volume, id, _database.ServiceId, "deleting");
            await work.Quotas.FreeAsync(project, QuotaCharge.Volume(5, null));
            await work.Volumes.DestroyAsync(id);
            await work.Workers.DoneAsync(Workers.Volume, id, _database.ServiceId);
        });
        var snapshot = await OursAsync(async work =>
        {
            await work.Quotas.FreeAsync(project, QuotaCharge.Volume(5, null));
            await work.Snapshots.DestroyAsync("none");
        });

        // Native goes the long way over reservations of its own; the usage falls by the same, before the rows and not after them (the order of locks).
        Assert.That(volume.Order(StringComparer.Ordinal), Is.EqualTo(OfDeletion("manager.delete_volume").Order(StringComparer.Ordinal)));
        Assert.That((volume[0], volume[^1]), Is.EqualTo((OfDeletion("manager.delete_volume")[0], OfDeletion("manager.delete_volume")[^1])));
        // Before that it touches the snapshot's updated_at, which its soft delete keeps.
        var native = OfDeletion("manager.delete_snapshot").Select(write => write.Replace("deleted_at status updated_at", "deleted_at status", StringComparison.Ordinal));
        Assert.That(snapshot.Order(StringComparer.Ordinal), Is.EqualTo(native.Order(StringComparer.Ordinal)));
    }

    [Test]
    public async Task A_group_a_freeze_and_a_beat()
    {
        Assert.That(await OursAsync(work => work.Groups.CreatedAsync("g")), Is.EqualTo(Native("manager.create_group")));
        Assert.That(await OursAsync(work => work.Services.FreezeAsync(_database.ServiceId)), Is.EqualTo(Native("manager.freeze_host")));
        Assert.That(await OursAsync(work => work.Services.ThawAsync(_database.ServiceId)), Is.EqualTo(Native("manager.thaw_host")));
        Assert.That(await OursAsync(work => work.Services.HeartbeatAsync(_database.ServiceId)), Is.EqualTo(Native("heartbeat")));
    }

    async Task<IReadOnlyList<string>> OursAsync(Func<CinderWork, Task> work)
    {
        var log = new FakeLogger<CinderDatabase>();
        await _database.Open(log).InTransactionAsync(
            async one =>
            {
                await work(one);
                return true;
            },
            CancellationToken.None);
        return Merged(log.Collector.GetSnapshot().Select(line => line.GetStructuredStateValue("Sql")!));
    }

    IReadOnlyList<string> Native(string section)
    {
        var lines = Schema.Sample($"{release}/native-writes.txt").Split('\n').SkipWhile(line => line != $"### {section}").Skip(1);
        return Merged(lines.TakeWhile(line => !line.StartsWith('#')).Where(line => line.StartsWith("SQL ", StringComparison.Ordinal)).Select(line => line[4..].Trim()));
    }

    List<string> OfDeletion(string section) =>
    [
        .. from write in Native(section)
        where !write.Contains(" reservations", StringComparison.Ordinal)
        select write.Replace("quota_usages in_use", "quota_usages in_use reserved", StringComparison.Ordinal),
    ];

    /// <summary>VERB table columns, one line for all writes of that kind, at the place of the first; a column that is set to itself is not written.</summary>
    static List<string> Merged(IEnumerable<string> statements)
    {
        var writes = new List<(string Write, SortedSet<string> Columns)>();
        foreach (var sql in statements.Select(sql => sql.ReplaceLineEndings(" ").Replace("\"", "", StringComparison.Ordinal)))
        {
            if (Write().Match(sql) is not { Success: true } match)
            {
                continue;
            }

            var key = $"{match.Groups["verb"].Value} {match.Groups["table"].Value}";
            var columns = writes.FirstOrDefault(write => write.Write == key).Columns;
            if (columns is null)
            {
                writes.Add((key, columns = new(StringComparer.Ordinal)));
            }

            columns.UnionWith(match.Groups["verb"].Value == "UPDATE" ? Changed(match.Groups["set"].Value) : []);
        }

        return [.. writes.Select(write => $"{write.Write} {string.Join(' ', write.Columns)}".TrimEnd())];
    }

    static IEnumerable<string> Changed(string set) =>
        from part in Assignment().Matches(set)
        let column = part.Groups["column"].Value
        where part.Groups["value"].Value.Split('.')[^1].Trim() != column
        select column;

    [GeneratedRegex(@"^(?<verb>INSERT|UPDATE|DELETE)(?: INTO| FROM)? (?<table>\w+)(?: SET (?<set>.*) WHERE )?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Write();

    [GeneratedRegex(@"(?:^|,)\s*(?<column>\w+)=(?<value>(?:\([^()]*(?:\([^()]*\))?[^()]*\)|[^,(]|\([^()]*\))*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assignment();
}
