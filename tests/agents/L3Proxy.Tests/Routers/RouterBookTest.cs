using Cascade.L3Proxy.Routers;

namespace L3Proxy.Tests.Routers;

/// <summary>What is kept of routers while several looks write.</summary>
sealed class RouterBookTest
{
    [Test]
    public void What_was_read_earlier_does_not_replace_what_was_noted_since()
    {
        var book = new RouterBook();
        var held = new RouterEntry("router", "child");
        book.Set(held);
        var newer = held with { Interfaces = 1 };
        book.Set(newer);

        book.Replace(held, held with { Interfaces = 9 });

        Assert.That(book.Find("router"), Is.SameAs(newer));
    }

    [Test]
    public void One_that_was_removed_meanwhile_does_not_come_back()
    {
        var book = new RouterBook();
        var held = new RouterEntry("router", "child");
        book.Set(held);
        book.Remove("router", book.Moment());

        book.Replace(held, held with { Interfaces = 9 });

        Assert.That(book.All, Is.Empty);
        Assert.That(book.FindByChild("child"), Is.Null);
    }

    [Test]
    public void One_that_came_back_while_it_was_taken_away_is_known_without_what_stood_for_it()
    {
        var book = new RouterBook();
        book.Set(new("router", "child"));
        var asOf = book.Moment();
        book.Expect("router");

        book.Remove("router", asOf);

        Assert.That(book.Find("router"), Is.EqualTo(new RouterEntry("router", null)).Using<RouterEntry>((one, other) => one.ChildId == other.ChildId));
        Assert.That(book.FindByChild("child"), Is.Null);
        book.Remove("router", book.Moment());
        Assert.That(book.All, Is.Empty);
    }

    [Test]
    public void One_that_came_back_and_was_told_to_leave_again_still_leaves()
    {
        var book = new RouterBook();
        book.Set(new("router", "child"));
        var asOf = book.Moment();
        book.Expect("router");
        book.Leaves("router");

        book.Remove("router", asOf);

        Assert.That(book.IsLeaving("router"));
    }

    [Test]
    public void What_was_lost_after_a_moment_was_not_before()
    {
        var book = new RouterBook();
        var before = book.Moment();
        book.Lost("ip");

        Assert.That(book.WasLostSince("ip", before), Is.True);
        Assert.That(book.WasLostSince("ip", book.Moment()), Is.False);
        Assert.That(book.WasLostSince("other", before), Is.False);
        book.ForgetLost();
        Assert.That(book.WasLostSince("ip", before), Is.True, "a look may be under way");
        book.ForgetLost();
        Assert.That(book.WasLostSince("ip", before), Is.False);
    }
}
