using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Attachments;

/// <summary>os-set_bootable is the API's alone: the child, whose nova boots from nothing else, is told when a server is about to have the volume.</summary>
sealed class BootableTests : WorldTest
{
    const string Instance = "55555555-5555-4555-8555-555555555555";

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_the_tenant_said_last_is_so_in_the_child_before_a_server_has_it(bool bootable)
    {
        var volume = await World.VolumeAsync();
        World.Child.Cinder.Change(World.Link(volume)!, there => there.Bootable = !bootable);
        World.Rows.Update("volumes", volume, ("bootable", bootable ? 1 : 0));

        await World.DeliverAsync(Api.UpdateAttachment(Api.Reserve(volume, Instance)));

        Assert.That(World.There(volume).Bootable, Is.EqualTo(bootable));
    }

    [Test]
    public async Task What_is_so_already_is_not_said()
    {
        var volume = await World.VolumeAsync();
        World.Child.ForgetRequests();

        await World.DeliverAsync(Api.UpdateAttachment(Api.Reserve(volume, Instance)));

        Assert.That(World.Child.Count("POST", "/volumes/*/action"), Is.Zero);
    }

    [Test]
    public async Task A_child_that_will_not_hear_of_it_has_the_volume_attached_all_the_same()
    {
        var volume = await World.VolumeAsync();
        World.Rows.Update("volumes", volume, ("bootable", 1));
        World.Child.On("POST", "/volumes/*/action").Fail(9, 403);

        var info = await World.DeliverAsync(Api.UpdateAttachment(Api.Reserve(volume, Instance)));

        Assert.That(((string)info!["child_volume_id"]!, World.Status(volume), World.Said(8142).Count), Is.EqualTo((World.Link(volume), "attaching", 1)));
    }
}
