using Cascade.Mirror.Vitals;
using Cascade.Mirror.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.Mirror.Tests;

public sealed partial class WatchTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task A_watch_says_what_it_waits_for_and_since_when()
    {
        await watch.LookAsync(default);
        watch.Expect("a");
        time.Advance(Second * 3);
        watch.Expect("b");
        time.Advance(Second * 4);

        Assert.That(watch.Read().Pending, Is.EqualTo(new Pending("child", 2, Second * 7)));
        Assert.That(watch.Read().SinceLook, Is.EqualTo(Second * 7));
        watch.Settle("a");
        Assert.That(watch.Read().Pending, Is.EqualTo(new Pending("child", 1, Second * 4)));
    }

    [Test]
    public async Task What_cannot_be_told_makes_a_watch_lag()
    {
        scene.Things["bad"] = new("bad", "p", "active");
        scene.Bad = "bad";
        await watch.LookAsync(default);
        time.Advance(Second * 5);
        await watch.LookAsync(default);
        Assert.That(watch.Read().Untold, Is.EqualTo(Second * 5));

        scene.Bad = null;
        await watch.LookAsync(default);
        Assert.That(watch.Read().Untold, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task What_changed_without_an_order_is_drift_until_it_is_told()
    {
        scene.Things["a"] = new("a", "p", "active");
        await watch.LookAsync(default);
        watch.Expect("a");
        scene.Things["a"] = new("a", "p", "stopped");
        await watch.LookAsync(default);
        watch.Settle("a");
        Assert.That((Seen.Found, Seen.Open), Is.EqualTo((0, 0)), "the first sight, and what was ordered");

        scene.Things["a"] = new("a", "p", "active");
        scene.Bad = "a";
        await watch.LookAsync(default);
        Assert.That((Seen.Found, Seen.Open, Seen.Healed), Is.EqualTo((1, 1, 0)));
        scene.Bad = null;
        await watch.LookAsync(default);
        Assert.That((Seen.Found, Seen.Open, Seen.Healed), Is.EqualTo((1, 0, 1)));
    }

    [Test]
    public async Task What_vanished_without_an_order_is_drift_and_what_was_to_go_is_none()
    {
        scene.Things["a"] = new("a", "p", "active");
        scene.Things["b"] = new("b", "q", "active");
        scene.Believed.UnionWith(["a", "b"]);
        await watch.LookAsync(default);
        watch.Expect("b");
        scene.Things.Clear();
        watch.CompareNow("a test");
        await watch.LookAsync(default);

        Assert.That((Seen.Found, Seen.Healed), Is.EqualTo((1, 1)));
        Assert.That(scene.Gone, Is.EquivalentTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task What_runs_is_shown_and_what_has_ended_is_not()
    {
        using var shown = new Watch<Thing>("shown while it runs", scene, options, time, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var running = shown.RunAsync(stop.Token);
        Assert.That(Ongoing.Now.Select(vital => vital.Kind), Does.Contain("shown while it runs"));
        Assert.That(Ongoing.Of<ICompares>(), Does.Contain(shown));

        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.That(Ongoing.Now.Select(vital => vital.Kind), Does.Not.Contain("shown while it runs"));
    }

    Drift Seen => watch.Read().Drift!;
}
