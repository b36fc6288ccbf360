using Cascade.Mirror.Watching;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.Mirror.Tests;

[TestFixture]
public sealed class NudgeTests
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    readonly FakeTimeProvider clock = new();

    [Test]
    public async Task Nudges_that_came_while_nobody_waited_end_one_pause_at_once_and_not_the_next()
    {
        using var nudge = new Nudge(clock);
        nudge.Give();
        nudge.Give();
        Assert.That(await nudge.WaitAsync(Pause, CancellationToken.None), Is.True);

        var next = nudge.WaitAsync(Pause, CancellationToken.None);
        Assert.That(next.IsCompleted, Is.False);
        clock.Advance(Pause);
        Assert.That(await next, Is.False, "it went by");
    }

    [Test]
    public async Task A_nudge_ends_the_pause_of_who_waits()
    {
        using var nudge = new Nudge(clock);
        var waiting = nudge.WaitAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
        nudge.Give();
        Assert.That(await waiting, Is.True);
    }

    [Test]
    public async Task Who_is_cancelled_hears_it_as_that_and_not_as_a_pause_that_is_over()
    {
        using var nudge = new Nudge(clock);
        using var stop = new CancellationTokenSource();
        var waiting = nudge.WaitAsync(Pause, stop.Token);
        await stop.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }
}
