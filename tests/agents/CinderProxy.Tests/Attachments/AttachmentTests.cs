using System.Text.Json.Nodes;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Attachments;

sealed class AttachmentTests : WorldTest
{
    const string Instance = "55555555-5555-4555-8555-555555555555";

    [Test]
    public async Task The_answer_says_where_the_volume_is_and_the_rows_that_it_is_being_attached()
    {
        var volume = await World.VolumeAsync();
        var attachment = Api.Reserve(volume, Instance);

        var info = (await World.DeliverAsync(Api.UpdateAttachment(attachment)))!;

        var row = World.Rows.Row("volume_attachment", attachment);
        Assert.Multiple(() =>
        {
            Assert.That(((string)info["driver_volume_type"]!, (string)info["child_volume_id"]!, (string)info["volume_id"]!, (string)info["child_region"]!, (string)info["access_mode"]!),
                Is.EqualTo(("cascade", World.Link(volume), volume, "RegionOne", "rw")));
            Assert.That(((bool)info["encrypted"]!, info["qos_specs"], (string)info["attachment_id"]!), Is.EqualTo((false, (JsonNode?)null, attachment)));
            Assert.That((row["attach_status"], row["attached_host"], row["mountpoint"], row["attach_mode"]), Is.EqualTo(("attaching", "nova-proxy-1", "/dev/vdb", "rw")));
            Assert.That(JsonNode.Parse((string)row["connector"]!)!["cascade"]!["child_region"]!.ToString(), Is.EqualTo("RegionOne"));
            Assert.That((World.Status(volume), World.VolumeRow(volume)["attach_status"]), Is.EqualTo(("attaching", "attaching")));
            Assert.That(World.Child.Count("POST", "/attachments"), Is.Zero, "nobody attaches here: the Nova-Proxy does");
        });
    }

    static IEnumerable<TestCaseData> Refusals()
    {
        yield return new(FakeCinderApi.Connector(region: "RegionTwo"), "InvalidInput") { TestName = "a server in another cloud" };
        yield return new(new JsonObject { ["host"] = "backup-1", ["initiator"] = "iqn.1993" }, "InvalidInput") { TestName = "os-brick" };
        yield return new(new JsonObject { ["cascade"] = new JsonObject() }, "InvalidInput") { TestName = "a connector without a host" };
    }

    [TestCaseSource(nameof(Refusals))]
    public async Task Who_cannot_have_it_hears_a_400_and_not_a_500(JsonObject connector, string @class)
    {
        var attachment = Api.Reserve(await World.VolumeAsync(), Instance);

        var refused = Refused(Api.UpdateAttachment(attachment, connector));

        Assert.That((refused.Class, refused.Module), Is.EqualTo((@class, "cinder.exception")));
        Assert.That(World.Rows.Row("volume_attachment", attachment)["attach_status"], Is.EqualTo("error_attaching"));
    }

    [Test]
    public async Task A_volume_that_another_server_of_the_child_has_is_refused()
    {
        var volume = await World.VolumeAsync();
        World.Child.Nova.AttachByHand(World.Child.Nova.Plant("other", Api.Project, "tenant").Id, World.Link(volume)!);
        var attachment = Api.Reserve(volume, Instance);

        var refused = Refused(Api.UpdateAttachment(attachment, FakeCinderApi.Connector(Guid.NewGuid().ToString())));

        Assert.That(refused.Class, Is.EqualTo("InvalidVolume"));
        Assert.That(World.Messages(volume), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_volume_that_the_right_server_has_already_may_be_attached_in_the_parent()
    {
        var volume = await World.VolumeAsync();
        var server = World.Child.Nova.Plant("imported", Api.Project, "tenant").Id;
        World.Child.Nova.AttachByHand(server, World.Link(volume)!);

        var info = await World.DeliverAsync(Api.UpdateAttachment(Api.Reserve(volume, Instance), FakeCinderApi.Connector(server)));

        Assert.That((string)info!["child_volume_id"]!, Is.EqualTo(World.Link(volume)));
    }

    [TestCase("True", "ro", true, TestName = "read-only in both clouds")]
    [TestCase("False", "rw", false, TestName = "the key with the word False is not read-only")]
    public async Task The_mode_is_natives_and_the_child_enforces_it(string said, string mode, bool isReadonly)
    {
        var volume = await World.VolumeAsync();
        World.Rows.Insert("volume_admin_metadata", ("id", 50), ("volume_id", volume), ("key", "readonly"), ("value", said));
        var attachment = Api.Reserve(volume, Instance);

        var info = await World.DeliverAsync(Api.UpdateAttachment(attachment));
        Assert.That(((string)info!["access_mode"]!, World.There(volume).Readonly is true), Is.EqualTo((mode, isReadonly)));

        await World.ThroughAsync(World.DeliverAsync(Api.DeleteAttachment(attachment)));
        Assert.That(World.There(volume).Readonly is true, Is.False, "the next one may write");
    }

    [Test]
    public async Task The_legacy_question_has_the_same_answer_nested_and_writes_nothing()
    {
        var volume = await World.VolumeAsync();
        var asked = RpcSample.Order("initialize_connection", volume, Api.Project, Api.User, args =>
        {
            RpcSample.Fill(args["volume"], World.VolumeRow(volume));
            args["connector"] = FakeCinderApi.Connector();
        });

        var info = (await World.DeliverAsync(asked))!;

        Assert.That(((string)info["driver_volume_type"]!, (string)info["data"]!["child_volume_id"]!), Is.EqualTo(("cascade", World.Link(volume))));
        Assert.That(World.Status(volume), Is.EqualTo("available"));
    }

    [Test]
    public async Task The_legacy_attach_and_detach_write_what_native_writes()
    {
        var volume = await World.VolumeAsync();
        await World.DeliverAsync(Api.Attach(volume, Instance, "ro"));
        Assert.That((World.Status(volume), World.VolumeRow(volume)["attach_status"]), Is.EqualTo(("in-use", "attached")));
        Assert.That(World.Rows.Texts("SELECT value FROM volume_admin_metadata WHERE key='attached_mode' AND deleted=0"), Is.EqualTo(new[] { "ro" }));

        await World.DeliverAsync(Api.Detach(volume, null));

        Assert.That((World.Status(volume), World.VolumeRow(volume)["attach_status"]), Is.EqualTo(("available", "detached")));
        Assert.That(World.Rows.Number("SELECT COUNT(*) FROM volume_attachment WHERE deleted=0") + World.Rows.Number("SELECT COUNT(*) FROM volume_admin_metadata WHERE deleted=0"), Is.Zero);
    }

    [Test]
    public async Task While_the_child_is_away_a_call_is_refused_at_once_with_words_that_the_api_passes_on()
    {
        var attachment = Api.Reserve(await World.VolumeAsync(), Instance);
        World.Child.Unreachable = true;
        await World.Of<Cascade.Agent.Child.ChildHealth>().CheckAsync(default);

        var refused = Assert.CatchAsync<Cascade.Oslo.Wire.Failures.RpcFault>(() => World.DeliverAsync(Api.UpdateAttachment(attachment)))!;

        Assert.That((refused.Class, refused.Message.Contains("Try again later", StringComparison.Ordinal)), Is.EqualTo(("InvalidVolume", true)));
    }
}
