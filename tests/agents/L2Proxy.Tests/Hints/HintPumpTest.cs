using System.Threading.Channels;
using Cascade.NeutronAgent.Hints;
using L2Proxy.Tests.Parent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace L2Proxy.Tests.Hints;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class HintPumpTest : IHints, IResync
{
    readonly FakeTimeProvider time = new();
    readonly HintBook book = new(10);
    readonly ChildThere child = new();
    readonly Channel<string> done = Channel.CreateUnbounded<string>();
    readonly CancellationTokenSource stop = new();
    int failures;
    HintPump pump = null!;
    Task running = null!;

    [SetUp]
    public void Start()
    {
        pump = new(book, [this], [this], child, time, NullLogger<HintPump>.Instance);
        running = pump.RunAsync(stop.Token);
    }

    [TearDown]
    public async Task Stop()
    {
        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => running);
        stop.Dispose();
    }

    [Test]
    public async Task It_begins_with_a_comparison_and_then_hands_out_what_is_told_in_order()
    {
        Assert.That(await NextAsync(), Is.EqualTo("all: start"));
        book.Add(new("Port", "1", HintEvents.Changed));
        book.Add(new("Port", "2", HintEvents.Changed));

        Assert.That(await NextAsync(), Is.EqualTo("Port 1"));
        Assert.That(await NextAsync(), Is.EqualTo("Port 2"));
        Assert.That((pump.HasSynced, pump.Resyncs), Is.EqualTo((true, 1)));
    }

    [Test]
    public async Task While_the_child_is_away_hints_gather_and_are_handed_out_when_it_is_back()
    {
        await NextAsync();
        child.Turn(answers: false);
        book.Add(new("Port", "1", HintEvents.Changed));
        book.Add(new("Port", "1", HintEvents.Deleted));
        Assert.That(done.Reader.TryRead(out _), Is.False);

        child.Turn(answers: true);
        Assert.That(await NextAsync(), Is.EqualTo("Port 1"));
        Assert.That(done.Reader.TryRead(out _), Is.False, "told twice, looked at once");
    }

    [Test]
    public async Task More_hints_than_fit_become_one_comparison()
    {
        await NextAsync();
        child.Turn(answers: false);
        foreach (var id in Enumerable.Range(0, 50))
        {
            book.Add(new("Port", $"{id}", HintEvents.Changed));
        }

        child.Turn(answers: true);
        Assert.That(await NextAsync(), Is.EqualTo("all: more than 10 hints waited"));
    }

    [Test]
    public async Task What_fails_is_compared_again_after_a_pause_and_the_pump_goes_on()
    {
        await NextAsync();
        failures = 2;
        book.Add(new("Port", "1", HintEvents.Changed));
        Assert.That(await AfterPausesAsync(), Is.EqualTo("all: a hint about Port 1 failed"));

        book.Add(new("Port", "2", HintEvents.Changed));
        Assert.That(await NextAsync(), Is.EqualTo("Port 2"));
    }

    public ValueTask TakeAsync(Hint hint, CancellationToken cancelled) => new(DoAsync($"{hint.Type} {hint.Id}"));

    public Task ResyncAsync(string why, CancellationToken cancelled) => DoAsync($"all: {why}");

    async Task DoAsync(string what)
    {
        if (failures > 0)
        {
            failures--;
            throw new InvalidOperationException("not now");
        }

        await done.Writer.WriteAsync(what);
    }

    async Task<string> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        return await done.Reader.ReadAsync(limit.Token);
    }

    async Task<string> AfterPausesAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        var next = done.Reader.ReadAsync(limit.Token).AsTask();
        while (!next.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await next;
    }
}
