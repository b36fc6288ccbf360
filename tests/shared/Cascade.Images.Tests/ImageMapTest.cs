namespace Cascade.Images.Tests;

sealed class ImageMapTest
{
    [TestCase("public", "community", "everybody may use it by its id, nobody sees it in a list")]
    [TestCase("community", "community", "as it is")]
    [TestCase("private", "shared", "with the project that boots from it")]
    [TestCase("shared", "shared", "with the project that boots from it")]
    [TestCase(null, "shared", "the least")]
    public void An_image_is_no_wider_open_in_the_child_than_in_the_parent(string? parent, string child, string because) =>
        Assert.That(ImageMap.Visibility(parent), Is.EqualTo(child), because);

    [Test]
    public void Ids_for_a_copy_begin_with_the_parents_and_are_the_same_for_every_life()
    {
        const string id = "cccccccc-0000-4000-8000-000000000001";
        var ids = ImageMap.Ids(id).ToList();
        Assert.That(ids[0], Is.EqualTo(id));
        Assert.That(ids, Is.Unique);
        Assert.That(ImageMap.Ids(id), Is.EqualTo(ids));
    }
}
