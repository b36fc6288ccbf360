using System.Globalization;
using System.Text;
using Cascade.Support;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Kills;

/// <summary>kill -9 of the real process: between any two steps, and at any moment (D2).</summary>
[NonParallelizable]
sealed class KillTests
{
    KillWorld world = null!;

    [SetUp]
    public async Task Begin()
    {
        Broker.AvailableOrIgnore();
        world = await KillWorld.StartAsync();
    }

    [TearDown]
    public async Task End()
    {
        if (world is not null)
        {
            await world.DisposeAsync();
        }
    }

    [Test]
    public async Task Killed_at_every_step_of_a_create_there_is_one_volume_and_it_is_available()
    {
        var steps = await AtEveryStepAsync(() => world.Api.Create(), id => world.Status(id) == "available");

        Assert.That(world.Child.Cinder.Volumes, Has.Count.EqualTo(steps));
    }

    [Test]
    public async Task Killed_at_every_step_of_a_delete_nothing_is_left_in_either_cloud()
    {
        await AtEveryStepAsync(
            async () => world.Api.Delete(await VolumeAsync()),
            id => world.Rows.Row("volumes", id)["deleted"] is 1L);

        Assert.That(world.Child.Cinder.Volumes, Is.Empty);
        Assert.That(world.Api.Quota.InUse, Is.Empty);
    }

    [Test]
    public async Task Killed_at_every_step_of_a_snapshot_there_is_one_and_it_is_available()
    {
        var volume = await VolumeAsync();
        var steps = await AtEveryStepAsync(() => world.Api.Snapshot(volume), id => (string?)world.Rows.Row("snapshots", id)["status"] == "available");

        Assert.That(world.Child.Cinder.Snapshots, Has.Count.EqualTo(steps));
    }

    [Test]
    public async Task Killed_at_every_step_of_an_extend_the_volume_has_its_size_and_the_quota_is_right()
    {
        await AtEveryStepAsync(async () => world.Api.Extend(await VolumeAsync(), 3), id => world.Status(id) == "available");

        Assert.That(world.Rows.Texts("SELECT size FROM volumes"), Is.All.EqualTo("3"));
        Assert.That(world.Child.Cinder.Volumes.Select(volume => volume.Size), Is.All.EqualTo(3));
    }

    [Test]
    public async Task Killed_at_every_step_of_an_upload_the_bytes_are_there_and_nothing_stays_in_the_child()
    {
        await AtEveryStepAsync(
            async () =>
            {
                var volume = await VolumeAsync();
                world.Child.Cinder.Write((string)world.Rows.Row("volumes", volume)["provider_id"]!, "what the tenant wrote");
                var image = world.Above.Glance.Queue("of-volume", world.Api.Project);
                world.Above.Glance.Edit(image.Id, members => (members["disk_format"], members["container_format"]) = ("raw", "bare"));
                return world.Api.Upload(volume, image.Id);
            },
            id => world.Status(id) == "available");

        Assert.That(world.Above.Glance.Images.Select(image => Encoding.UTF8.GetString(image.Bytes ?? [])), Is.All.EqualTo("what the tenant wrote"));
        Assert.That(world.Child.Glance.Images, Is.Empty);
    }

    /// <summary>As many as <c>CASCADE_KILLS</c> says. The seed is printed and may be given by <c>CASCADE_SEED</c>.</summary>
    [Test]
    public async Task Killed_at_random_moments_under_load_rows_quota_and_child_say_the_same()
    {
        var (seed, kills) = (Number("CASCADE_SEED") ?? 20261127, Number("CASCADE_KILLS") ?? 8);
        await TestContext.Out.WriteLineAsync($"seed {seed}, {kills} kills");
        var random = new Random(seed);
        for (var kill = 0; kill < kills; kill++)
        {
            await LoadAsync(random);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 2500)), TimeProvider.System);
            await world.KillAsync();
            await world.StartAgentAsync();
        }

        var putBack = await world.PutBackUntilAsync(IsQuiet);
        await ExpectQuietAsync();
        await TestContext.Out.WriteLineAsync($"{putBack} orders were with five lives that were killed, and were put back");
        await TestContext.Out.WriteLineAsync($"{world.Kills} kills, {world.Rows.Number("SELECT COUNT(*) FROM volumes")} volumes were ever asked for, {world.Child.Cinder.Volumes.Count} live");
    }

    /// <summary>As many times as <c>CASCADE_FREEZES</c> says; twice without it.</summary>
    [Test]
    public async Task Frozen_at_random_moments_another_copy_works_on_and_the_one_that_wakes_up_does_no_harm()
    {
        var random = new Random(Number("CASCADE_SEED") ?? 20261127);
        for (var freeze = Number("CASCADE_FREEZES") ?? 2; freeze > 0; freeze--)
        {
            await LoadAsync(random);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 2500)), TimeProvider.System);
            await world.SleepOverAsync(() => LoadAsync(random));
        }

        await ExpectQuietAsync();
    }

    async Task ExpectQuietAsync()
    {
        await world.UntilAsync(IsQuiet);
        await world.ExpectWholeAsync();
        Assert.That(world.Rows.Texts("SELECT id FROM volumes WHERE deleted=0 AND status='error'"), Is.Empty);
    }

    /// <summary>A create or two, and something of what is there: an extend, a snapshot, a delete.</summary>
    async Task LoadAsync(Random random)
    {
        for (var more = random.Next(1, 4); more > 0; more--)
        {
            await world.CastAsync(world.Api.Create(random.Next(1, 5)));
        }

        foreach (var id in world.Rows.Texts("SELECT id FROM volumes WHERE deleted=0 AND status='available'"))
        {
            switch (random.Next(5))
            {
                // The API refuses while a snapshot is on its way (cinder/volume/api.py: delete).
                case 0 when world.Rows.Number("SELECT COUNT(*) FROM snapshots WHERE deleted=0 AND status='creating' AND volume_id=@p0", id) == 0:
                    await world.CastAsync(world.Api.Delete(id!, cascade: true));
                    break;
                case 1:
                    await world.CastAsync(world.Api.Extend(id!, world.Api.SizeOf(id!) + random.Next(1, 5)));
                    break;
                case 2:
                    await world.CastAsync(world.Api.Snapshot(id!));
                    break;
            }
        }
    }

    bool IsQuiet() =>
        world.Rows.Number("SELECT COUNT(*) FROM volumes WHERE deleted=0 AND status NOT IN ('available', 'error')")
        + world.Rows.Number("SELECT COUNT(*) FROM snapshots WHERE deleted=0 AND status NOT IN ('available', 'error')")
        + world.Rows.Number("SELECT COUNT(*) FROM workers") == 0;

    Task<int> AtEveryStepAsync(Func<Order> order, Func<string, bool> isDone) => AtEveryStepAsync(() => Task.FromResult(order()), isDone);

    /// <returns>How many orders were given: one for each step, and one that was not disturbed.</returns>
    async Task<int> AtEveryStepAsync(Func<Task<Order>> order, Func<string, bool> isDone)
    {
        for (var step = 1; ; step++)
        {
            var given = await order();
            if (!await world.KillAtAsync(step, given, () => isDone(given.Id)))
            {
                Assert.That(world.Kills, Is.GreaterThan(0), "it has at least one step");
                await world.UntilAsync(IsQuiet);
                await world.ExpectWholeAsync();
                return step;
            }
        }
    }

    async Task<string> VolumeAsync()
    {
        var order = world.Api.Create();
        await world.CastAsync(order);
        await world.UntilAsync(() => world.Status(order.Id) == "available", order);
        return order.Id;
    }

    static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
