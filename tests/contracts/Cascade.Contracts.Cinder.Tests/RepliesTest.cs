using System.Text.Json.Nodes;
using Cascade.Contracts.Cinder.Capabilities;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.Replies;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Tests;

/// <summary>What we answer is what natives answer, or what cinder's code took from us.</summary>
public sealed class RepliesTest
{
    [Test]
    public void An_attachment_is_told_what_the_API_took()
    {
        var sample = Sample.Handmade("reply-attachment_update")["result"]!;

        Sample.Same(
            new ConnectionInfo((string)sample["volume_id"]!, (string)sample["child_volume_id"]!, "child1", "rw") { ChildProjectId = "p", EnforceMultipath = false }
                .Flat((string)sample["attachment_id"]!),
            sample);
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void An_attachment_is_told_all_that_natives_tell(string release)
    {
        var sample = Sample.Reply(release, "attachment_update");

        Sample.Same(Native(sample, release).Flat((string)sample["attachment_id"]!), sample);
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void A_connection_is_told_the_same_nested(string release)
    {
        var sample = Sample.Reply(release, "initialize_connection");

        Sample.Same(Native(sample["data"]!, release).Nested(), sample);
    }

    [TestCase("""{}""", "rw", TestName = "nothing known")]
    [TestCase("""{"readonly": "False"}""", "rw", TestName = "readonly set and taken back")]
    [TestCase("""{"readonly": "True"}""", "ro", TestName = "readonly")]
    [TestCase("""{"readonly": "True", "attached_mode": "rw"}""", "rw", TestName = "a legacy attach said it")]
    [TestCase("""{"readonly": "true"}""", "rw", TestName = "Python's word and no other")]
    public void The_access_mode_is_reckoned_as_natives_do(string metadata, string mode) =>
        Assert.That(
            ConnectionInfo.Mode(JsonNode.Parse(metadata)!.AsObject().ToDictionary(pair => pair.Key, pair => (string?)pair.Value)),
            Is.EqualTo(mode));

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void Capabilities_are_answered_with_the_members_that_natives_answer(string release)
    {
        var native = Sample.Reply(release, "get_capabilities").AsObject();
        var pool = new PoolCapabilities
        {
            PoolName = "ssd", Total = Capacity.Of(1000), Free = Capacity.Of(800), AllocatedGigabytes = 5, ProvisionedGigabytes = 200, ThinProvisioningSupport = true,
            ThickProvisioningSupport = false, Multiattach = true, OnlineExtendSupport = true,
        };

        var ours = BackendReplies.Capabilities(new() { VolumeBackendName = "child1", VendorName = "Cascade", Pools = [pool] });

        Assert.Multiple(() =>
        {
            Assert.That(native.Select(member => member.Key), Is.SubsetOf(ours.Select(member => member.Key)));
            foreach (var member in native.Where(member => member.Key is not "pools" and not "properties"))
            {
                Sample.Same(ours[member.Key], member.Value);
            }

            foreach (var member in native["pools"]![0]!.AsObject().Where(member => member.Key != "max_over_subscription_ratio"))
            {
                Sample.Same(ours["pools"]![0]![member.Key], member.Value);
            }

            Assert.That(ours["properties"], Is.InstanceOf<JsonObject>().And.Empty);
        });
    }

    [Test]
    public void There_are_no_replication_targets() =>
        Sample.Same(BackendReplies.NoReplicationTargets(), JsonNode.Parse("""{"replication_targets": []}"""));

    static IEnumerable<TestCaseData> Manageable() =>
        Sample.Releases.Select(release => Listed(release, method => Sample.Reply(release, method)))
            .Append(Listed("handmade", method => Sample.Handmade("reply-" + method)["result"]!));

    static TestCaseData Listed(string name, Func<string, JsonNode> read) =>
        new TestCaseData(read("get_manageable_volumes"), read("get_manageable_snapshots")).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Manageable))]
    public void What_can_be_managed_is_listed_as_natives_list_it(JsonNode volumes, JsonNode snapshots)
    {
        Sample.Same(ManageableResource.Volumes(volumes.AsArray().Select(Resource)), volumes);
        Sample.Same(
            ManageableResource.Snapshots(snapshots.AsArray().Select(one => Resource(one) with { SourceReference = Texts(one!["versioned_object.data"]!["source_reference"]) })),
            snapshots);
    }

    [Test]
    public void What_the_administrator_should_know_is_in_the_extra_info()
    {
        var resource = new ManageableResource(new Dictionary<string, string?> { ["source-id"] = "a" }, 1) { ExtraInfo = new Dictionary<string, string?> { ["status"] = "in-use" } };
        var listed = ManageableResource.Volumes([resource]);

        Assert.That((string?)listed[0]!["versioned_object.data"]!["extra_info"]!["status"], Is.EqualTo("in-use"));
    }

    [Test]
    public void Levels_of_logs_are_listed_as_the_API_took_them()
    {
        var sample = Sample.Handmade("reply-get_log_levels")["result"]!;

        Sample.Same(CinderLogLevel.List([new("cinder", "INFO")]).ToJson(), sample);
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void Levels_of_logs_are_those_of_natives_but_for_their_changes(string release)
    {
        var sample = Sample.Reply(release, "get_log_levels");
        var levels = VersionedObject.Read(sample).Objects().Select(CinderLogLevel.Read).ToList();

        Assert.That(levels, Has.Count.GreaterThan(5).And.All.Matches<CinderLogLevel>(level => level.Prefix is not null && level.Level is not null));
        Sample.Same(CinderLogLevel.List(levels).ToJson(), CinderObjects.WithoutChanges(VersionedObject.Read(sample)).ToJson());
    }

    static ConnectionInfo Native(JsonNode data, string release) =>
        new((string)data["volume_id"]!, (string)data["child_volume_id"]!, (string)data["child_region"]!, (string)data["access_mode"]!)
        {
            EnforceMultipath = release == "zed" ? null : false,
        };

    static ManageableResource Resource(JsonNode? one)
    {
        var data = one!["versioned_object.data"]!;
        return new(Texts(data["reference"]), (int)data["size"]!) { ReasonNotSafe = (string?)data["reason_not_safe"], CinderId = (string?)data["cinder_id"] };
    }

    static Dictionary<string, string?> Texts(JsonNode? of) => of!.AsObject().ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
}
