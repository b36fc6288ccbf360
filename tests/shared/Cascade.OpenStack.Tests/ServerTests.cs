using System.Text.Json.Nodes;
using Cascade.OpenStack.Compute;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

[TestFixture]
public sealed class ServerTests : CloudTest
{
    private static readonly ServerCreate Wanted = new() { Name = "a", FlavorRef = "1", Networks = ServerNetworks.None, Tags = ["stamp"] };

    [Test]
    public async Task What_is_asked_for_goes_out_in_novas_own_words()
    {
        Fake.Glance.Add("cirros", [1, 2, 3], id: "11111111-1111-1111-1111-111111111111");
        await Cloud.Compute.Keypairs.ImportAsync(Scope.Own, "k", "ssh-ed25519 AAAA", "ssh", Now);
        Fake.Nova.PlantGroup("apart", "anti-affinity", "p", "u", id: "g");
        foreach (var port in new[] { "p-1", "p-2" })
        {
            Fake.Neutron.AddPort(new JsonObject { ["id"] = port, ["fixed_ips"] = new JsonArray(new JsonObject { ["ip_address"] = "10.0.0.3" }) });
        }

        var made = await Cloud.Compute.Servers.CreateAsync(
            Scope.Own,
            new ServerCreate
            {
                Name = "web", ImageRef = "11111111-1111-1111-1111-111111111111", FlavorRef = "1", Networks = ServerNetworks.Ports(["p-1", "p-2"]),
                KeyName = "k", UserData = "IyE=", Metadata = new Dictionary<string, string> { ["a"] = "b" }, ConfigDrive = true, AdminPass = "s3cret-4715",
                AvailabilityZone = "nova", Description = "d", Hostname = "web", Tags = ["t1", "t2"], SecurityGroups = [new("sg")],
                BlockDevices = [new() { SourceType = "image", DestinationType = "local", Uuid = "11111111-1111-1111-1111-111111111111", BootIndex = 0, DeleteOnTermination = true }],
                DiskConfig = "MANUAL",
                SchedulerHints = new Dictionary<string, SchedulerHint> { ["group"] = "g", ["different_host"] = new[] { "x", "y" } },
            },
            Now);

        Assert.That(made.AdminPass, Is.EqualTo("s3cret-4715"));
        Golden.Match(
            """
            {"server": {"name": "web", "imageRef": "11111111-1111-1111-1111-111111111111", "flavorRef": "1", "networks": [{"port": "p-1"}, {"port": "p-2"}],
              "key_name": "k", "user_data": "IyE=", "metadata": {"a": "b"}, "config_drive": true, "adminPass": "s3cret-4715", "availability_zone": "nova",
              "description": "d", "hostname": "web", "tags": ["t1", "t2"], "security_groups": [{"name": "sg"}],
              "block_device_mapping_v2": [{"source_type": "image", "destination_type": "local", "uuid": "11111111-1111-1111-1111-111111111111", "boot_index": 0, "delete_on_termination": true}],
              "OS-DCF:diskConfig": "MANUAL"},
             "os:scheduler_hints": {"group": "g", "different_host": ["x", "y"]}}
            """,
            Fake.Matching("POST", "/servers")[0].Body);
    }

    [TestCase("2.90", "2.74", TestName = "a cloud that knows it")]
    [TestCase("2.73", null, TestName = "one that does not is not asked")]
    public async Task A_host_may_be_named_from_2_74_on(string newest, string? asked)
    {
        await using var fake = await FakeCloud.StartAsync(new FakeCloudOptions { Release = FakeRelease.Zed with { ComputeMax = newest } });
        var servers = Client(OptionsFor(fake)).Compute.Servers;
        var wanted = Wanted with { Host = "node-1", HypervisorHostname = "node-1" };
        if (asked is null)
        {
            Assert.That((await FaultOfAsync(() => servers.CreateAsync(Scope.Own, wanted, Now))).Message, Does.Contain("a host to create on needs 2.74"));
            Assert.That(fake.Count("POST", "/servers"), Is.Zero);
            return;
        }

        await servers.CreateAsync(Scope.Own, wanted, Now);
        var body = System.Text.Json.Nodes.JsonNode.Parse(fake.Matching("POST", "/servers")[0].Body)!["server"]!;
        Assert.That(((string?)body["host"], (string?)body["hypervisor_hostname"]), Is.EqualTo(("node-1", "node-1")));
    }

    [Test]
    public async Task Images_are_made_of_servers_and_put_under_them_in_novas_own_words()
    {
        var image = Fake.Glance.Add("cirros", [1, 2, 3]);
        var made = await Cloud.Compute.Servers.CreateAsync(Scope.Own, Wanted with { ImageRef = image.Id }, Now);
        var servers = Cloud.Compute.Servers;
        Fake.ForgetRequests();
        var snapshot = await servers.CreateImageAsync(Scope.Own, made.Id, "snap", new Dictionary<string, string> { ["stamp"] = "s" }, Now);
        await servers.RebuildAsync(
            Scope.Own,
            made.Id,
            new() { ImageRef = image.Id, Name = "n", AdminPass = "s3cret-4717", Metadata = new Dictionary<string, string>(), UserData = Settable.Null, Hostname = "n" },
            Now);
        await servers.RescueAsync(Scope.Own, made.Id, "s3cret-4717", image.Id, volumeBacked: false, Now);
        await servers.UnrescueAsync(Scope.Own, made.Id, Now);

        var bodies = Fake.Matching("POST", "/servers/*/action").Select(request => request.Body).ToList();
        Assert.That(Fake.Glance.Find(snapshot), Is.Not.Null);
        Golden.Match("""{"createImage": {"name": "snap", "metadata": {"stamp": "s"}}}""", bodies[0]);
        Golden.Match($$$"""{"rebuild": {"imageRef": "{{{image.Id}}}", "name": "n", "adminPass": "s3cret-4717", "metadata": {}, "user_data": null, "hostname": "n"}}""", bodies[1]);
        Golden.Match($$$"""{"rescue": {"adminPass": "s3cret-4717", "rescue_image_ref": "{{{image.Id}}}"}}""", bodies[2]);
        Golden.Match("""{"unrescue": null}""", bodies[3]);
    }

    [TestCase(false, "none")]
    [TestCase(true, "auto")]
    public async Task Networks_may_be_a_word_and_what_is_null_is_not_sent(bool auto, string word)
    {
        // What "auto" is answered from; a cloud without any network refuses it.
        Fake.Neutron.Make("networks", Fake.Keystone.ProjectId, new JsonObject { ["name"] = "only" });
        await Cloud.Compute.Servers.CreateAsync(
            Scope.Own, new ServerCreate { Name = "a", FlavorRef = "1", Networks = auto ? ServerNetworks.Auto : ServerNetworks.None }, Now);

        Golden.Match($$$"""{"server": {"name": "a", "flavorRef": "1", "networks": "{{{word}}}"}}""", Fake.Matching("POST", "/servers")[0].Body);
    }

    [Test]
    public async Task A_server_is_read_with_all_that_an_administrator_sees()
    {
        var made = await Cloud.Compute.Servers.CreateAsync(Scope.Own, Wanted with { Metadata = new Dictionary<string, string> { ["a"] = "b" } }, Now);
        await Fake.UntilAsync(fake => fake.Nova.Find(made.Id)!.VmState == "active");

        var server = await Cloud.Compute.Servers.GetAsync(Scope.Own, made.Id, Now);

        Assert.Multiple(() =>
        {
            Assert.That((server.Status, server.VmState, server.TaskState, server.PowerState), Is.EqualTo(("ACTIVE", "active", (string?)null, (int?)1)));
            Assert.That((server.TenantId, server.UserId), Is.EqualTo((Fake.Keystone.ProjectId, Fake.Keystone.UserId)));
            Assert.That(server.Tags, Is.EqualTo(new[] { "stamp" }));
            Assert.That(server.Metadata["a"], Is.EqualTo("b"));
            Assert.That((server.Host, server.HypervisorHostname, server.Hostname), Is.EqualTo(("node-1", "node-1", "a")));
            Assert.That(server.InstanceName, Does.StartWith("instance-"));
            Assert.That(server.LaunchedAt!.Value.Offset, Is.EqualTo(TimeSpan.Zero));
            Assert.That(server.TerminatedAt, Is.Null);
            Assert.That(server.ImageId, Is.Null, "an empty string is no image");
            Assert.That(server.Flavor!.OriginalName, Is.EqualTo("m1.tiny"));
            Assert.That(server.Other!.ContainsKey("hostId"), Is.True, "unknown members are kept");
        });
    }

    [Test]
    public async Task A_fault_of_the_build_is_read()
    {
        Fake.Nova.Hold("build");
        var made = await Cloud.Compute.Servers.CreateAsync(Scope.Own, Wanted, Now);
        Fake.Nova.Fail(made.Id, "No valid host was found. ");

        var server = await Cloud.Compute.Servers.GetAsync(Scope.Own, made.Id, Now);

        Assert.That((server.Status, server.Fault!.Code, server.Fault.Message), Is.EqualTo(("ERROR", 500, "No valid host was found. ")));
        Assert.That(server.Fault.Created, Is.Not.Null);
    }

    [Test]
    public async Task A_server_of_a_cell_that_is_down_has_an_id_and_little_else()
    {
        Fake.On("GET", "/servers/detail").FailOnce(200, """{"servers": [{"id": "x", "status": "UNKNOWN", "tenant_id": "t", "created": "2026-11-22T18:00:00Z", "links": []}]}""");

        var servers = await AllAsync(Cloud.Compute.Servers.ListAsync(Scope.Own, new ServerFilter(), Now));

        Assert.That((servers[0].Id, servers[0].Status, servers[0].Name, servers[0].Metadata.Count), Is.EqualTo(("x", "UNKNOWN", (string?)null, 0)));
    }

    [TestCase("{}")]
    [TestCase("""{"server": null}""")]
    [TestCase("""{"server": {"name": "without id"}}""")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("<html>It works!</html>")]
    public async Task An_answer_of_another_shape_is_a_fault_and_no_null(string body)
    {
        Fake.On("GET", "/servers/*").FailOnce(200, body);

        var fault = await FaultOfAsync(() => Cloud.Compute.Servers.GetAsync(Scope.Own, "x", Now));

        Assert.That((fault.Kind, fault.Status), Is.EqualTo((FaultKind.Unavailable, (int?)200)));
    }

    [Test]
    public async Task Stop_start_reboot_and_their_refusals()
    {
        var server = Fake.Nova.Plant("a", Fake.Keystone.ProjectId, "u");
        var servers = Cloud.Compute.Servers;

        await servers.StopAsync(Scope.Own, server.Id, Now);
        Assert.That(Fake.Nova.Find(server.Id)!.Status, Is.EqualTo("SHUTOFF"));
        Assert.That((await FaultOfAsync(() => servers.StopAsync(Scope.Own, server.Id, Now))).Kind, Is.EqualTo(FaultKind.Conflict));
        await servers.StartAsync(Scope.Own, server.Id, Now);
        Assert.That(Fake.Nova.Find(server.Id)!.Status, Is.EqualTo("ACTIVE"));
        Fake.Nova.Hold("reboot");
        await servers.RebootAsync(Scope.Own, server.Id, RebootType.Hard, Now);
        Assert.That(Fake.Nova.Find(server.Id)!.Status, Is.EqualTo("HARD_REBOOT"));
        Fake.Nova.Finish(server.Id);
        await servers.RebootAsync(Scope.Own, server.Id, RebootType.Soft, Now);
        Assert.That(Fake.Nova.Find(server.Id)!.Status, Is.EqualTo("REBOOT"));
        Assert.That(
            Fake.Matching("POST", "/servers/*/action").Select(request => request.Body),
            Is.EqualTo(new[]
            {
                """{"os-stop":null}""", """{"os-stop":null}""", """{"os-start":null}""", """{"reboot":{"type":"HARD"}}""", """{"reboot":{"type":"SOFT"}}""",
            }));
    }

    [TestCase(null, "one\ntwo\nthree", """{"os-getConsoleOutput":{}}""")]
    [TestCase(2, "two\nthree", """{"os-getConsoleOutput":{"length":2}}""")]
    public async Task Console_output_may_be_cut_to_the_last_lines(int? lines, string output, string body)
    {
        var server = Fake.Nova.Plant("a", Fake.Keystone.ProjectId, "u");
        Fake.Nova.Change(server.Id, one => one.Console = "one\ntwo\nthree");

        Assert.That(await Cloud.Compute.Servers.ConsoleOutputAsync(Scope.Own, server.Id, lines, Now), Is.EqualTo(output));
        Assert.That(Fake.Matching("POST", "/servers/*/action")[0].Body, Is.EqualTo(body));
    }

    [Test]
    public async Task Delete_force_delete_and_gone()
    {
        var one = Fake.Nova.Plant("a", Fake.Keystone.ProjectId, "u");
        var other = Fake.Nova.Plant("b", Fake.Keystone.ProjectId, "u");

        await Cloud.Compute.Servers.DeleteAsync(Scope.Own, one.Id, Now);
        await Cloud.Compute.Servers.ForceDeleteAsync(Scope.Own, other.Id, Now);

        Assert.That(Fake.Nova.Servers, Is.Empty);
        Assert.That(await Cloud.Compute.Servers.FindAsync(Scope.Own, one.Id, Now), Is.Null);
        Assert.That((await FaultOfAsync(() => Cloud.Compute.Servers.DeleteAsync(Scope.Own, one.Id, Now))).Kind, Is.EqualTo(FaultKind.NotFound));
    }

    [Test]
    public async Task Tags_are_read_replaced_and_added()
    {
        var server = Fake.Nova.Plant("a", Fake.Keystone.ProjectId, "u", "one");
        var servers = Cloud.Compute.Servers;

        await servers.AddTagAsync(Scope.Own, server.Id, "two words", Now);
        await servers.AddTagAsync(Scope.Own, server.Id, "two words", Now);
        Assert.That(await servers.TagsAsync(Scope.Own, server.Id, Now), Is.EqualTo(new[] { "one", "two words" }));
        Assert.That(await servers.ReplaceTagsAsync(Scope.Own, server.Id, ["three"], Now), Is.EqualTo(new[] { "three" }));
    }

    [Test]
    public async Task A_remote_console_has_a_url_that_is_not_in_its_text()
    {
        var server = Fake.Nova.Plant("a", Fake.Keystone.ProjectId, "u");

        var console = await Cloud.Compute.Consoles.CreateAsync(Scope.Own, server.Id, "vnc", "novnc", Now);

        Assert.That(console.Url, Does.Contain("token"));
        Assert.That(console.ToString(), Does.Not.Contain("token"));
        Assert.That(JsonNode.Parse(Fake.Matching("POST", "/servers/*/remote-consoles")[0].Body)!["remote_console"]!["type"]!.ToString(), Is.EqualTo("novnc"));
    }
}
