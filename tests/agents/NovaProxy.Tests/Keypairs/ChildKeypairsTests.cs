using Cascade.NovaProxy.Keypairs;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.OpenStack;

namespace Cascade.NovaProxy.Tests.Keypairs;

/// <summary>Our user's keypairs in the child, of which there are only so many.</summary>
public sealed class ChildKeypairsTests : WorldTest
{
    const string Full = """{"forbidden": {"code": 403, "message": "Quota exceeded, too many key pairs."}}""";

    static readonly WantedKeypair Old = new("cascade-old", "ssh-rsa OLD", "ssh");
    static readonly WantedKeypair New = new("cascade-new", "ssh-rsa NEW", "ssh");

    [Test]
    public async Task Those_that_no_build_holds_make_room_for_a_new_one()
    {
        (await Keypairs.HoldAsync(Old, default)).Dispose();
        World.Child.On("POST", "/os-keypairs").FailOnce(403, Full);

        using var held = await Keypairs.HoldAsync(New, default);

        Assert.That(Names, Is.EqualTo(new[] { New.Name }));
    }

    [Test]
    public async Task One_that_a_build_holds_stays()
    {
        using var old = await Keypairs.HoldAsync(Old, default);
        World.Child.On("POST", "/os-keypairs").FailOnce(403, Full);

        using var held = await Keypairs.HoldAsync(New, default);

        Assert.That(Names, Is.EquivalentTo(new[] { Old.Name, New.Name }));
    }

    [Test]
    public async Task One_that_a_build_wants_while_it_is_removed_is_there_afterwards()
    {
        (await Keypairs.HoldAsync(Old, default)).Dispose();
        World.Child.On("POST", "/os-keypairs").FailOnce(403, Full);
        var removal = World.Child.On("DELETE", "/os-keypairs/*").HoldBefore();
        var making = Keypairs.HoldAsync(New, default);
        await removal.Arrived;

        var wanting = Keypairs.HoldAsync(Old, default);
        for (var question = 0; question < 20; question++)
        {
            // An import that did not wait would have been answered before all of these.
            await World.Of<ChildCloud>().Cloud.Compute.Keypairs.ListAsync(Scope.Own, default).CountAsync();
        }

        removal.Release();
        using var made = await making;
        using var wanted = await wanting;

        Assert.That(Names, Is.EquivalentTo(new[] { Old.Name, New.Name }));
    }

    ChildKeypairs Keypairs => World.Of<ChildKeypairs>();

    IEnumerable<string> Names => World.Child.Nova.AllKeypairs.Keys.Select(key => key.Name);
}
