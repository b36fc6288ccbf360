using Cascade.Mirror.Watching;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.Mirror.Tests;

public sealed partial class WatchTests
{
    readonly FakeTimeProvider time = new(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    readonly Scene scene = new();
    readonly WatchOptions options = new() { Overlap = TimeSpan.FromSeconds(60), Audit = TimeSpan.FromMinutes(10), Recheck = TimeSpan.FromSeconds(20) };

    Watch<Thing> watch = null!;

    [SetUp]
    public void Begin()
    {
        watch = new("servers", scene, options, time, NullLogger.Instance);
        scene.ChildNow = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }

    [TearDown]
    public void End() => watch.Dispose();

    [Test]
    public async Task The_first_look_lists_everything_and_the_next_only_what_changed_by_the_childs_clock()
    {
        await watch.LookAsync(default);
        var began = scene.ChildNow;
        scene.ChildNow += TimeSpan.FromSeconds(2);
        await watch.LookAsync(default);

        Assert.That(scene.Listed, Is.EqualTo(new DateTimeOffset?[] { null, began - options.Overlap }));
    }

    [Test]
    public async Task What_looks_the_same_is_told_once_and_what_changed_again()
    {
        scene.Things["a"] = new("a", "p", "active");
        await watch.LookAsync(default);
        await watch.LookAsync(default);
        scene.Things["a"] = new("a", "p", "stopped");
        await watch.LookAsync(default);

        Assert.That(scene.Told, Is.EqualTo(new[] { "a active", "a stopped" }));
    }

    [Test]
    public async Task What_is_expected_is_told_even_if_it_looks_as_before()
    {
        scene.Things["a"] = new("a", "p", "active");
        await watch.LookAsync(default);
        watch.Expect("a");
        await watch.LookAsync(default);

        Assert.That(scene.Told, Is.EqualTo(new[] { "a active", "a active" }));
    }

    [Test]
    public async Task What_was_asked_for_before_it_was_expected_is_told_again_when_it_is_asked_for_later()
    {
        scene.Things["a"] = new("a", "p", "active");
        await watch.LookAsync(default);
        scene.WhileListing = () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            watch.Expect("a");
        };
        await watch.LookAsync(default);
        scene.WhileListing = () => { };
        time.Advance(TimeSpan.FromSeconds(1));
        await watch.LookAsync(default);
        await watch.LookAsync(default);

        Assert.That(scene.Told, Is.EqualTo(new[] { "a active", "a active", "a active" }), "the second is older than what was expected and says nothing of it");
    }

    [Test]
    public async Task One_bad_item_is_told_again_and_never_stops_the_others()
    {
        scene.Things["bad"] = new("bad", "p", "active");
        scene.Things["good"] = new("good", "q", "active");
        scene.Bad = "bad";
        await watch.LookAsync(default);
        Assert.That(scene.Told, Is.EqualTo(new[] { "good active" }));

        scene.Bad = null;
        scene.OnlyChanges = true;
        await watch.LookAsync(default);
        Assert.That(scene.Told, Is.EqualTo(new[] { "good active", "bad active" }), "told again though the child did not list it again");
    }

    [Test]
    public async Task An_audit_finds_what_vanished_and_confirms_it_before_it_says_so()
    {
        scene.Believed.UnionWith(["there", "hidden", "gone"]);
        scene.Things["there"] = new("there", "p", "active");
        scene.Things["hidden"] = new("hidden", "q", "active");
        scene.Hidden.Add("hidden");
        await watch.LookAsync(default);

        Assert.That(scene.Gone, Is.EqualTo(new[] { "gone" }), "a list may miss what a look finds");
    }

    [Test]
    public async Task Audits_come_at_their_own_pace()
    {
        await watch.LookAsync(default);
        time.Advance(TimeSpan.FromMinutes(9));
        await watch.LookAsync(default);
        time.Advance(TimeSpan.FromMinutes(2));
        await watch.LookAsync(default);

        Assert.That(scene.Audits, Is.EqualTo(2));
    }

    [Test]
    public async Task What_is_expected_and_silent_is_read_by_its_id_and_said_to_be_gone_when_it_is()
    {
        await watch.LookAsync(default);
        watch.Expect("silent");
        time.Advance(TimeSpan.FromSeconds(19));
        await watch.LookAsync(default);
        Assert.That(scene.Gone, Is.Empty);
        time.Advance(TimeSpan.FromSeconds(2));
        await watch.LookAsync(default);
        Assert.That(scene.Gone, Is.EqualTo(new[] { "silent" }));

        watch.Settle("silent");
        time.Advance(TimeSpan.FromSeconds(60));
        await watch.LookAsync(default);
        Assert.That(scene.Gone, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_look_that_fails_moves_no_cursor()
    {
        await watch.LookAsync(default);
        var cursor = watch.Cursor;
        scene.Away = true;
        scene.ChildNow += TimeSpan.FromHours(1);
        Assert.That(async () => await watch.LookAsync(default), Throws.InstanceOf<IOException>());
        Assert.That(watch.Cursor, Is.EqualTo(cursor));
    }

    [Test]
    public async Task A_sight_carries_the_moment_before_it_was_asked_for()
    {
        scene.Things["a"] = new("a", "p", "active");
        var before = time.GetTimestamp();
        scene.WhileListing = () => time.Advance(TimeSpan.FromSeconds(5));
        await watch.LookAsync(default);

        Assert.That(scene.LastAsked, Is.EqualTo(before));
    }

    [TestCase(false, 30, "idle: the slow pace")]
    [TestCase(true, 2, "something is expected: the fast pace")]
    public async Task The_pace_follows_what_is_expected(bool expects, int seconds, string because)
    {
        using var ending = new CancellationTokenSource();
        var pauses = new PauseProbe(options);
        using var paced = new Watch<Thing>("servers", scene, options, pauses, NullLogger.Instance);
        if (expects)
        {
            scene.Things["a"] = new("a", "p", "building");
            paced.Expect("a");
        }

        var running = paced.RunAsync(ending.Token);
        var pause = await pauses.First;
        await ending.CancelAsync();
        await running;

        Assert.That(pause, Is.EqualTo(TimeSpan.FromSeconds(seconds)), because);
    }

    [Test]
    public async Task A_child_that_is_away_is_not_asked_at_the_fast_pace()
    {
        using var ending = new CancellationTokenSource();
        var pauses = new PauseProbe(options);
        using var paced = new Watch<Thing>("servers", scene, options, pauses, NullLogger.Instance);
        scene.Away = true;
        paced.Expect("a");

        var running = paced.RunAsync(ending.Token);
        var pause = await pauses.First;
        await ending.CancelAsync();
        await running;

        Assert.That(pause, Is.EqualTo(options.Slow));
    }

    /// <summary>Says which of the two pauses was begun first.</summary>
    sealed class PauseProbe(WatchOptions options) : FakeTimeProvider
    {
        readonly TaskCompletionSource<TimeSpan> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TimeSpan> First => first.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == options.Fast || dueTime == options.Slow)
            {
                first.TrySetResult(dueTime);
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    sealed class Scene : IWatched<Thing>
    {
        public Dictionary<string, Thing> Things { get; } = [];

        public HashSet<string> Hidden { get; } = [];

        public HashSet<string> Believed { get; } = [];

        public List<DateTimeOffset?> Listed { get; } = [];

        public List<string> Told { get; } = [];

        public List<string> Gone { get; } = [];

        public int Audits { get; private set; }

        public string? Bad { get; set; }

        public bool OnlyChanges { get; set; }

        public bool Away { get; set; }

        public long LastAsked { get; private set; }

        public Action WhileListing { get; set; } = () => { };

        public DateTimeOffset? ChildNow { get; set; }

        public string IdOf(Thing seen) => seen.Id;

        public string FingerprintOf(Thing seen) => seen.State;

        public Task<IReadOnlyList<Thing>> ListAsync(DateTimeOffset? changedSince, CancellationToken cancelled)
        {
            if (Away)
            {
                throw new IOException("away");
            }

            WhileListing();
            Listed.Add(changedSince);
            return Task.FromResult<IReadOnlyList<Thing>>(OnlyChanges ? [] : [.. Things.Values.Where(thing => !Hidden.Contains(thing.Id))]);
        }

        public Task<Thing?> FindAsync(string childId, CancellationToken cancelled) => Task.FromResult(Things.GetValueOrDefault(childId));

        public Task<IReadOnlyCollection<string>> BelievedAsync(CancellationToken cancelled)
        {
            Audits++;
            return Task.FromResult<IReadOnlyCollection<string>>(Believed);
        }

        public Task ReportAsync(Sight<Thing> sight, CancellationToken cancelled)
        {
            if (sight.Seen.Id == Bad)
            {
                throw new InvalidOperationException("bad item");
            }

            LastAsked = sight.Asked;
            lock (Told)
            {
                Told.Add($"{sight.Seen.Id} {sight.Seen.State}");
            }

            return Task.CompletedTask;
        }

        public Task ReportGoneAsync(string childId, CancellationToken cancelled)
        {
            Gone.Add(childId);
            return Task.CompletedTask;
        }
    }
}
