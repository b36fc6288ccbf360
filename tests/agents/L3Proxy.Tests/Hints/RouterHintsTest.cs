using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Hints;

namespace L3Proxy.Tests.Hints;

/// <summary>What is our business of what is told, and what must never be asked for.</summary>
sealed class RouterHintsTest
{
    const string Id = "11111111-1111-1111-1111-111111111111";

    readonly RouterBook book = new();
    readonly HintBook waiting = new(100);
    readonly List<string> noted = [];
    RouterHints hints = null!;

    [SetUp]
    public void Begin()
    {
        var agendas = new Agendas();
        agendas.Join(noted.Add, _ => { });
        hints = new(book, agendas);
    }

    [TearDown]
    public void End()
    {
        noted.Clear();
        book.Remove(Id, book.Moment());
    }

    [Test]
    public async Task One_that_is_given_to_us_is_looked_at()
    {
        await TellAsync(HintEvents.Changed);

        Assert.That(noted, Is.EqualTo(new[] { Id }));
        Assert.That(book.Find(Id), Is.Not.Null, "what is told of it from now on is our business");
    }

    [Test]
    public async Task One_that_goes_leaves_without_a_question()
    {
        book.Set(new(Id, "child"));
        await TellAsync(HintEvents.Deleted);

        Assert.That(noted, Is.EqualTo(new[] { Id }));
        Assert.That(book.IsLeaving(Id));
    }

    [Test]
    public async Task One_that_goes_and_was_never_here_is_nobody_s_business()
    {
        await TellAsync(HintEvents.Deleted);

        Assert.That(noted, Is.Empty);
    }

    [Test]
    public async Task One_that_goes_and_comes_before_we_looked_is_read()
    {
        book.Set(new(Id, "child"));
        await TellAsync(HintEvents.Deleted);
        await TellAsync(HintEvents.Changed);

        Assert.That(book.IsLeaving(Id), Is.False);
        Assert.That(noted, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Both_in_one_breath_are_one_look_that_reads()
    {
        book.Set(new(Id, "child"));
        waiting.Add(new(RouterHints.Router, Id, HintEvents.Deleted));
        waiting.Add(new(RouterHints.Router, Id, HintEvents.Changed));
        await hints.TakeAsync(waiting.Take()!.Hint!, default);

        Assert.That(waiting.Take(), Is.Null);
        Assert.That(book.IsLeaving(Id), Is.False);
        Assert.That(noted, Is.EqualTo(new[] { Id }));
    }

    [Test]
    public async Task The_last_word_counts()
    {
        book.Set(new(Id, "child"));
        waiting.Add(new(RouterHints.Router, Id, HintEvents.Changed));
        waiting.Add(new(RouterHints.Router, Id, HintEvents.Deleted));
        await hints.TakeAsync(waiting.Take()!.Hint!, default);

        Assert.That(book.IsLeaving(Id), "to ask for it would bind it here");
    }

    [TestCase(true, 1)]
    [TestCase(false, 0)]
    public async Task A_part_of_a_router_is_looked_at_when_the_router_is_here(bool here, int looks)
    {
        if (here)
        {
            book.Set(new(Id, "child"));
        }

        await hints.TakeAsync(new(RouterHints.PartOfRouter, Id, HintEvents.Changed), default);

        Assert.That(noted, Has.Count.EqualTo(looks), "it goes to everybody, and to ask would bind the router here");
    }

    [Test]
    public async Task What_is_no_router_is_left()
    {
        await hints.TakeAsync(new("Port", Id, HintEvents.Changed), default);

        Assert.That(noted, Is.Empty);
    }

    ValueTask TellAsync(HintEvents events) => hints.TakeAsync(new(RouterHints.Router, Id, events), default);
}
