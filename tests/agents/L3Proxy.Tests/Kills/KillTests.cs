using System.Globalization;
using Cascade.Support;
using Cascade.Support.Parent;
using L3Proxy.Tests.Whole;

namespace L3Proxy.Tests.Kills;

/// <summary>kill -9 of the real process at any moment, while routers and floating IPs come, change and go (D2).</summary>
[NonParallelizable]
public sealed class KillTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    Broker broker = null!;
    WholeWorld world = null!;
    AgentUnderTest agent = null!;
    AgentUnderTest? standby;

    [SetUp]
    public async Task Begin()
    {
        Broker.AvailableOrIgnore();
        broker = await Broker.StartAsync();
        world = await WholeWorld.StartAsync(broker);
        world.Child.Neutron.SetQuota(world.Child.Keystone.ProjectId, "router", -1);
        world.Child.Neutron.SetQuota(world.Child.Keystone.ProjectId, "floatingip", -1);
        agent = Copy();
        await agent.UntilWrittenAsync("Everything is compared (start)", Patience);
    }

    [TearDown]
    public async Task End()
    {
        if (agent is not null)
        {
            await agent.DisposeAsync();
        }

        if (standby is not null)
        {
            await standby.DisposeAsync();
        }

        if (world is not null)
        {
            await world.DisposeAsync();
        }

        if (broker is not null)
        {
            await broker.DisposeAsync();
        }
    }

    /// <summary>As many as <c>CASCADE_KILLS</c> says; ten without it. The seed is printed and may be given by <c>CASCADE_SEED</c>. A second copy stands by each time.</summary>
    [Test]
    public async Task Killed_at_random_moments_under_load_both_sides_are_equal_in_the_end()
    {
        var seed = Number("CASCADE_SEED") ?? 20261127;
        var kills = Number("CASCADE_KILLS") ?? 10;
        await TestContext.Out.WriteLineAsync($"seed {seed}, {kills} kills");
        var random = new Random(seed);
        var load = new RouterLoad(world, random);
        for (var kill = 0; kill < kills; kill++)
        {
            standby ??= Copy();
            await standby.UntilWrittenAsync("leader is Standby", Patience);
            load.Next();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 600)), TimeProvider.System);
            await agent.KillAsync();
            await agent.DisposeAsync();
            (agent, standby) = (standby, null);
            await agent.UntilWrittenAsync("leader is Up", Patience);
        }

        await ExpectWholeAsync(load);
        await TestContext.Out.WriteLineAsync($"{kills} kills; {load}");
    }

    /// <summary>As many times as <c>CASCADE_FREEZES</c> says; twice without it.</summary>
    [Test]
    public async Task Frozen_at_random_moments_another_copy_works_on_and_the_one_that_wakes_up_does_no_harm()
    {
        var random = new Random(Number("CASCADE_SEED") ?? 20261127);
        var load = new RouterLoad(world, random);
        AgentUnderTest? woken = null;
        try
        {
            for (var freeze = Number("CASCADE_FREEZES") ?? 2; freeze > 0; freeze--)
            {
                await (woken?.DisposeAsync() ?? default);
                woken = null;
                standby ??= Copy();
                await standby.UntilWrittenAsync("leader is Standby", Patience);
                load.Next();
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 600)), TimeProvider.System);
                await agent.SleepAsync(
                    standby,
                    () =>
                    {
                        load.Next();
                        return Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 1000)), TimeProvider.System);
                    },
                    Patience);
                (agent, standby, woken) = (standby, null, agent);
            }

            await ExpectWholeAsync(load);
        }
        finally
        {
            await (woken?.DisposeAsync() ?? default);
        }
    }

    async Task ExpectWholeAsync(RouterLoad load)
    {
        load.SwitchOn();
        try
        {
            await world.Child.UntilAsync(_ => load.Wrong() is null, Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{load.Wrong()}\n{string.Join('\n', agent.Log.Split('\n').TakeLast(60))}");
        }
    }

    AgentUnderTest Copy() => world.Start("reaper_grace = 3\naudit_interval = 5");

    static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
