using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.Mirror.Tests;

public sealed class MirrorTests
{
    readonly FakeChild child = new();
    readonly FakeLink link = new();

    Mirror<string, Thing> Mirror => new(child, NullLogger.Instance);

    [Test]
    public async Task The_first_time_it_looks_then_makes_then_links()
    {
        var made = await Ensure();

        Assert.That(made.Origin, Is.EqualTo(Origin.Created));
        Assert.That(child.Asked, Is.EqualTo(new[] { "adopt p", "create p" }));
        Assert.That(link.ChildId, Is.EqualTo("child-1"));
    }

    [Test]
    public async Task A_second_delivery_finds_what_is_linked_and_makes_nothing()
    {
        await Ensure();
        var again = await Ensure();

        Assert.That(again.Origin, Is.EqualTo(Origin.Linked));
        Assert.That(child.Things, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task After_a_crash_between_create_and_link_it_adopts_what_the_earlier_life_made()
    {
        link.Fails = true;
        Assert.That(async () => await Ensure(), Throws.InvalidOperationException);
        link.Fails = false;

        var again = await Ensure();

        Assert.That(again.Origin, Is.EqualTo(Origin.Adopted));
        Assert.That(child.Things, Has.Count.EqualTo(1));
        Assert.That(link.ChildId, Is.EqualTo("child-1"));
    }

    [Test]
    public async Task A_lost_answer_is_looked_up_and_never_asked_again()
    {
        child.LoseAnswer = true;

        var made = await Ensure();

        Assert.That(made.Origin, Is.EqualTo(Origin.Adopted));
        Assert.That(child.Asked.Count(asked => asked.StartsWith("create", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public void A_lost_request_that_made_nothing_is_the_callers_to_try_later()
    {
        child.LoseRequest = true;

        Assert.That(async () => await Ensure(), Throws.InstanceOf<OutcomeUnknownException>());
        Assert.That(child.Asked.Count(asked => asked.StartsWith("create", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(link.ChildId, Is.Null);
    }

    [Test]
    public async Task What_somebody_else_stamped_is_not_adopted()
    {
        child.Things["forged"] = new("forged", "p", "active", Ours: false);

        var made = await Ensure();

        Assert.That(made.Seen.Id, Is.Not.EqualTo("forged"));
        Assert.That(made.Origin, Is.EqualTo(Origin.Created));
    }

    [Test]
    public async Task A_link_to_something_that_is_gone_leads_to_the_stamp_and_only_then_to_a_new_one()
    {
        link.ChildId = "lost";
        child.Things["other"] = new("other", "p", "active");

        var found = await Ensure();

        Assert.That(found.Seen.Id, Is.EqualTo("other"));
        Assert.That(child.Asked, Is.EqualTo(new[] { "find lost", "adopt p" }));
        Assert.That(link.ChildId, Is.EqualTo("other"));
    }

    [Test]
    public void A_cancelled_build_does_not_create()
    {
        using var ending = new CancellationTokenSource();
        Assert.That(
            async () => await Mirror.EnsureAsync("p", link, async _ => { await ending.CancelAsync(); return "active"; }, ending.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(child.Things, Is.Empty);
    }

    [Test]
    public async Task Remove_takes_the_linked_one_and_everything_that_only_carries_the_stamp()
    {
        child.Things["a"] = new("a", "p", "active");
        child.Things["b"] = new("b", "p", "active");
        child.Things["c"] = new("c", "other", "active");

        var removed = await Mirror.RemoveAsync("p", "a", default);

        Assert.That(removed, Is.EquivalentTo(new[] { "a", "b" }));
        Assert.That(child.Things["c"].State, Is.EqualTo("active"));
        Assert.That(await Mirror.RemoveAsync("p", null, default), Is.Empty, "what is on its way out is not asked again");
    }

    Task<Mirrored<Thing>> Ensure() => Mirror.EnsureAsync("p", link, _ => Task.FromResult("active"), default);
}
