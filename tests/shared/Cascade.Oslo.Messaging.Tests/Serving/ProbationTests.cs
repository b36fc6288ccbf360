using System.Text.Json;
using Cascade.Oslo.Messaging.Serving;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.Oslo.Messaging.Tests.Serving;

/// <summary>Who may begin when lives have died, with a limit of five deaths.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProbationTests
{
    readonly Lock gate = new();
    readonly FakeTimeProvider time = new();
    readonly Record log = new();
    readonly CancellationTokenSource stopping = new();
    readonly List<string> said = [];
    readonly Dictionary<string, Work> works = [];
    Func<string, CancellationToken, Task> note = (_, _) => Task.CompletedTask;

    [TearDown]
    public void End() => stopping.Dispose();

    [Test]
    public async Task After_one_death_all_begin_in_their_order_and_each_is_noted_first()
    {
        var dispatcher = Dispatcher();

        Serve(dispatcher, 1, "a", "b", "c");

        await SaidAsync("note a", "begin a", "note b", "begin b", "note c", "begin c");
    }

    [Test]
    public async Task What_died_with_nobody_begins_unnoted()
    {
        var dispatcher = Dispatcher();

        Serve(dispatcher, 0, "a", "b");

        await SaidAsync("begin a", "begin b");
    }

    [Test]
    public async Task With_two_deaths_left_eight_begin_at_once()
    {
        var dispatcher = Dispatcher();

        Serve(dispatcher, 3, "a", "b", "c", "d", "e", "f", "g", "h", "i");

        await SaidAsync([.. "abcdefgh".SelectMany(one => new[] { $"note {one}", $"begin {one}" })]);
        dispatcher.Ended(works["c"]);
        await UntilSaidAsync("begin i");
    }

    [Test]
    public async Task The_last_chance_is_had_alone_and_what_came_later_waits()
    {
        var dispatcher = Dispatcher();
        Serve(dispatcher, 4, "a", "b");
        Serve(dispatcher, 0, "fresh");
        await SaidAsync("note a", "begin a");

        dispatcher.Ended(works["a"]);

        await SaidAsync("note a", "begin a", "note b", "begin b", "begin fresh");
    }

    [Test]
    public async Task One_that_lives_for_ten_seconds_holds_nobody_up()
    {
        var dispatcher = Dispatcher();
        Serve(dispatcher, 4, "a", "b");
        await UntilSaidAsync("begin a");

        time.Advance(TimeSpan.FromSeconds(9));
        await SaidAsync("note a", "begin a");
        time.Advance(TimeSpan.FromSeconds(1));

        await SaidAsync("note a", "begin a", "note b", "begin b");
    }

    [Test]
    public async Task What_a_stop_finds_being_noted_does_not_begin()
    {
        var written = new TaskCompletionSource();
        note = (_, _) => written.Task;
        var dispatcher = Dispatcher();
        Serve(dispatcher, 1, "a", "b");
        await UntilSaidAsync("note a");

        var idle = dispatcher.StopAsync();
        written.SetResult();
        await idle.WaitAsync(Wait.Patience);

        Assert.That(said, Is.EqualTo(["note a"]));
    }

    [Test]
    public async Task What_cannot_be_noted_begins_all_the_same()
    {
        note = (_, _) => throw new IOException("no such queue");
        var dispatcher = Dispatcher();

        Serve(dispatcher, 1, "a", "b");

        await SaidAsync("note a", "begin a", "note b", "begin b");
        Assert.That(log.Times(1211), Is.EqualTo(2));
    }

    Dispatcher Dispatcher() => new(gate, 128, new(NoteAsync, 5, log.CreateLogger("test"), time), BeginAsync, stopping.Token);

    Task NoteAsync(string uniqueId, CancellationToken cancelled)
    {
        Say($"note {uniqueId}");
        return note(uniqueId, cancelled);
    }

    Task BeginAsync(Work work)
    {
        Say($"begin {work.Method}");
        return Task.CompletedTask;
    }

    void Serve(Dispatcher dispatcher, int deaths, params string[] methods)
    {
        foreach (var method in methods)
        {
            using var message = JsonDocument.Parse($$"""{"method": "{{method}}", "version": "6.0", "args": {}, "_unique_id": "{{method}}"}""");
            works[method] = new(RpcRequest.Read(message.RootElement.Clone()), works.Count, 0) { Deaths = deaths };
            dispatcher.Serve(works[method]);
        }
    }

    void Say(string word) => said.Add(word);

    Task UntilSaidAsync(string word) => Wait.UntilAsync(() => Said().Contains(word), word);

    async Task SaidAsync(params string[] words)
    {
        await UntilSaidAsync(words[^1]);
        Assert.That(Said(), Is.EqualTo(words));
    }

    // All is said under the dispatcher's lock, which it keeps until it starts nothing more.
    string[] Said()
    {
        lock (gate)
        {
            return [.. said];
        }
    }
}
