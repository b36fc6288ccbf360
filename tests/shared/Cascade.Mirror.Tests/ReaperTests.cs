using Cascade.Mirror.Reaping;
using Cascade.Mirror.Vitals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.Mirror.Tests;

public sealed class ReaperTests
{
    readonly FakeTimeProvider time = new();
    readonly Scene scene = new();

    Reaper<Thing> Reaper(int grace = 600) => new("servers", scene, TimeSpan.FromSeconds(grace), time, NullLogger.Instance);

    [Test]
    public async Task It_lists_first_and_removes_only_what_was_listed_and_is_old_enough()
    {
        var reaper = Reaper();
        scene.Orphan("old", 601);
        scene.Orphan("young", 10);

        Assert.That(await reaper.PassAsync(default), Is.Empty, "listed first, however old");
        time.Advance(TimeSpan.FromSeconds(299));
        Assert.That(await reaper.PassAsync(default), Is.Empty, "an operator has half the grace time to see the list");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await reaper.PassAsync(default), Is.EqualTo(new[] { "old" }));
        scene.Orphan("young", 600);
        Assert.That(await reaper.PassAsync(default), Is.EqualTo(new[] { "young" }));
    }

    [Test]
    public async Task What_found_its_parent_again_is_listed_anew_later()
    {
        var reaper = Reaper();
        scene.Orphan("a", 700);
        await reaper.PassAsync(default);
        scene.Orphans.Clear();
        await reaper.PassAsync(default);
        time.Advance(TimeSpan.FromHours(1));
        scene.Orphan("a", 800);

        Assert.That(await reaper.PassAsync(default), Is.Empty);
    }

    [Test]
    public async Task One_that_cannot_go_does_not_keep_the_others()
    {
        var reaper = Reaper();
        scene.Orphan("stuck", 700);
        scene.Orphan("free", 700);
        scene.Stuck = "stuck";
        await reaper.PassAsync(default);
        time.Advance(TimeSpan.FromSeconds(300));

        Assert.That(await reaper.PassAsync(default), Is.EqualTo(new[] { "free" }));
        scene.Stuck = null;
        Assert.That(await reaper.PassAsync(default), Does.Contain("stuck"));
    }

    [Test]
    public async Task What_turns_out_to_be_wanted_stays()
    {
        var reaper = Reaper();
        scene.Orphan("a", 700);
        scene.Wanted = "a";
        await reaper.PassAsync(default);
        time.Advance(TimeSpan.FromSeconds(300));

        Assert.That(await reaper.PassAsync(default), Is.Empty);
    }

    [TestCase(600, 120, "half the operators' patience, not more")]
    [TestCase(2, 1, "a test's grace")]
    [TestCase(40, 10, "a quarter")]
    public void It_looks_often_enough_for_its_grace(int grace, int period, string because) =>
        Assert.That(Reaper(grace).Period, Is.EqualTo(TimeSpan.FromSeconds(period)), because);

    [Test]
    public async Task A_reaper_says_how_many_it_has_listed_and_when_each_goes()
    {
        IReaper reaper = Reaper();
        scene.Orphan("old", 601);
        scene.Orphan("young", 10);

        Assert.That((await reaper.ListAsync(default)).Select(one => (one.Kind, one.ChildId, one.AgeSeconds, one.GoesInSeconds)), Is.EqualTo(new[] { ("servers", "old", 601L, 300L), ("servers", "young", 10L, 590L) }), "asking lists nothing");
        Assert.That(((IVital)reaper).Read().Orphans, Is.Zero);
        await reaper.PassAsync(default);
        Assert.That(((IVital)reaper).Read().Orphans, Is.EqualTo(2));
        time.Advance(TimeSpan.FromSeconds(300));
        Assert.That((await reaper.ListAsync(default)).Select(one => one.GoesInSeconds), Is.EqualTo(new[] { 0L, 590L }));
    }

    sealed class Scene : IReaped<Thing>
    {
        public Dictionary<string, Orphan<Thing>> Orphans { get; } = [];

        public string? Stuck { get; set; }

        public string? Wanted { get; set; }

        public void Orphan(string id, int age) =>
            Orphans[id] = new(new(id, "p", "active"), "p", "the parent server is gone", TimeSpan.FromSeconds(age));

        public string IdOf(Thing seen) => seen.Id;

        public Task<IReadOnlyList<Orphan<Thing>>> OrphansAsync(CancellationToken cancelled) =>
            Task.FromResult<IReadOnlyList<Orphan<Thing>>>([.. Orphans.Values]);

        public Task<bool> ReapAsync(Orphan<Thing> orphan, CancellationToken cancelled) =>
            orphan.Seen.Id == Stuck ? throw new IOException("stuck") : Task.FromResult(orphan.Seen.Id != Wanted && Orphans.Remove(orphan.Seen.Id));
    }
}
