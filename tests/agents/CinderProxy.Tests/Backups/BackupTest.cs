using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.CinderProxy;
using Cascade.CinderProxy.Backups;
using Cascade.Oslo.Wire.Failures;
using Cascade.Support;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Backups;

/// <summary>Tests of the second service: a message goes to the contents page of a cinder-backup, and the watch of backups looks beside the others.</summary>
abstract class BackupTest : WorldTest
{
    [SetUp]
    public void Join() => World.Of<BackupWatching>();

    /// <summary>Nothing in memory survives.</summary>
    internal async Task RebornAsync()
    {
        await World.RebornAsync();
        Join();
    }

    internal Task<JsonNode?> DeliverAsync(Order order) => CinderBackupTable.Page().On(World.Of<IServiceProvider>()).ServeAsync(
        new(order.Method, JsonDocument.Parse(order.Arguments.ToJsonString()).RootElement, null, order.Version, order.Context), default);

    /// <summary>Delivers, and looks at what it has set going.</summary>
    internal async Task DoAsync(Order order)
    {
        await DeliverAsync(order);
        await LookAsync();
        await LookAsync();
    }

    /// <summary>Late enough for what is expected to be asked for by its id.</summary>
    internal async Task LookAsync()
    {
        World.Time.Advance(TimeSpan.FromSeconds(6));
        await World.Of<BackupWatching>().LookAsync(default);
    }

    internal Task AuditAsync()
    {
        World.Time.Advance(TimeSpan.FromSeconds(601));
        return LookAsync();
    }

    internal async Task ResumeAsync()
    {
        await World.ResumeAsync();
        await LookAsync();
        await LookAsync();
    }

    /// <summary>A backup that is there in both clouds.</summary>
    internal async Task<string> BackupAsync(string volume, string? parent = null)
    {
        var order = Api.Backup(volume, parent: parent);
        await DoAsync(order);
        Assert.That(Status(order.Id), Is.EqualTo("available"));
        return order.Id;
    }

    internal IReadOnlyDictionary<string, object?> Row(string backup) => World.Rows.Row("backups", backup);

    internal string? Status(string backup) => (string?)Row(backup)["status"];

    internal string? Reason(string backup) => (string?)Row(backup)["fail_reason"];

    /// <summary>The child's backup by the parent's row.</summary>
    internal FakeBackup There(string backup) => World.Child.Cinder.Backups.Single(one => $"cascade://{World.Host}/{one.Id}" == (string?)Row(backup)["service_metadata"]);

    /// <summary>What the caller of a call hears.</summary>
    internal RpcFault Heard(Order order) => Assert.CatchAsync<RpcFault>(() => DeliverAsync(order))!;
}
