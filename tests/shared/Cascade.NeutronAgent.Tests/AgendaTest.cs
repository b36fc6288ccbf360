using Cascade.NeutronAgent.Looking;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NeutronAgent.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class AgendaTest
{
    readonly FakeTimeProvider time = new();
    readonly CancellationTokenSource stop = new();
    readonly List<string> looked = [];
    Func<string, Task> look = _ => Task.CompletedTask;
    Agenda agenda = null!;
    Task running = null!;

    [SetUp]
    public void Start()
    {
        agenda = new("things", new() { Budget = 1 }, LookAsync, time, NullLogger.Instance);
        running = agenda.RunAsync(stop.Token);
    }

    [TearDown]
    public async Task Stop()
    {
        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => running);
        stop.Dispose();
    }

    [Test]
    public async Task What_is_noted_while_it_is_looked_at_is_looked_at_once_more()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        look = _ =>
        {
            begun.TrySetResult();
            return goOn.Task;
        };
        agenda.Note("a");
        await begun.Task;
        agenda.Note("a");
        agenda.Note("a");
        goOn.SetResult();

        await IdleAsync();
        Assert.That(looked, Is.EqualTo(new[] { "a", "a" }));
    }

    [Test]
    public async Task What_had_not_begun_when_the_lease_went_is_looked_at_when_it_is_noted_in_the_next_turn()
    {
        string[] many = [.. Enumerable.Range(0, 9).Select(number => $"{number}")];
        var begun = new TaskCompletionSource();
        look = _ =>
        {
            begun.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
        };
        Array.ForEach(many, agenda.Note);
        await begun.Task;
        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => running);
        Assert.That((agenda.IsIdle, agenda.Read().Pending?.Count), Is.EqualTo((true, 0)));

        using var next = new CancellationTokenSource();
        (look, _) = (_ => Task.CompletedTask, looked.RemoveAll(_ => true));
        var again = agenda.RunAsync(next.Token);
        Array.ForEach(many, agenda.Note);
        await IdleAsync();

        Assert.That(looked, Is.EquivalentTo(many));
        await next.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => again);
    }

    [Test]
    public async Task What_fails_is_looked_at_again_after_a_pause_that_doubles()
    {
        look = _ => looked.Count < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        agenda.Note("a");
        foreach (var pause in new[] { 1, 2 })
        {
            await IdleAsync();
            Assert.That(agenda.TroubleOf("a"), Does.Contain("not yet"));
            var before = looked.Count;
            time.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1));
            Assert.That(looked, Has.Count.EqualTo(before));
            time.Advance(TimeSpan.FromMilliseconds(1));
            await UntilAsync(() => looked.Count == before + 1);
        }

        await IdleAsync();
        Assert.That((looked.Count, agenda.Troubled), Is.EqualTo((3, 0)));
    }

    [Test]
    public async Task What_waits_is_looked_at_when_it_said()
    {
        look = _ => looked.Count == 1 ? throw new LaterException(TimeSpan.FromSeconds(7), "something else") : Task.CompletedTask;
        agenda.Note("a");
        await IdleAsync();
        Assert.That(agenda.TroubleOf("a"), Is.EqualTo("something else"));

        time.Advance(TimeSpan.FromSeconds(7));
        await UntilAsync(() => looked.Count == 2);
        await IdleAsync();
        Assert.That(agenda.TroubleOf("a"), Is.Null);
    }

    [Test]
    public async Task One_bad_thing_does_not_stop_another()
    {
        look = id => id == "bad" ? throw new InvalidOperationException("bad") : Task.CompletedTask;
        agenda.Note("bad");
        agenda.Note("good");

        await UntilAsync(() => looked.Contains("good"));
        Assert.That(agenda.TroubleOf("good"), Is.Null);
    }

    Task LookAsync(string id, CancellationToken cancelled)
    {
        looked.Add(id);
        return look(id);
    }

    Task IdleAsync() => UntilAsync(() => agenda.IsIdle);

    static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
