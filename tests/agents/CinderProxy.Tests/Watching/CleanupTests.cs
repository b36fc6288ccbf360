using System.Globalization;
using System.Text.Json.Nodes;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Watching;

/// <summary>POST /workers/cleanup: what the administrator means and no more (cinder/manager.py: CleanableManager.do_cleanup).</summary>
sealed class CleanupTests : WorldTest
{
    [Test]
    public async Task Of_what_is_going_only_what_he_names_goes_at_once()
    {
        var (named, other) = (await World.VolumeAsync(), await World.VolumeAsync());
        _ = (Api.Delete(named), Api.Delete(other));

        await CleanAsync(asked => (asked["resource_type"], asked["resource_id"]) = ("Volume", named));

        Assert.That((World.Status(named), World.Status(other)), Is.EqualTo(("deleted", "deleting")));
    }

    [Test]
    public async Task Of_the_kinds_only_the_one_that_he_names_is_looked_at()
    {
        var volume = await World.VolumeAsync();
        var snapshot = await World.SnapshotAsync(await World.VolumeAsync());
        _ = (Api.Delete(volume), Api.DeleteSnapshot(snapshot));

        await CleanAsync(asked => asked["resource_type"] = "Snapshot");

        Assert.That((World.Status(volume), World.SnapshotRow(snapshot)["deleted"]), Is.EqualTo(("deleting", 1L)));
    }

    [Test]
    public async Task Another_service_s_cleanup_touches_nothing_here()
    {
        var volume = await World.VolumeAsync();
        _ = Api.Delete(volume);

        await CleanAsync(asked => asked["service_id"] = 4711);

        Assert.That(World.Status(volume), Is.EqualTo("deleting"));
    }

    [Test]
    public async Task A_create_whose_message_is_yet_to_come_is_not_ended_by_a_cleanup()
    {
        var order = Api.Create();

        await CleanAsync();
        Assert.That(World.Status(order.Id), Is.EqualTo("creating"));
        await World.DoAsync(order);

        Assert.That(World.Status(order.Id), Is.EqualTo("available"));
    }

    [Test]
    public async Task A_create_that_was_begun_here_and_of_which_nothing_is_left_ends_at_once()
    {
        var (volume, snapshot) = (Api.Create().Id, Api.Snapshot(await World.VolumeAsync()).Id);
        Begin(volume);
        Begin(snapshot);

        await CleanAsync();

        Assert.That((World.Status(volume), World.SnapshotRow(snapshot)["status"], World.Workers.Count), Is.EqualTo(("error", "error", 0)));
    }

    [Test]
    public async Task What_was_begun_after_he_asked_is_none_of_it()
    {
        var (going, making) = (await World.VolumeAsync(), Api.Create().Id);
        _ = Api.Delete(going);
        Begin(going);
        Begin(making);

        await CleanAsync(asked => asked["until"] = Time(-60));

        Assert.That((World.Status(going), World.Status(making)), Is.EqualTo(("deleting", "creating")));
    }

    [Test]
    public async Task What_has_become_something_else_meanwhile_is_left()
    {
        var making = Api.Create().Id;
        Begin(making);
        World.Rows.Run("UPDATE workers SET status='deleting' WHERE resource_id=@p0", making);

        await CleanAsync();

        Assert.That(World.Status(making), Is.EqualTo("creating"));
    }

    /// <summary>This service has claimed it, and died.</summary>
    void Begin(string id) =>
        World.Rows.Run("UPDATE workers SET service_id=(SELECT id FROM services WHERE \"binary\"='cinder-volume'), updated_at=@p1 WHERE resource_id=@p0", id, ParentRows.Now);

    /// <summary>As the API sends it when nothing narrows it: now, of our service.</summary>
    async Task CleanAsync(Action<JsonObject>? narrow = null)
    {
        await World.DeliverAsync(RpcSample.Order("do_cleanup", "-", Api.Project, Api.User, args =>
        {
            var asked = args["cleanup_request"]!["versioned_object.data"]!.AsObject();
            asked["service_id"] = World.Rows.Number("SELECT id FROM services WHERE \"binary\"='cinder-volume'");
            asked["until"] = Time(60);
            narrow?.Invoke(asked);
        }));
        await World.LookAsync();
    }

    string Time(int seconds) => World.Time.GetUtcNow().AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
