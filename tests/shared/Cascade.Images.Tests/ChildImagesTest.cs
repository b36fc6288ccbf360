using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.Images.Tests;

sealed class ChildImagesTest : CloudsTest
{
    const string Project = "f1000000000000000000000000000001";

    [Test]
    public async Task An_image_is_copied_once_with_its_bytes_and_shared_with_who_asked()
    {
        var image = Parent.Glance.Add("tiny", [1, 2, 3, 4], visibility: "private");
        using var images = Images();
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => images.EnsureAsync(image.Id, Project, CancellationToken.None)));
        var copy = Child.Glance.Find(ids[0])!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids.Distinct(), Has.Exactly(1).Items);
            Assert.That(copy.Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
            Assert.That(copy.Uploads, Is.EqualTo(1));
            Assert.That((string?)copy.Members[ImageMap.Stamp], Is.EqualTo(image.Id));
            Assert.That(Child.Glance.IsShared(copy.Id, Project), Is.True);
        }
    }

    [Test]
    public void What_the_parent_does_not_have_is_told_in_the_services_own_exception()
    {
        using var images = Images();
        Assert.That(async () => await images.EnsureAsync(Guid.NewGuid().ToString(), Project, CancellationToken.None), Throws.InstanceOf<KeyNotFoundException>());
    }

    [Test]
    public async Task An_image_of_somebody_else_under_the_same_id_is_not_taken_for_ours()
    {
        var image = Parent.Glance.Add("tiny", [1, 2, 3, 4]);
        Child.Glance.Add("forged", [6, 6, 6], image.Id, owner: "f2000000000000000000000000000002");
        using var images = Images();
        var id = await images.EnsureAsync(image.Id, Project, CancellationToken.None);
        Assert.That(id, Is.Not.EqualTo(image.Id));
        Assert.That(Child.Glance.Find(id)!.Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
    }

    ChildImages Images() => new(ParentImages, ChildCloud, new Faults(), new(), TimeProvider.System, NullLogger<ChildImages>.Instance);
}
