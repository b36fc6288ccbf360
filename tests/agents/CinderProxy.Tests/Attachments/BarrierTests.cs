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

    [Test]
    public async Task Of_a_volume_that_several_servers_were_built_with_the_right_one_is_waited_for()
    {
        var id = await SharedAsync();
        var (first, second) = (await BuiltAsync(id), await BuiltAsync(id));
        World.Child.Nova.Hold("detach-volume");
        var answer = World.DeliverAsync(Api.DeleteAttachment(second.Attachment));
        await World.Child.UntilAsync(cloud => cloud.Count("DELETE", "/servers/*/os-volume_attachments/*") == 1);
        await World.LookAsync();
        Assert.That(answer.IsCompleted, Is.False, "its server still has it");

        World.Child.Nova.Release("detach-volume");
        await World.ThroughAsync(answer);

        Assert.That(World.Child.Cinder.Attachments.Select(one => one.Instance), Is.EqualTo(new[] { first.Server }));
    }

    [Test]
    public async Task Once_the_server_that_was_built_with_it_has_let_go_the_others_are_not_waited_for()
    {
        var id = await SharedAsync();
        var (first, second) = (await BuiltAsync(id), await BuiltAsync(id));
        World.Child.Cinder.DetachByHand(World.Link(id)!, first.Server);

        await World.DeliverAsync(Api.DeleteAttachment(first.Attachment));

        Assert.That(World.Child.Cinder.Attachments.Select(one => one.Instance), Is.EqualTo(new[] { second.Server }));
    }

    [Test]
    public async Task A_server_that_a_tenant_gave_the_tag_of_another_keeps_its_volume()
    {
        var id = await SharedAsync();
        var built = await BuiltAsync(id);
        World.Child.Nova.Vanish(built.Server);
        var forged = World.Child.Nova.Plant("forged", Api.Project, "a tenant", $"cascade:{built.Instance}");
        World.Child.Nova.AttachByHand(forged.Id, World.Link(id)!);

        await World.ThroughAsync(World.DeliverAsync(Api.DeleteAttachment(built.Attachment)));

        Assert.That(World.Child.Cinder.Attachments.Select(one => one.Instance), Is.EqualTo(new[] { forged.Id }), "and what the vanished one left is taken off");
    }

    async Task<string> SharedAsync()
    {
        World.Child.Cinder.MultiattachTypes.Add("gold");
        var id = await World.VolumeAsync();
        World.Rows.Update("volumes", id, ("multiattach", 1));
        return id;
    }

    /// <summary>A build attaches first, and its connector cannot name the server; the server carries the build's tag.</summary>
    async Task<Attached> BuiltAsync(string volume)
    {
        var instance = World.Above.Nova.Plant("vm", Api.Project, "u1").Id;
        var attachment = Api.Reserve(volume, instance);
        Api.Answered(attachment, (await World.ThroughAsync(World.DeliverAsync(Api.UpdateAttachment(attachment))))!);
        var server = World.Child.Nova.Plant("vm", Api.Project, World.Child.Keystone.UserId, $"cascade:{instance}");
        World.Child.Nova.AttachByHand(server.Id, World.Link(volume)!);
        Api.Complete(attachment);
        return new(instance, server.Id, attachment);
    }
}
