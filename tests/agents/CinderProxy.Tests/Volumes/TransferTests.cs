using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Volumes;

sealed class TransferTests : WorldTest
{
    const string Other = "33333333333343338333333333333333";

    [Test]
    public async Task The_childs_volume_goes_to_the_new_project_with_its_snapshots()
    {
        var id = await World.VolumeAsync(content: "given away");
        var snapshot = await World.SnapshotAsync(id);

        Assert.That(await World.DeliverAsync(Api.AcceptTransfer(id, Other)), Is.Null);

        Assert.That((World.There(id).ProjectId, World.There(id).Content, World.There(id).UserId), Is.EqualTo((Other, "given away", World.Child.Keystone.UserId)));
        Assert.That(World.Child.Cinder.FindSnapshot((string)World.SnapshotRow(snapshot)["provider_id"]!)!.ProjectId, Is.EqualTo(Other));
        Assert.That(World.Child.Cinder.Transfers, Is.Empty);
    }

    [Test]
    public async Task Said_again_after_a_lost_answer_it_is_nothing_more()
    {
        var id = await World.VolumeAsync();
        var order = Api.AcceptTransfer(id, Other);
        await World.DeliverAsync(order);
        await World.DeliverAsync(order);

        Assert.That((World.There(id).ProjectId, World.Child.Count("POST", "/volume-transfers")), Is.EqualTo((Other, 1)));
    }

    [Test]
    public async Task An_offer_whose_key_is_lost_is_offered_anew()
    {
        var id = await World.VolumeAsync();
        World.Child.On("POST", "/volume-transfers/*/accept").FailOnce(500);
        World.Child.On("DELETE", "/volume-transfers/*").Fail(2, 500);
        Assert.That(Refused(Api.AcceptTransfer(id, Other)).Module, Is.EqualTo("cinder.exception"));
        Assert.That(World.Child.Cinder.Transfers, Has.Count.EqualTo(1));

        await World.DeliverAsync(Api.AcceptTransfer(id, Other));

        Assert.That((World.There(id).ProjectId, World.Child.Cinder.Transfers.Count), Is.EqualTo((Other, 0)));
    }

    [Test]
    public async Task An_answer_of_the_acceptance_that_was_lost_is_none_of_the_callers_business()
    {
        var id = await World.VolumeAsync();
        World.Child.On("POST", "/volume-transfers/*/accept").DropAfter();

        Assert.That(await World.DeliverAsync(Api.AcceptTransfer(id, Other)), Is.Null);

        Assert.That((World.There(id).ProjectId, World.Child.Cinder.Transfers.Count), Is.EqualTo((Other, 0)));
    }

    [Test]
    public async Task An_offer_whose_answer_was_lost_is_withdrawn()
    {
        var id = await World.VolumeAsync();
        World.Child.On("POST", "/volume-transfers").DropAfter();

        Refused(Api.AcceptTransfer(id, Other));

        Assert.That((World.There(id).ProjectId, World.There(id).Status, World.Child.Cinder.Transfers.Count), Is.EqualTo((Api.Project, "available", 0)));
    }

    [Test]
    public async Task An_acceptance_that_is_given_up_on_the_way_leaves_no_offer_behind()
    {
        var id = await World.VolumeAsync();
        var held = World.Child.On("POST", "/volume-transfers/*/accept").HoldBefore();
        using var gone = new CancellationTokenSource();
        var answer = World.DeliverAsync(Api.AcceptTransfer(id, Other), gone.Token);
        await held.Arrived;
        await gone.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => answer.WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.That((World.There(id).ProjectId, World.There(id).Status, World.Child.Cinder.Transfers.Count), Is.EqualTo((Api.Project, "available", 0)));
        World.Child.Heal();
    }

    [Test]
    public async Task What_the_child_refuses_the_api_hears_and_takes_everything_back()
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.SetQuota(Other, "volumes", 0);

        var refused = Refused(Api.AcceptTransfer(id, Other));

        Assert.That((refused.Module, World.There(id).ProjectId), Is.EqualTo(("cinder.exception", Api.Project)));
        Assert.That((World.There(id).Status, World.Child.Cinder.Transfers.Count), Is.EqualTo(("available", 0)), "and in the child it is as before");
        Assert.That(refused.Message, Does.Contain("Maximum number of volumes"));
    }
}
