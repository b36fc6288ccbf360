using Cascade.NeutronAgent.Looking;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NeutronAgent.Tests;

sealed class RecentRefusalsTest
{
    static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    readonly FakeTimeProvider time = new();

    [Test]
    public void A_refusal_is_remembered_for_its_time_and_of_its_thing_only()
    {
        var refusals = new RecentRefusals<string, string>(Quiet, time);
        refusals.Remember("one", "the pool is empty");

        time.Advance(Quiet - TimeSpan.FromSeconds(1));
        Assert.That((refusals.Of("one"), refusals.Of("other")), Is.EqualTo(("the pool is empty", (string?)null)));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(refusals.Of("one"), Is.Null);
    }

    [Test]
    public void A_later_one_begins_the_time_anew_and_what_was_taken_ends_it()
    {
        var refusals = new RecentRefusals<string, string>(Quiet, time);
        refusals.Remember("one", "first");
        time.Advance(Quiet);
        refusals.Remember("one", "second");
        Assert.That(refusals.Of("one"), Is.EqualTo("second"));

        refusals.Forget("one");
        Assert.That(refusals.Of("one"), Is.Null);
    }
}
