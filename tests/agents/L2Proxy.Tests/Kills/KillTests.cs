using System.Globalization;
using Cascade.Support;

namespace Cascade.L2Proxy.Tests.Kills;

/// <summary>kill -9 of the real process: between any two steps, and at any moment (D2).</summary>
[NonParallelizable]
public sealed class KillTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

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
    public async Task Killed_at_every_step_of_making_a_port_there_is_one_of_everything_and_it_goes_up()
    {
        var living = new List<string>();
        for (var step = 1; ; step++)
        {
            var network = Network(step);
            var trap = world.KillAt(step);
            var port = world.Parent.Server.AddPort(network, world.Parent.Host);
            living.Add(port);
            var active = GoesUpAsync(port);
            var killed = await Task.WhenAny(trap.Sprung, active) == trap.Sprung;
            world.Disarm();
            if (killed)
            {
                await TestContext.Out.WriteLineAsync($"step {step}: killed at {await trap.Sprung}");
                await world.StartAgentAsync();
            }

            await DoneAsync(active, port);
            await world.ExpectWholeAsync(living);
            if (!killed)
            {
                break;
            }
        }

        Assert.That(world.Kills, Is.GreaterThan(10), "a port on a new network has more steps than that");
    }

    [Test]
    public async Task Killed_at_every_step_of_removing_a_port_nothing_is_left_in_either_cloud()
    {
        for (var step = 1; ; step++)
        {
            var port = world.Parent.Server.AddPort(Network(step), world.Parent.Host);
            await DoneAsync(world.Child.UntilAsync(_ => world.ChildPort(port) is not null, Patience), port);
            await world.ExpectWholeAsync([port]);
            var trap = world.KillAt(step);
            world.Parent.Server.DeletePort(port);
            var gone = world.ExpectWholeAsync([]);
            var killed = await Task.WhenAny(trap.Sprung, gone) == trap.Sprung;
            world.Disarm();
            if (killed)
            {
                await TestContext.Out.WriteLineAsync($"step {step}: killed at {await trap.Sprung}");
                await world.StartAgentAsync();
            }

            await gone;
            if (!killed)
            {
                break;
            }
        }

        Assert.That(world.Kills, Is.GreaterThan(4), "removing the last port of a network has more steps than that");
    }

    /// <summary>
    /// As many as <c>CASCADE_KILLS</c> says (200 take three minutes); fewer without it. The seed is printed and may be given by <c>CASCADE_SEED</c>. A second
    /// copy stands by each time, so that a death costs no start and every take-over is one that operators will see.
    /// </summary>
    [Test]
    public async Task Killed_at_random_moments_under_load_every_port_has_one_or_none()
    {
        var seed = Number("CASCADE_SEED") ?? 20261122;
        var kills = Number("CASCADE_KILLS") ?? (Environment.GetEnvironmentVariable("CI") == "true" ? 20 : 12);
        await TestContext.Out.WriteLineAsync($"seed {seed}, {kills} kills");
        var random = new Random(seed);
        var load = new RandomLoad(world, random, [.. Enumerable.Range(1, 4).Select(Network)]);
        for (var kill = 0; kill < kills; kill++)
        {
            await world.StandByAsync();
            load.Next();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 600)), TimeProvider.System);
            await world.KillOverAsync();
        }

        await world.ExpectWholeAsync(load.Living);
        Assert.That(load.Living.Count(port => (string?)world.Parent.Server.Port(port)!["status"] == "ACTIVE"), Is.GreaterThan(0), "some of them were plugged in");
        await TestContext.Out.WriteLineAsync($"{world.Kills} kills; {load}");
    }

    /// <summary>As many times as <c>CASCADE_FREEZES</c> says; twice without it.</summary>
    [Test]
    public async Task Frozen_at_random_moments_another_copy_works_on_and_the_one_that_wakes_up_does_no_harm()
    {
        var random = new Random(Number("CASCADE_SEED") ?? 20261127);
        var load = new RandomLoad(world, random, [.. Enumerable.Range(1, 4).Select(Network)]);
        for (var freeze = Number("CASCADE_FREEZES") ?? 2; freeze > 0; freeze--)
        {
            load.Next();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 600)), TimeProvider.System);
            await world.SleepOverAsync(() =>
            {
                load.Next();
                return Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 1000)), TimeProvider.System);
            });
        }

        await world.ExpectWholeAsync(load.Living);
    }

    async Task GoesUpAsync(string port)
    {
        await world.Child.UntilAsync(_ => world.ChildPort(port) is not null, Patience);
        world.Plug(port);
        await world.Parent.ExpectPortAsync(port, "ACTIVE", Patience);
    }

    string Network(int number)
    {
        var network = world.Parent.Server.AddNetwork($"net-{number}");
        world.Parent.Server.AddSubnet(network, $"10.{number + 10}.0.0/24");
        return network;
    }

    async Task DoneAsync(Task expected, string port)
    {
        try
        {
            await expected;
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{port} is {world.Parent.Server.Port(port)?.ToJsonString()}\n{world.Tail()}");
        }
    }

    static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
