using Cascade.OpenStack.Compute;
using Cascade.OpenStack.Placement;

namespace Cascade.OpenStack.Tests;

/// <summary>What is sent again and what never is.</summary>
[TestFixture]
public sealed class RepeatTests : CloudTest
{
    private static readonly ServerCreate Wanted = new() { Name = "a", FlavorRef = "1", Networks = ServerNetworks.None, Tags = ["stamp"] };

    [TestCase(500)]
    [TestCase(502)]
    [TestCase(503)]
    [TestCase(504)]
    [TestCase(429)]
    public async Task A_post_that_failed_is_never_sent_again(int status)
    {
        Fake.On("POST", "/servers").FailOnce(status);

        var fault = await FaultOfAsync(() => Cloud.Compute.Servers.CreateAsync(Scope.Own, Wanted, Now));

        Assert.That(Fake.Count("POST", "/servers"), Is.EqualTo(1));
        Assert.That(fault.ResultUnknown, Is.EqualTo(status is 500 or 502 or 504), "503 and 429 come before anything is done");
    }

    [Test]
    public async Task A_post_whose_answer_was_lost_is_not_sent_again_and_says_that_nobody_knows()
    {
        Fake.On("POST", "/servers").DropAfter();

        var fault = await FaultOfAsync(() => Cloud.Compute.Servers.CreateAsync(Scope.Own, Wanted, Now));

        Assert.Multiple(() =>
        {
            Assert.That((fault.Kind, fault.ResultUnknown), Is.EqualTo((FaultKind.Unavailable, true)));
            Assert.That(Fake.Count("POST", "/servers"), Is.EqualTo(1));
            Assert.That(Fake.Nova.Tagged("stamp"), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task A_post_whose_answer_is_garbage_says_that_nobody_knows()
    {
        Fake.On("POST", "/servers").Garbage();

        var fault = await FaultOfAsync(() => Cloud.Compute.Servers.CreateAsync(Scope.Own, Wanted, Now));

        Assert.That((fault.Kind, fault.ResultUnknown, fault.Status), Is.EqualTo((FaultKind.Unavailable, true, (int?)202)));
    }

    [Test]
    public async Task An_action_is_not_sent_again()
    {
        var server = Fake.Nova.Plant("a", Fake.Keystone.ProjectId, "u");
        Fake.On("POST", "/servers/*/action").DropAfter();

        var fault = await FaultOfAsync(() => Cloud.Compute.Servers.StopAsync(Scope.Own, server.Id, Now));

        Assert.That((fault.ResultUnknown, Fake.Count("POST", "/servers/*/action")), Is.EqualTo((true, 1)));
    }

    [TestCase(500)]
    [TestCase(503)]
    [TestCase(429)]
    public async Task A_get_is_sent_again_until_it_passes(int status)
    {
        Fake.On("GET", "/flavors/*").Fail(2, status);

        var flavor = await Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now);

        Assert.That((flavor.Name, Fake.Count("GET", "/flavors/1")), Is.EqualTo(("m1.tiny", 3)));
    }

    [Test]
    public async Task A_get_is_not_sent_for_ever()
    {
        Fake.On("GET", "/flavors/*").Fail(100, 503);

        await FaultOfAsync(() => Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now));

        Assert.That(Fake.Count("GET", "/flavors/1"), Is.EqualTo(4));
    }

    [TestCase(400)]
    [TestCase(404)]
    [TestCase(409)]
    public async Task A_refusal_that_stays_is_not_asked_for_again(int status)
    {
        Fake.On("GET", "/flavors/*").Fail(100, status);

        await FaultOfAsync(() => Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now));

        Assert.That(Fake.Count("GET", "/flavors/1"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_get_survives_a_cut_connection()
    {
        Fake.On("GET", "/flavors/*").DropBefore(2);

        Assert.That((await Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now)).Id, Is.EqualTo("1"));
    }

    [Test]
    public async Task A_delete_whose_answer_was_lost_is_sent_again()
    {
        Fake.Nova.Hold("delete");
        var server = Fake.Nova.Plant("a", Fake.Keystone.ProjectId, "u");
        Fake.On("DELETE", "/servers/*").DropAfter();

        await Cloud.Compute.Servers.DeleteAsync(Scope.Own, server.Id, Now);

        Assert.That((Fake.Count("DELETE", "/servers/*"), Fake.Nova.Find(server.Id)!.TaskState), Is.EqualTo((2, "deleting")));
    }

    [Test]
    public async Task A_put_with_a_generation_is_sent_once()
    {
        var provider = Fake.Placement.Add("host-1", ("VCPU", 4));
        var had = await Cloud.Placement.Providers.InventoriesAsync(Scope.Own, provider.Uuid, Now);
        Fake.On("PUT", "/resource_providers/*/inventories").FailOnce(503);

        var fault = await FaultOfAsync(() => Cloud.Placement.Providers.PutInventoriesAsync(
            Scope.Own, provider.Uuid, had with { Classes = new Dictionary<string, Inventory> { ["VCPU"] = new() { Total = 8 } } }, Now));

        Assert.That((fault.Kind, Fake.Count("PUT", "/resource_providers/*/inventories")), Is.EqualTo((FaultKind.Unavailable, 1)));
    }

    [Test]
    public async Task A_put_that_replaces_tags_is_sent_again()
    {
        var server = Fake.Nova.Plant("a", Fake.Keystone.ProjectId, "u");
        Fake.On("PUT", "/servers/*/tags").FailOnce(503);

        await Cloud.Compute.Servers.ReplaceTagsAsync(Scope.Own, server.Id, ["x", "y"], Now);

        Assert.That(Fake.Nova.Find(server.Id)!.Tags, Is.EqualTo(new[] { "x", "y" }));
    }

    [Test]
    public async Task What_the_caller_cancels_is_cancelled_and_not_a_fault()
    {
        var held = Fake.On("GET", "/flavors/*").HoldBefore();
        using var stop = new CancellationTokenSource();

        var asked = Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", stop.Token);
        await held.Arrived;
        await stop.CancelAsync();

        Assert.That(async () => await asked, Throws.InstanceOf<OperationCanceledException>());
    }
}
