using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Watching;

/// <summary>Links that come while the rows are read.</summary>
sealed class LinkBookTests : WorldTest
{
    static string NewId() => Guid.NewGuid().ToString("D");

    [Test]
    public async Task A_link_that_is_set_after_its_row_was_read_is_not_forgotten()
    {
        var book = World.Of<VolumeBook>();
        var (id, childId) = (Api.Existing(null, status: "creating"), NewId());

        var said = await book.ReadAsync(default, row => Link(book, row, childId));

        Assert.That((said, book.ParentOf(childId)), Is.EqualTo((Array.Empty<string>(), id)));
    }

    [Test]
    public async Task What_no_row_says_any_more_is_forgotten_all_the_same()
    {
        var book = World.Of<VolumeBook>();
        var (gone, childId) = (NewId(), NewId());
        Api.Existing(null, status: "creating");
        book.Set(gone, NewId());

        await book.ReadAsync(default, row => Link(book, row, childId));

        Assert.That(book.ParentOf(gone), Is.Null);
    }

    [Test]
    public async Task One_that_comes_to_stand_for_another_meanwhile_does_so()
    {
        var book = World.Of<VolumeBook>();
        var (id, childId) = (Api.Existing(null, status: "creating"), NewId());
        book.Set(childId, NewId());

        await book.ReadAsync(default, row => Link(book, row, childId));

        Assert.That(book.ParentOf(childId), Is.EqualTo(id));
    }

    /// <summary>As a create does that the child has answered (<see cref="VolumeLink"/>).</summary>
    void Link(VolumeBook book, VolumeRow row, string childId)
    {
        World.Rows.Update("volumes", row.Id, ("provider_id", childId));
        book.Set(childId, row.Id);
    }
}
