using System.Text.Json.Nodes;

namespace L2Proxy.Tests.Parent;

/// <summary>What stands in one report after the other.</summary>
sealed class ReportsTest
{
    [Test]
    public async Task The_versions_are_told_once_and_the_start_until_everything_was_compared()
    {
        await using var world = new ParentWorld();
        world.Reports.Begin();
        await world.Reports.SendAsync(default);
        await world.Reports.SendAsync(default);
        Assert.That(Told(world), Is.EqualTo(new[] { (true, true), (false, true) }));

        await CompareAsync(world);
        await world.Reports.SendAsync(default);
        Assert.That(Told(world)[^1], Is.EqualTo((false, false)));
    }

    [Test]
    public async Task A_report_that_was_dropped_told_nothing_so_the_next_one_tells_it_again()
    {
        await using var world = new ParentWorld();
        world.Parent.StartTime = world.Time.GetUtcNow().AddSeconds(1);
        world.Reports.Begin();
        Assert.That(await world.Reports.SendAsync(default), Is.False);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await world.Reports.SendAsync(default), Is.True);

        Assert.That(Told(world).Select(report => report.Versions), Is.EqualTo(new[] { true, true }));
    }

    [Test]
    public async Task Silence_longer_than_the_parent_s_patience_makes_everything_be_compared()
    {
        await using var world = new ParentWorld();
        world.Reports.Begin();
        await world.Reports.SendAsync(default);
        world.Time.Advance(TimeSpan.FromSeconds(76));
        await world.Reports.SendAsync(default);

        Assert.That(world.Book.Take()!.Resync, Is.EqualTo("the parent took the agent for dead"));
        await world.Reports.SendAsync(default);
        Assert.That(Told(world)[^1].Versions, "a row that was dead is told the versions again: the server forgets those of dead agents");
    }

    [Test]
    public async Task The_first_report_of_a_new_agent_asks_for_no_comparison_of_its_own()
    {
        await using var world = new ParentWorld();
        world.Reports.Begin();
        await world.Reports.SendAsync(default);

        Assert.That(world.Book.Take(), Is.Null);
    }

    /// <summary>Lets the pump do its first comparison.</summary>
    static async Task CompareAsync(ParentWorld world)
    {
        using var stop = new CancellationTokenSource();
        var pump = world.Pump.RunAsync(stop.Token);
        while (!world.Pump.HasSynced)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => pump);
    }

    static List<(bool Versions, bool Start)> Told(ParentWorld world) =>
        [.. world.Parent.CallsOf("report_state").Select(call => call.Arguments["agent_state"]!["agent_state"]!.AsObject()).Select(state => (state.ContainsKey("resource_versions"), state.ContainsKey("start_flag")))];
}
