using Cascade.OpenStack.BlockStorage;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

/// <summary>What an older cinder would refuse in other words, do otherwise, or leave out without a word is refused here, before anything is sent.</summary>
[TestFixture]
public sealed class FloorTests : CloudTest
{
    private static readonly IReadOnlyDictionary<string, string> Note = new Dictionary<string, string> { ["k"] = "v" };

    private static IEnumerable<TestCaseData> Rows()
    {
        yield return Row(68, "reimage", cinder => cinder.Volumes.ReimageAsync(Scope.Own, "v", "i", false, default));
        yield return Row(60, "changes since", cinder => cinder.Volumes.ListAsync(Scope.Own, new() { UpdatedSince = DateTimeOffset.UnixEpoch }, default).GetAsyncEnumerator().MoveNextAsync().AsTask());
        yield return Row(55, "transfer", cinder => cinder.Transfers.CreateAsync(Scope.Own, new() { VolumeId = "v" }, default));
        yield return Row(51, "zone of a backup", cinder => cinder.Backups.CreateAsync(Scope.Own, new() { VolumeId = "v", AvailabilityZone = "z" }, default));
        yield return Row(47, "from a backup", cinder => cinder.Volumes.CreateAsync(Scope.Own, new() { BackupId = "b" }, default));
        yield return Row(43, "metadata of a backup", cinder => cinder.Backups.CreateAsync(Scope.Own, new() { VolumeId = "v", Metadata = Note }, default));
        yield return Row(42, "extending in use", cinder => cinder.Volumes.ExtendAsync(Scope.Own, "v", 2, attached: true, default));
        yield return Row(40, "revert", cinder => cinder.Volumes.RevertAsync(Scope.Own, "v", "s", default));
        yield return Row(39, "limits of others", cinder => cinder.Limits.GetAsync(Scope.Own, "p", default));
        yield return Row(35, "pools by type", cinder => cinder.Pools.ListAsync(Scope.Own, "gold", default));
        yield return Row(29, "group snapshots", cinder => cinder.GroupSnapshots.ListAsync(Scope.Own, new(), default).GetAsyncEnumerator().MoveNextAsync().AsTask());
        yield return Row(22, "snapshots by metadata", cinder => cinder.Snapshots.ListAsync(Scope.Own, new() { Metadata = ("k", "v") }, default).GetAsyncEnumerator().MoveNextAsync().AsTask());
        yield return Row(14, "group from a source", cinder => cinder.Groups.CreateFromSourceAsync(Scope.Own, new() { SourceGroupId = "g" }, default));
        yield return Row(13, "group", cinder => cinder.Groups.FindAsync(Scope.Own, "g", default));
        yield return Row(8, "manageable", cinder => cinder.Manageable.VolumesAsync(Scope.Own, "h", 0, default));
        yield return Row(5, "messages", cinder => cinder.Messages.ListAsync(Scope.Own, "v", default).GetAsyncEnumerator().MoveNextAsync().AsTask());
    }

    [TestCaseSource(nameof(Rows))]
    public async Task An_older_cinder_is_not_asked(int minor, Func<BlockStorageClient, Task> ask)
    {
        var release = FakeRelease.Zed with { BlockStorageMax = $"3.{minor - 1}" };
        await using var fake = await FakeCloud.StartAsync(new() { Release = release });
        using var cloud = new Cloud(OptionsFor(fake));

        var fault = Assert.CatchAsync<CloudFault>(() => ask(cloud.BlockStorage))!;

        Assert.That(fault.Kind, Is.EqualTo(FaultKind.Unsupported));
        Assert.That(fault.Message, Does.Contain($"needs 3.{minor} or newer"));
        Assert.That(fake.Requests.Where(request => request.Service is "block-storage" && request.Path is not "/"), Is.Empty);
    }

    private static TestCaseData Row(int minor, string name, Func<BlockStorageClient, Task> ask) => new TestCaseData(minor, ask).SetArgDisplayNames($"3.{minor}", name);
}
