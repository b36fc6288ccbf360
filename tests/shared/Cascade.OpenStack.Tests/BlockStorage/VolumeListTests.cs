using Cascade.OpenStack.BlockStorage;
using Cascade.Support;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.OpenStack.Tests;

/// <summary>Pages and filters of volumes and snapshots.</summary>
[TestFixture]
public sealed class VolumeListTests : CloudTest
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-11-22T18:00:00.7Z"));

    private Volumes Volumes => Cloud.BlockStorage.Volumes;

    private Snapshots Snapshots => Cloud.BlockStorage.Snapshots;

    private string Project => Fake.Keystone.ProjectId;

    protected override FakeCloudOptions Setup => new() { Time = time, MaxLimit = 7 };

    [TestCase(6, 1, TestName = "less than a page")]
    [TestCase(7, 2, TestName = "exactly a page, whose next link leads to an empty one")]
    [TestCase(20, 3, TestName = "three pages")]
    public async Task Every_page_is_read_and_every_volume_once(int count, int requests)
    {
        var made = Many(count);
        var seen = await AllAsync(Volumes.ListAsync(Scope.Own, new() { Status = "available" }, Now));
        var brief = await AllAsync(Volumes.ListBriefAsync(Scope.Own, new(), Now));

        Assert.That(seen.Select(volume => volume.Id), Is.EqualTo(Enumerable.Reverse(made)));
        Assert.That(brief.Select(volume => volume.Id), Is.EqualTo(seen.Select(volume => volume.Id)));
        Assert.That((Fake.Count("GET", "/volumes/detail"), Fake.Count("GET", "/volumes")), Is.EqualTo((requests, requests)));
        Assert.That(Fake.Matching("GET", "/volumes/detail").Select(request => request.Query), Has.All.Contains("status=available"));
    }

    [Test]
    public async Task What_changed_is_found_from_the_second_on_and_the_untouched_never()
    {
        var made = Many(3);
        time.Advance(TimeSpan.FromMinutes(1));
        var cursor = time.GetUtcNow();
        Fake.Cinder.Change(made[1], volume => volume.Status = "in-use");

        var changed = await AllAsync(Volumes.ListAsync(Scope.Own, new() { UpdatedSince = cursor }, Now));

        Assert.That(changed.Select(volume => (volume.Id, volume.Status)), Is.EqualTo(new[] { (made[1], "in-use") }));
        Assert.That(Uri.UnescapeDataString(Fake.Matching("GET", "/volumes/detail").Single().Query), Is.EqualTo($"updated_at=gte:{cursor:yyyy-MM-dd'T'HH:mm:ss}Z"));
    }

    [TestCase("plain")]
    [TestCase("it's")]
    [TestCase(@"back\slash")]
    [TestCase("two\nlines")]
    [TestCase("{'a': 'b'}")]
    public async Task A_metadata_item_is_found_whatever_is_in_it(string value)
    {
        var (volume, other) = (Fake.Cinder.Make(Project, edit: one => one.Metadata["k"] = value), Fake.Cinder.Make(Project, edit: one => one.Metadata["k"] = value + "x"));
        var snapshot = Fake.Cinder.MakeSnapshot(volume.Id, one => one.Metadata["k"] = value);
        Fake.Cinder.MakeSnapshot(other.Id);

        Assert.That((await AllAsync(Volumes.ListAsync(Scope.Own, new() { Metadata = ("k", value) }, Now))).Select(one => one.Id), Is.EqualTo(new[] { volume.Id }));
        Assert.That((await AllAsync(Snapshots.ListAsync(Scope.Own, new() { Metadata = ("k", value) }, Now))).Select(one => one.Id), Is.EqualTo(new[] { snapshot.Id }));
    }

    [Test]
    public async Task An_administrator_sees_all_projects_and_a_tenant_his_own()
    {
        var (mine, theirs) = (Fake.Cinder.Make(Project), Fake.Cinder.Make("tenant"));

        Assert.That((await AllAsync(Volumes.ListAsync(Scope.Own, new() { AllTenants = true }, Now))).Select(one => one.Id), Is.EquivalentTo(new[] { mine.Id, theirs.Id }));
        Assert.That((await AllAsync(Volumes.ListAsync(Scope.Own, new() { AllTenants = true, ProjectId = "tenant" }, Now))).Single().TenantId, Is.EqualTo("tenant"));
        Assert.That((await AllAsync(Volumes.ListAsync(Scope.Project("tenant"), new() { AllTenants = true }, Now))).Single().Id, Is.EqualTo(theirs.Id), "all_tenants is left out");
        Assert.That((await FaultOfAsync(() => AllAsync(Volumes.ListAsync(Scope.Project("tenant"), new() { Host = "h" }, Now)))).Message, Is.EqualTo("Invalid filters host are found in query options."));
    }

    [Test]
    public async Task A_marker_that_is_gone_is_not_found()
    {
        var made = Many(2);
        Fake.Cinder.Vanish(made[0]);
        Assert.That((await FaultOfAsync(() => AllAsync(Volumes.ListAsync(Scope.Own, new() { Marker = made[0] }, Now)))).Kind, Is.EqualTo(FaultKind.NotFound));
    }

    [Test]
    public async Task Snapshots_are_listed_by_volume_and_in_the_order_asked_for()
    {
        var volume = Fake.Cinder.Make(Project);
        var made = new List<string>();
        for (var at = 0; at < 9; at++)
        {
            made.Add(Fake.Cinder.MakeSnapshot(volume.Id).Id);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Fake.Cinder.MakeSnapshot(Fake.Cinder.Make(Project).Id);
        var seen = await AllAsync(Snapshots.ListAsync(Scope.Own, new() { VolumeId = volume.Id, Sort = "created_at:asc", Limit = 4 }, Now));
        Assert.That(seen.Select(one => one.Id), Is.EqualTo(made));
        Assert.That(Fake.Count("GET", "/snapshots/detail"), Is.EqualTo(3));
    }

    private List<string> Many(int count)
    {
        var made = new List<string>();
        for (var at = 0; at < count; at++)
        {
            made.Add(Fake.Cinder.Make(Project).Id);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        return made;
    }
}
