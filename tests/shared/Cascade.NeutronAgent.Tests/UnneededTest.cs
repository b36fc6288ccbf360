using Cascade.NeutronAgent.Looking;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NeutronAgent.Tests;

sealed class UnneededTest
{
    readonly FakeTimeProvider time = new();

    [Test]
    public void What_nobody_needs_is_left_alone_for_the_grace_time_and_for_what_is_left_of_it()
    {
        var unneeded = new Unneeded(time);
        Assert.That(() => unneeded.Confirm("one", compared: true), Throws.TypeOf<LaterException>().With.Property(nameof(LaterException.After)).EqualTo(Unneeded.Grace));

        time.Advance(Unneeded.Grace - TimeSpan.FromSeconds(1));
        Assert.That(() => unneeded.Confirm("one", compared: true), Throws.TypeOf<LaterException>().With.Property(nameof(LaterException.After)).EqualTo(TimeSpan.FromSeconds(1)));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(() => unneeded.Confirm("one", compared: true), Throws.Nothing);
    }

    [Test]
    public void What_was_needed_meanwhile_waits_from_the_beginning()
    {
        var unneeded = new Unneeded(time);
        Assert.That(() => unneeded.Confirm("one", compared: true), Throws.TypeOf<LaterException>());
        time.Advance(Unneeded.Grace);
        unneeded.Forget("one");

        Assert.That(() => unneeded.Confirm("one", compared: true), Throws.TypeOf<LaterException>());
    }

    [Test]
    public void Before_everything_was_compared_no_time_counts()
    {
        var unneeded = new Unneeded(time);
        Assert.That(() => unneeded.Confirm("one", compared: false), Throws.TypeOf<LaterException>());
        time.Advance(Unneeded.Grace);

        Assert.That(() => unneeded.Confirm("one", compared: true), Throws.TypeOf<LaterException>());
    }
}
