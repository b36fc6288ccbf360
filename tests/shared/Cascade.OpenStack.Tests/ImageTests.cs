using System.Security.Cryptography;
using Cascade.OpenStack.Image;
using Cascade.Support;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.OpenStack.Tests;

[TestFixture]
public sealed class ImageTests : CloudTest
{
    private static readonly string Id = "22222222-2222-2222-2222-222222222222";

    private Task<CloudImage> MakeAsync() => Cloud.Images.CreateAsync(
        Scope.Own,
        new ImageCreate
        {
            Id = Id, Name = "cirros", DiskFormat = "qcow2", ContainerFormat = "bare", Visibility = "private", MinRam = 64, Tags = ["t"],
            Properties = new Dictionary<string, string> { ["hw_disk_bus"] = "virtio", ["os_type"] = "linux" },
        },
        Now);

    [Test]
    public async Task An_image_is_made_under_its_own_id_with_its_properties_beside_the_rest()
    {
        var made = await MakeAsync();

        Golden.Match(
            """
            {"id": "22222222-2222-2222-2222-222222222222", "name": "cirros", "disk_format": "qcow2", "container_format": "bare", "visibility": "private",
             "min_ram": 64, "tags": ["t"], "hw_disk_bus": "virtio", "os_type": "linux"}
            """,
            Fake.Matching("POST", "/images")[0].Body);
        Assert.That((made.Id, made.Status, made.Size), Is.EqualTo((Id, "queued", (long?)null)));
        Assert.That(made.Properties!["hw_disk_bus"].GetString(), Is.EqualTo("virtio"));
        Assert.That((await FaultOfAsync(MakeAsync)).Kind, Is.EqualTo(FaultKind.Conflict));
    }

    [TestCase(true, TestName = "with its length")]
    [TestCase(false, TestName = "in chunks")]
    public async Task Bytes_go_up_and_come_down_as_they_are(bool withLength)
    {
        var bytes = RandomNumberGenerator.GetBytes(3_000_001);
        await MakeAsync();

        using var source = new MemoryStream(bytes);
        await Cloud.Images.UploadAsync(Scope.Own, Id, source, withLength ? bytes.Length : null, Now);
        var image = await Cloud.Images.GetAsync(Scope.Own, Id, Now);
        using var down = await Cloud.Images.DownloadAsync(Scope.Own, Id, Now);
        using var sink = new MemoryStream();
        await down.Stream.CopyToAsync(sink);

        Assert.That((image.Status, image.Size, down.Length), Is.EqualTo(("active", (long?)bytes.Length, (long?)bytes.Length)));
        Assert.That(image.OsHashValue, Is.EqualTo(Convert.ToHexStringLower(SHA512.HashData(bytes))));
        Assert.That(sink.ToArray(), Is.EqualTo(bytes));
        Assert.That(source.CanRead, Is.True, "the source is not ours to close");
    }

    [Test]
    public async Task A_second_upload_is_a_conflict()
    {
        await MakeAsync();
        await Cloud.Images.UploadAsync(Scope.Own, Id, new MemoryStream([1]), 1, Now);

        Assert.That((await FaultOfAsync(() => Cloud.Images.UploadAsync(Scope.Own, Id, new MemoryStream([2]), 1, Now))).Kind, Is.EqualTo(FaultKind.Conflict));
        Assert.That(Fake.Glance.Find(Id)!.Bytes, Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public async Task A_source_that_breaks_leaves_the_image_queued_and_its_fault_comes_through()
    {
        await MakeAsync();

        Assert.That(
            async () => await Cloud.Images.UploadAsync(Scope.Own, Id, new Breaking(), 1000, Now), Throws.TypeOf<InvalidDataException>());
        await Fake.UntilAsync(fake => fake.Glance.Find(Id)!.Status == "queued");
        Assert.That(Fake.Glance.Find(Id)!.Bytes, Is.Null);
    }

    [Test]
    public async Task A_refused_token_does_not_cost_an_upload()
    {
        await MakeAsync();
        Fake.Keystone.RevokeAll();

        await Cloud.Images.UploadAsync(Scope.Own, Id, new MemoryStream([1]), 1, Now);

        Assert.That(Fake.Glance.Find(Id)!.Status, Is.EqualTo("active"));
    }

    [Test]
    public async Task A_download_that_stops_in_the_middle_ends_in_a_fault()
    {
        await MakeAsync();
        await Cloud.Images.UploadAsync(Scope.Own, Id, new MemoryStream(new byte[5_000_000]), null, Now);
        await using var link = TcpFault.Before("127.0.0.1", Fake.Port);
        var time = new FakeTimeProvider();
        var client = Client(
            Options with { EndpointOverrides = new Dictionary<string, Uri> { ["image"] = new($"http://127.0.0.1:{link.Port}/image") } }, time);
        using var down = await client.Images.DownloadAsync(Scope.Own, Id, Now);
        link.GoSilent();

        var reading = down.Stream.CopyToAsync(Stream.Null);
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        var fault = await FaultOfAsync(() => reading);
        Assert.That((fault.Kind, fault.Service), Is.EqualTo((FaultKind.Unavailable, "image")));
    }

    [Test]
    public async Task A_download_whose_connection_is_cut_ends_in_a_fault()
    {
        await MakeAsync();
        await Cloud.Images.UploadAsync(Scope.Own, Id, new MemoryStream(new byte[5_000_000]), null, Now);
        await using var link = TcpFault.Before("127.0.0.1", Fake.Port);
        var client = Client(Options with { EndpointOverrides = new Dictionary<string, Uri> { ["image"] = new($"http://127.0.0.1:{link.Port}/image") } });
        using var down = await client.Images.DownloadAsync(Scope.Own, Id, Now);
        link.Cut();

        Assert.That((await FaultOfAsync(() => down.Stream.CopyToAsync(Stream.Null))).Kind, Is.EqualTo(FaultKind.Unavailable));
    }

    [Test]
    public async Task An_image_without_bytes_cannot_be_read()
    {
        await MakeAsync();

        Assert.That((await FaultOfAsync(() => Cloud.Images.DownloadAsync(Scope.Own, Id, Now))).Kind, Is.EqualTo(FaultKind.Conflict));
    }

    [Test]
    public async Task Patch_list_and_delete()
    {
        await MakeAsync();

        var patched = await Cloud.Images.PatchAsync(Scope.Own, Id, [ImagePatch.Set("a/b", "c"), ImagePatch.Remove("os_type")], Now);
        Assert.That((patched.Properties!["a/b"].GetString(), patched.Properties.ContainsKey("os_type")), Is.EqualTo(("c", false)));
        Assert.That(Fake.Matching("PATCH", "/images/*")[0].Headers["content-type"], Is.EqualTo("application/openstack-images-v2.1-json-patch"));
        Assert.That(await AllAsync(Cloud.Images.ListAsync(Scope.Own, new ImageFilter { Name = "cirros", Tag = "t" }, Now)), Has.Count.EqualTo(1));
        await Cloud.Images.DeleteAsync(Scope.Own, Id, Now);
        Assert.That(await Cloud.Images.FindAsync(Scope.Own, Id, Now), Is.Null);
        Assert.That((await FaultOfAsync(MakeAsync)).Kind, Is.EqualTo(FaultKind.Conflict), "the id of a deleted image stays taken");
    }

    private sealed class Breaking : MemoryStream
    {
        private int reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span[0] = 1;
            return reads++ is 0 ? ValueTask.FromResult(1) : throw new InvalidDataException("the hash does not fit");
        }
    }
}
