using Cascade.OpenStack;
using Cascade.OpenStack.Image;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.Images.Tests;

sealed class ImageDeliveryTest : CloudsTest
{
    [Test]
    public async Task The_bytes_of_the_childs_image_come_into_the_record_that_the_parent_has_queued()
    {
        var (made, record) = await ReadyAsync();
        var outcome = await Delivery().BringAsync(made, record, _ => [], CancellationToken.None);
        var there = Parent.Glance.Find(record)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(Delivered.There));
            Assert.That(there.Status, Is.EqualTo("active"));
            Assert.That(there.Bytes, Is.EqualTo(new byte[] { 7, 8, 9 }));
        }
    }

    [Test]
    public async Task A_second_time_sends_nothing_and_finds_them_there()
    {
        var (made, record) = await ReadyAsync();
        await Delivery().BringAsync(made, record, _ => [], CancellationToken.None);
        Assert.That(await Delivery().BringAsync(made, record, _ => [], CancellationToken.None), Is.EqualTo(Delivered.There));
        Assert.That(Parent.Glance.Find(record)!.Uploads, Is.EqualTo(1));
    }

    [Test]
    public async Task A_record_that_is_gone_is_wanted_by_nobody()
    {
        var (made, record) = await ReadyAsync();
        Parent.Glance.Remove(record);
        Assert.That(await Delivery().BringAsync(made, record, _ => [], CancellationToken.None), Is.EqualTo(Delivered.Unwanted));
    }

    [Test]
    public async Task What_is_to_be_said_in_the_record_is_said_before_the_bytes()
    {
        var (made, record) = await ReadyAsync();
        await Delivery().BringAsync(made, record, _ => [ImagePatch.Set("image_state", "available")], CancellationToken.None);
        Assert.That((string?)Parent.Glance.Find(record)!.Members["image_state"], Is.EqualTo("available"));
    }

    ImageDelivery Delivery() => new(ParentImages, ChildCloud, new Faults(), NullLogger<ImageDelivery>.Instance);

    async Task<(CloudImage Made, string Record)> ReadyAsync()
    {
        var made = Child.Glance.Add("made", [7, 8, 9]);
        var record = Parent.Glance.Queue("wanted", "", new Dictionary<string, string> { ["disk_format"] = "raw", ["container_format"] = "bare" });
        return (await ChildCloud.Cloud.Images.GetAsync(Scope.Own, made.Id, CancellationToken.None), record.Id);
    }
}
