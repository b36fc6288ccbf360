using System.Threading.Channels;
using Cascade.Agent.Child;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.Agent.Tests.Child;

[TestFixture]
public sealed class ChildGateTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly FakeTimeProvider clock = new();
    readonly Server server = new();
    readonly Health health = new();
    CancellationTokenSource over = null!;
    Task running = null!;

    [SetUp]
    public void Follow()
    {
        over = new();
        running = new ChildGate(health, server, clock, NullLogger<ChildGate>.Instance).RunAsync(over.Token);
    }

    [TearDown]
    public async Task End()
    {
        await over.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    [Test]
    public async Task Casts_are_parked_while_the_child_is_away_and_resumed_when_it_is_back()
    {
        health.Say("no route");
        Assert.That(await server.NextAsync(), Is.EqualTo("park: no route"));

        health.Say(null);
        Assert.That(await server.NextAsync(), Is.EqualTo("resume"));
    }

    [Test]
    public async Task What_a_handler_parked_by_itself_is_resumed_with_the_next_look_while_the_child_answers()
    {
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.That(await server.NextAsync(), Is.EqualTo("resume"));
    }

    [Test]
    public async Task No_look_resumes_anything_while_the_child_is_away()
    {
        health.Say("no route");
        Assert.That(await server.NextAsync(), Is.EqualTo("park: no route"));

        clock.Advance(TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromSeconds(30));
        health.Say(null);

        Assert.That(await server.NextAsync(), Is.EqualTo("resume"), "the first thing that is heard after parking");
        Assert.That(server.HasMore, Is.False);
    }

    sealed class Health : IChildHealth
    {
        public bool Answers => Reason is null;

        public string? Reason { get; private set; }

        public event EventHandler? Changed;

        public void Say(string? reason)
        {
            Reason = reason;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    sealed class Server : IRpcServer
    {
        readonly Channel<string> heard = Channel.CreateUnbounded<string>();

        public bool HasMore => heard.Reader.TryPeek(out _);

        public Task ParkAsync(string reason, CancellationToken cancelled) => heard.Writer.WriteAsync($"park: {reason}", cancelled).AsTask();

        public Task ResumeAsync(CancellationToken cancelled) => heard.Writer.WriteAsync("resume", cancelled).AsTask();

        public async Task<string> NextAsync() => await heard.Reader.ReadAsync().AsTask().WaitAsync(Patience);
    }
}
