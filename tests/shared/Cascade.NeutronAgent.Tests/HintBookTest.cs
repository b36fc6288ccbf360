using Cascade.NeutronAgent.Hints;

namespace Cascade.NeutronAgent.Tests;

sealed class HintBookTest
{
    [Test]
    public void One_thing_that_is_told_twice_is_looked_at_once()
    {
        var book = new HintBook(100);
        book.Add(new("Port", "p1", HintEvents.Changed) { Owner = "n1", Hosts = new HashSet<string> { "here" } });
        book.Add(new("Network", "p1", HintEvents.Changed));
        book.Add(new("Port", "p1", HintEvents.Changed) { Hosts = new HashSet<string> { "there" } });

        var first = book.Take()!.Hint!;
        Assert.That((first.Type, first.Id, first.Owner), Is.EqualTo(("Port", "p1", "n1")));
        Assert.That(first.Hosts, Is.EquivalentTo(new[] { "here", "there" }), "it left one of them");
        Assert.That(book.Take()!.Hint!.Type, Is.EqualTo("Network"));
        Assert.That(book.Take(), Is.Null);
    }

    [TestCase(HintEvents.Changed, HintEvents.Deleted, true, TestName = "A change and then a deletion is a deletion")]
    [TestCase(HintEvents.Deleted, HintEvents.Changed, true, TestName = "A late change does not undo a deletion")]
    [TestCase(HintEvents.Changed, HintEvents.Members, false, TestName = "Rules and members are both looked at")]
    public void All_that_was_told_of_a_thing_is_kept(HintEvents one, HintEvents other, bool deletion)
    {
        var book = new HintBook(100);
        book.Add(new("SecurityGroup", "s1", one));
        book.Add(new("SecurityGroup", "s1", other));

        var hint = book.Take()!.Hint!;
        Assert.That((hint.Events, hint.IsDeletion), Is.EqualTo((one | other, deletion)));
    }

    [Test]
    public void A_port_of_which_nothing_was_said_concerns_every_host()
    {
        var told = new Hint("Port", "p1", HintEvents.Changed) { Hosts = new HashSet<string> { "there" } };

        Assert.That(told.MayConcern("here"), Is.False);
        Assert.That(told.And(new("Port", "p1", HintEvents.Deleted)).MayConcern("here"), Is.True);
    }

    [Test]
    public void A_full_book_becomes_one_comparison_of_everything_and_nothing_is_lost()
    {
        var book = new HintBook(3);
        foreach (var id in Enumerable.Range(0, 4))
        {
            book.Add(new("Port", $"{id}", HintEvents.Changed));
        }

        Assert.That(book.Take()!.Resync, Does.Contain("more than 3"));
        Assert.That(book.Take(), Is.Null);
        book.Add(new("Port", "9", HintEvents.Changed));
        Assert.That(book.Take()!.Hint!.Id, Is.EqualTo("9"), "what comes after it began is told");
    }

    [Test]
    public void A_comparison_covers_what_was_told_before_it_begins()
    {
        var book = new HintBook(100);
        book.Add(new("Port", "1", HintEvents.Changed));
        book.Resync("start");
        book.Resync("again");
        book.Add(new("Port", "2", HintEvents.Changed));

        Assert.That(book.Take()!.Resync, Is.EqualTo("start"));
        Assert.That(book.Take(), Is.Null);
    }

    [Test]
    public async Task Who_waits_is_woken_by_a_hint_and_sleeps_again_when_the_book_is_empty()
    {
        var book = new HintBook(100);
        var arrival = book.ArrivalAsync(CancellationToken.None);
        Assert.That(arrival.IsCompleted, Is.False);

        book.Add(new("Port", "1", HintEvents.Changed));
        await arrival;
        book.Take();
        Assert.That(book.ArrivalAsync(CancellationToken.None).IsCompleted, Is.False);
    }
}
