using System.Globalization;
using Cascade.Support;

namespace Cascade.NovaProxy.Tests.Kills;

/// <summary>kill -9 of the real process: between any two steps, and at any moment (D2).</summary>
[NonParallelizable]
public sealed class KillTests : KillFixture
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    [Test]
    public async Task Killed_at_every_step_of_a_build_there_is_one_server_and_it_is_active()
    {
        var living = new List<string>();
        for (var step = 1; ; step++)
        {
            var trap = World.KillAt(step);
            var uuid = await World.Parent.BootAsync($"build-{step}");
            living.Add(uuid);
            var active = World.Parent.ExpectInstanceAsync(uuid, "active", Patience);
            var killed = await Task.WhenAny(trap.Sprung, active) == trap.Sprung;
            World.Disarm();
            if (killed)
            {
                await TestContext.Out.WriteLineAsync($"step {step}: killed at {await trap.Sprung}");
                await World.StartAgentAsync();
            }

            await DoneAsync(active, uuid);
            await World.ExpectWholeAsync(living);
            if (!killed)
            {
                break;
            }
        }

        Assert.That(World.Kills, Is.GreaterThan(15), "a build has more steps than that");
    }

    [Test]
    public async Task Killed_at_every_step_of_a_delete_nothing_is_left_in_either_cloud()
    {
        for (var step = 1; ; step++)
        {
            var uuid = await World.Parent.BootAsync($"delete-{step}");
            await DoneAsync(World.Parent.ExpectInstanceAsync(uuid, "active", Patience), uuid);
            var trap = World.KillAt(step);
            await World.Parent.DeleteAsync(uuid);
            var gone = World.Parent.ExpectGoneAsync(uuid, Patience);
            var killed = await Task.WhenAny(trap.Sprung, gone) == trap.Sprung;
            World.Disarm();
            if (killed)
            {
                await TestContext.Out.WriteLineAsync($"step {step}: killed at {await trap.Sprung}");
                await World.StartAgentAsync();
            }

            await DoneAsync(gone, uuid);
            await World.ExpectWholeAsync([]);
            Assert.That(World.Parent.Cloud.Placement.Consumers.Keys, Does.Not.Contain(uuid));
            if (!killed)
            {
                break;
            }
        }

        Assert.That(World.Kills, Is.GreaterThan(5), "a delete has more steps than that");
    }

    [Test]
    public async Task A_create_that_comes_through_after_our_death_is_a_duplicate_that_the_reaper_ends()
    {
        var create = World.Child.On("POST", "/servers").HoldBefore();
        var uuid = await World.Parent.BootAsync();
        await World.Child.UntilAsync(cloud => cloud.Count("POST", "/servers") == 1, Patience);
        await World.KillAsync();
        await World.StartAgentAsync();
        await DoneAsync(World.Parent.ExpectInstanceAsync(uuid, "active", Patience), uuid);
        create.Release();
        await World.Child.UntilAsync(cloud => cloud.Nova.Made == 6, Patience);

        await World.ExpectWholeAsync([uuid]);
    }

    /// <summary>As many as <c>CASCADE_KILLS</c> says (200 take ten minutes); fewer without it. The seed is printed and may be given by <c>CASCADE_SEED</c>.</summary>
    [Test]
    public async Task Killed_at_random_moments_under_load_every_instance_has_one_server_or_none()
    {
        var seed = Number("CASCADE_SEED") ?? 20261122;
        var kills = Number("CASCADE_KILLS") ?? (Environment.GetEnvironmentVariable("CI") == "true" ? 15 : 12);
        await TestContext.Out.WriteLineAsync($"seed {seed}, {kills} kills");
        var random = new Random(seed);
        var living = new List<string>();
        var dying = new List<string>();
        World.Child.Nova.Pause = TimeSpan.FromMilliseconds(300);
        for (var kill = 0; kill < kills; kill++)
        {
            await LoadAsync(random, kill, living, dying);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 2500)), TimeProvider.System);
            await World.KillAsync();
            await World.StartAgentAsync();
        }

        await ExpectWholeAsync(living, dying);
        await TestContext.Out.WriteLineAsync($"{World.Kills} kills, {living.Count} instances live, {dying.Count} were deleted, {World.Child.Nova.Made} servers were ever made");
    }

    /// <summary>As many times as <c>CASCADE_FREEZES</c> says; twice without it.</summary>
    [Test]
    public async Task Frozen_at_random_moments_another_copy_works_on_and_the_one_that_wakes_up_does_no_harm()
    {
        var random = new Random(Number("CASCADE_SEED") ?? 20261127);
        var (living, dying) = (new List<string>(), new List<string>());
        World.Child.Nova.Pause = TimeSpan.FromMilliseconds(300);
        for (var freeze = Number("CASCADE_FREEZES") ?? 2; freeze > 0; freeze--)
        {
            await LoadAsync(random, freeze, living, dying);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 2500)), TimeProvider.System);
            await World.SleepOverAsync(() => LoadAsync(random, freeze + 1000, living, dying));
        }

        await ExpectWholeAsync(living, dying);
    }

    async Task ExpectWholeAsync(List<string> living, List<string> dying)
    {
        foreach (var uuid in living)
        {
            await DoneAsync(World.Parent.ExpectInstanceAsync(uuid, "active", Patience), uuid);
        }

        foreach (var uuid in dying)
        {
            await DoneAsync(World.Parent.ExpectGoneAsync(uuid, Patience), uuid);
        }

        await World.ExpectWholeAsync(living);
    }

    /// <summary>A build or two, a delete now and then, of an instance in whatever state it is.</summary>
    async Task LoadAsync(Random random, int kill, List<string> living, List<string> dying)
    {
        for (var more = random.Next(1, 3); more > 0; more--)
        {
            living.Add(await World.Parent.BootAsync($"random-{kill}-{more}"));
        }

        while (living.Count > 1 && random.Next(100) < 45)
        {
            var uuid = living[random.Next(living.Count)];
            living.Remove(uuid);
            dying.Add(uuid);
            await World.Parent.DeleteAsync(uuid);
        }
    }

    async Task DoneAsync(Task expected, string uuid)
    {
        try
        {
            await expected;
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{uuid} is {World.Parent.Conductor.Instance(uuid)!.ToJsonString()}\n{World.Tail()}");
        }
    }

    static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
