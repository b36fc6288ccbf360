using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Attachments;

/// <summary>cinder-api frees a volume the moment attachment_delete is answered: never before the child's server has let go.</summary>
sealed class BarrierTests : WorldTest
{
    [Test]
    public async Task What_the_server_has_let_go_of_is_answered_at_once()
    {
        var (volume, by) = await Attached.AttachAsync(World, await World.VolumeAsync());
        World.Child.Cinder.DetachByHand(World.Link(volume)!);

        Assert.That(await World.DeliverAsync(Api.DeleteAttachment(by.Attachment)), Is.Null);

        Assert.That(World.Child.Count("DELETE", "/servers/*/os-volume_attachments/*"), Is.Zero);
        Assert.That(World.Status(volume), Is.EqualTo("in-use"), "every state is the API's to write");
    }

    [Test]
    public async Task While_the_server_has_it_the_answer_waits_for_the_childs_own_detach()
    {
        var (volume, by) = await Attached.AttachAsync(World, await World.VolumeAsync());
        World.Child.Nova.Hold("detach-volume");
        var answer = World.DeliverAsync(Api.DeleteAttachment(by.Attachment));
        await World.Child.UntilAsync(cloud => cloud.Count("DELETE", "/servers/*/os-volume_attachments/*") == 1);
        await World.LookAsync();
        await World.LookAsync();
        Assert.That((answer.IsCompleted, World.There(volume).Status), Is.EqualTo((false, "detaching")));

        World.Child.Nova.Release("detach-volume");
        await World.ThroughAsync(answer);

        Assert.That(World.There(volume).Status, Is.EqualTo("available"));
    }

    [Test]
    public async Task A_server_that_is_gone_and_still_in_the_childs_cinder_is_taken_off_by_force()
    {
        var (volume, by) = await Attached.AttachAsync(World, await World.VolumeAsync());
        World.Child.Nova.Vanish(by.Server);

        await World.ThroughAsync(World.DeliverAsync(Api.DeleteAttachment(by.Attachment)));

        Assert.That(World.There(volume).Status, Is.EqualTo("available"));
    }

    [Test]
    public async Task Of_a_volume_that_several_servers_have_only_the_right_one_is_waited_for()
    {
        World.Child.Cinder.MultiattachTypes.Add("gold");
        var id = await World.VolumeAsync();
        World.Rows.Update("volumes", id, ("multiattach", 1));
        var (_, first) = await Attached.AttachAsync(World, id);
        var (_, second) = await Attached.AttachAsync(World, id);

        await World.ThroughAsync(World.DeliverAsync(Api.DeleteAttachment(first.Attachment)));

        Assert.That(World.Child.Cinder.Attachments.Select(one => one.Instance), Is.EqualTo(new[] { second.Server }));
    }

    [Test]
    public async Task A_second_attachment_for_the_same_server_keeps_the_volume_there()
    {
        var (volume, by) = await Attached.AttachAsync(World, await World.VolumeAsync());
        var moving = Api.Reserve(volume, by.Instance);
        await World.DeliverAsync(Api.UpdateAttachment(moving, FakeCinderApi.Connector(by.Server)));

        await World.DeliverAsync(Api.DeleteAttachment(by.Attachment));

        Assert.That((World.Child.Cinder.Attachments.Count, World.Child.Count("DELETE", "/servers/*/os-volume_attachments/*")), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task What_was_only_reserved_is_no_concern_of_the_child()
    {
        var volume = await World.VolumeAsync();
        World.Child.ForgetRequests();

        await World.DeliverAsync(Api.DeleteAttachment(Api.Reserve(volume, Guid.NewGuid().ToString())));

        Assert.That(World.Child.Requests.Count(request => request.Service == "compute"), Is.Zero);
    }

    [Test]
    public async Task What_stays_attached_is_never_a_success()
    {
        var (_, by) = await Attached.AttachAsync(World, await World.VolumeAsync());
        World.Child.Nova.Refuse("detach-volume");
        using var impatient = new CancellationTokenSource();
        var answer = World.DeliverAsync(Api.DeleteAttachment(by.Attachment), impatient.Token);
        await World.Child.UntilAsync(cloud => cloud.Count("DELETE", "/servers/*/os-volume_attachments/*") == 1);
        for (var look = 0; look < 5; look++)
        {
            await World.LookAsync();
        }

        Assert.That(answer.IsCompleted, Is.False);
        await impatient.CancelAsync();
        Assert.That(async () => await answer, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Force_detach_passes_the_barrier_and_then_ends_the_attachment_itself()
    {
        var (volume, by) = await Attached.AttachAsync(World, await World.VolumeAsync());

        await World.ThroughAsync(World.DeliverAsync(Api.Detach(volume, by.Attachment)));

        Assert.That((World.There(volume).Status, World.Status(volume), World.Rows.Row("volume_attachment", by.Attachment)["deleted"]), Is.EqualTo(("available", "available", 1L)));
    }
}
