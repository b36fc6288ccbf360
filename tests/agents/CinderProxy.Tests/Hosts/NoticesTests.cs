using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Notifications;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Wire.Notifications;
using Cascade.Support;
using CinderProxy.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CinderProxy.Tests.Hosts;

/// <summary>Notifications on a real broker, held against a native cinder-volume's (Samples/notifications).</summary>
sealed class NoticesTests
{
    static readonly string[] Expected =
    [
        "volume.create.start", "volume.create.end",
        "snapshot.create.start", "snapshot.create.end",
        "volume.revert.start", "snapshot.revert.start", "volume.revert.end", "snapshot.revert.end",
        "snapshot.delete.start", "snapshot.delete.end",
        "volume.resize.start", "volume.resize.end",
        "volume.retype",
        // The ends of an attachment of today are the API's to tell, or nobody's.
        "volume.attach.start", "volume.detach.start",
        "volume.attach.start", "volume.attach.end", "volume.detach.start", "volume.detach.end",
        "volume.manage_existing.start", "volume.manage_existing.end",
        "volume.delete.start", "volume.delete.end",
    ];

    Broker broker = null!;
    Ear heard = null!;
    World world = null!;

    [SetUp]
    public async Task Begin()
    {
        Broker.AvailableOrIgnore();
        broker = await Broker.StartAsync();
        var vhost = await broker.VhostAsync();
        heard = await Ear.OpenAsync(broker, vhost);
        world = await World.StartAsync();
        world.Configuration = $"[oslo_messaging_notifications]\ndriver = messagingv2\ntransport_url = {broker.TransportUrl(vhost)}";
        await world.RebornAsync();
    }

    [TearDown]
    public async Task End()
    {
        foreach (var one in new IAsyncDisposable?[] { world, heard, broker })
        {
            await (one?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    [Test]
    public async Task Each_operation_is_told_in_natives_order_words_and_members()
    {
        await LiveAsync();

        var told = await heard.TakeAsync(Expected.Length);
        Assert.That(told.Select(notice => notice.EventType), Is.EqualTo(Expected));
        Assert.Multiple(() =>
        {
            foreach (var notice in told)
            {
                var native = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "notifications", $"{notice.EventType}.json")))!["oslo_message_decoded"]!;
                var members = native["payload"]!.AsObject().Select(member => member.Key);
                Assert.That(notice.Payload!.AsObject().Select(member => member.Key), Is.EquivalentTo(members), notice.EventType);
                // The sample of a detach's end is of the API's own.
                var publisher = notice.EventType == "volume.detach.end" ? $"volume.{World.Host}" : (string)native["publisher_id"]!;
                Assert.That(notice.PublisherId.Replace("#nova", "#ssd", StringComparison.Ordinal), Is.EqualTo(publisher), notice.EventType);
            }
        });
        var sizes = told.Where(notice => notice.EventType.StartsWith("volume.resize", StringComparison.Ordinal)).Select(notice => ((int)notice.Payload!["size"]!, (string)notice.Payload["status"]!));
        Assert.That(sizes, Is.EqualTo(new[] { (1, "extending"), (3, "available") }));
    }

    /// <summary>cinder/volume/manager.py: delete_volume with unmanage_only, and with cascade, which deletes each snapshot by delete_snapshot.</summary>
    static readonly string[] OfEnds =
    [
        "volume.create.start", "volume.create.end", "volume.unmanage.start", "volume.unmanage.end",
        "volume.create.start", "volume.create.end", "snapshot.create.start", "snapshot.create.end",
        "volume.delete.start", "snapshot.delete.start", "snapshot.delete.end", "volume.delete.end",
    ];

    [Test]
    public async Task What_is_given_up_is_told_of_as_such_and_what_goes_with_its_snapshots_with_each_of_them()
    {
        await world.DoAsync(world.Api.Delete(await world.VolumeAsync(), unmanage: true));
        var volume = await world.VolumeAsync();
        var snapshot = await world.SnapshotAsync(volume);
        world.Rows.Insert("snapshot_metadata", ("id", 9), ("snapshot_id", snapshot), ("key", "purpose"), ("value", "test"));
        await world.DoAsync(world.Api.Delete(volume, cascade: true));

        var told = await heard.TakeAsync(OfEnds.Length);
        Assert.That(told.Select(notice => notice.EventType), Is.EqualTo(OfEnds));
        var ends = told.Where(notice => notice.EventType.StartsWith("snapshot.delete", StringComparison.Ordinal)).Select(notice => notice.Payload!).ToList();
        Assert.That(ends.Select(payload => ((string?)payload["metadata"], (string?)payload["availability_zone"])), Is.All.EqualTo(("{'purpose': 'test'}", "nova")));
    }

    static readonly string[] OfGroups =
    [
        "group.create.start", "group.create.end",
        "volume.create.start", "volume.create.end",
        "group.update.start", "group.update.end", "volume.update.end",
        "group_snapshot.create.start", "snapshot.create.start", "snapshot.create.end", "group_snapshot.create.end",
        "group.create.start", "volume.create.start", "volume.create.end", "group.create.end",
        "group_snapshot.delete.start", "snapshot.delete.start", "snapshot.delete.end", "group_snapshot.delete.end",
        "group.delete.start", "volume.delete.start", "volume.delete.end", "group.delete.end",
    ];

    [Test]
    public async Task Groups_are_told_of_with_each_of_their_members()
    {
        var group = world.Api.CreateGroup();

        await world.DoAsync(group);
        await world.DoAsync(world.Api.UpdateGroup(group.Id, [await world.VolumeAsync()], []));
        var snapshot = world.Api.CreateGroupSnapshot(group.Id);
        await world.DoAsync(snapshot);
        await world.DoAsync(world.Api.CreateGroupFrom(snapshot.Id));
        await world.DoAsync(world.Api.DeleteGroupSnapshot(snapshot.Id));
        await world.DoAsync(world.Api.DeleteGroup(group.Id));

        var told = await heard.TakeAsync(OfGroups.Length);
        Assert.That(told.Select(notice => notice.EventType), Is.EqualTo(OfGroups));
        Assert.Multiple(() =>
        {
            foreach (var notice in told.Where(notice => notice.EventType.StartsWith("group", StringComparison.Ordinal)))
            {
                Assert.That(notice.PublisherId, Is.EqualTo($"{notice.EventType.Split('.')[0]}.{World.Host}"), notice.EventType);
                Assert.That(DateTimeOffset.Parse((string)notice.Payload!["created_at"]!, CultureInfo.InvariantCulture).Year, Is.GreaterThan(2000), notice.EventType);
            }
        });
        Assert.That(told.Skip(11).Take(4).Select(notice => notice.PublisherId.Split('.')[1]), Is.All.EqualTo(World.Host), "a member is told of by the service, not by its pool");
        // As natives tell it: of a group that is gone what its row said before, of a snapshot of one that it is deleted.
        string?[] Statuses(string kind) => [.. told.Where(notice => notice.EventType.StartsWith(kind, StringComparison.Ordinal)).Select(notice => (string?)notice.Payload!["status"])];
        Assert.That(Statuses("group."), Is.EqualTo(new[] { "creating", "available", "updating", "available", "creating", "available", "deleting", "deleting" }));
        Assert.That(Statuses("group_snapshot."), Is.EqualTo(new[] { "creating", "available", "deleting", "deleted" }));
    }

    async Task LiveAsync()
    {
        var volume = await world.VolumeAsync();
        var snapshot = await world.SnapshotAsync(volume);
        await world.DoAsync(world.Api.Revert(volume, snapshot));
        await world.DoAsync(world.Api.DeleteSnapshot(snapshot));
        await world.DoAsync(world.Api.Extend(volume, 3));
        await world.DoAsync(world.Api.Retype(volume, FakeCinderApi.Silver));
        var attachment = world.Api.Reserve(volume, Guid.NewGuid().ToString());
        await world.DeliverAsync(world.Api.UpdateAttachment(attachment));
        await world.ThroughAsync(world.DeliverAsync(world.Api.DeleteAttachment(attachment)));
        world.Api.Detached(attachment);
        await world.DeliverAsync(world.Api.Attach(volume, Guid.NewGuid().ToString()));
        await world.DeliverAsync(world.Api.Detach(volume, null));
        var theirs = world.Child.Cinder.Make(world.Api.Project);
        await world.DoAsync(world.Api.Manage(new JsonObject { ["source-id"] = theirs.Id }));
        await world.DoAsync(world.Api.Delete(volume));
    }

    /// <summary>Somebody who listens on the parent's bus.</summary>
    sealed class Ear : IAsyncDisposable
    {
        readonly RabbitTransport bus;
        readonly NotificationListener listener;
        readonly CancellationTokenSource ending = new();
        readonly System.Threading.Channels.Channel<Notification> notices = System.Threading.Channels.Channel.CreateUnbounded<Notification>();
        Task listening = Task.CompletedTask;

        Ear(RabbitTransport bus)
        {
            this.bus = bus;
            listener = bus.CreateNotificationListener(new("test", "openstack", ["notifications"]));
        }

        public static async Task<Ear> OpenAsync(Broker broker, string vhost)
        {
            var ear = new Ear(new(
                new RabbitOptions { Hosts = [new RabbitHost("127.0.0.1", broker.Port, "guest", "guest")], VirtualHost = vhost, ControlExchange = "openstack", ProcessName = "ear" },
                NullLoggerFactory.Instance,
                TimeProvider.System));
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ear.listening = ear.listener.RunAsync(notice => ear.notices.Writer.TryWrite(notice), () => started.TrySetResult(), ear.ending.Token);
            await started.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return ear;
        }

        public async Task<IReadOnlyList<Notification>> TakeAsync(int count)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
            var taken = new List<Notification>();
            while (taken.Count < count)
            {
                taken.Add(await notices.Reader.ReadAsync(limit.Token));
            }

            return taken;
        }

        public async ValueTask DisposeAsync()
        {
            await ending.CancelAsync();
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await listener.DisposeAsync();
            await bus.DisposeAsync();
            ending.Dispose();
        }
    }
}
