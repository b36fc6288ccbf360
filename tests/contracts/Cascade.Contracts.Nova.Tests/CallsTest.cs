using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Tests;

/// <summary>What nova's own client sends, of Zed ("installed") and of 2026.1.</summary>
public sealed class CallsTest
{
    static readonly string[] Releases = ["installed", "stable_2026.1"];

    [TestCaseSource(nameof(Releases))]
    public void A_build_is_read_whole_and_can_be_echoed_as_it_came(string release)
    {
        var args = Arguments("build_and_run_instance", release);

        var call = Read<BuildAndRunInstance>(args);

        Assert.Multiple(() =>
        {
            Assert.That(call.Instance.Text("uuid"), Is.EqualTo("dddddddd-0000-4000-8000-000000000001"));
            Assert.That(call.Instance.Object("flavor")!.Number("vcpus"), Is.EqualTo(1));
            Assert.That(call.AdminPassword, Is.EqualTo("s3cret"));
            Assert.That(call.Node, Is.EqualTo("proxy-1"));
            Assert.That(call.BlockDeviceMapping!.Objects(), Has.Count.EqualTo(1));
            Same(call.Image, args["image"]);
            Same(call.RequestSpec, args["request_spec"]);
            Same(call.FilterProperties, args["filter_properties"]);
            Same(call.HostList, args["host_list"]);
            Same(call.SecurityGroups, args["security_groups"]);
            Same(call.InjectedFiles, args["injected_files"]);
            Same(call.RequestedNetworks?.ToJson(), args["requested_networks"]);
            Same(call.Instance.ToJson(), args["instance"]);
        });
    }

    [TestCaseSource(nameof(Releases))]
    public void A_terminate_is_read(string release)
    {
        var call = Read<TerminateInstance>(Arguments("terminate_instance", release));

        Assert.That((call.Instance.Text("uuid"), call.Bdms is not null), Is.EqualTo(("dddddddd-0000-4000-8000-000000000001", true)));
    }

    [TestCaseSource(nameof(Releases))]
    public void External_events_are_read(string release)
    {
        var call = Read<ExternalInstanceEvent>(Arguments("external_instance_event", release));

        Assert.That((call.Events.Single().Text("name"), call.Instances.Single().Text("host")), Is.EqualTo(("network-vif-plugged", "proxy-1")));
    }

    [TestCaseSource(nameof(Releases))]
    public void A_console_is_asked_for_by_its_type(string release)
    {
        var call = Read<GetVncConsole>(Arguments("get_vnc_console", release));

        Assert.That((call.Instance.Text("uuid"), call.ConsoleType), Is.EqualTo(("dddddddd-0000-4000-8000-000000000001", "novnc")));
    }

    [Test]
    public void A_password_and_a_port_are_read_by_novas_names()
    {
        var instance = NovaObjects.New("Instance", new() { ["uuid"] = "x" }).ToJson();
        var password = Read<SetAdminPassword>(new() { ["instance"] = instance, ["new_pass"] = "n3w" });
        var port = Read<ValidateConsolePort>(new() { ["instance"] = instance.DeepClone(), ["port"] = "5900", ["console_type"] = "novnc" });

        Assert.That((password.NewPass, password.ToString().Contains("n3w", StringComparison.Ordinal), port.Port, port.ConsoleType), Is.EqualTo(("n3w", false, "5900", "novnc")));
    }

    [TestCaseSource(nameof(Releases))]
    public void A_device_name_is_asked_for(string release)
    {
        var call = Read<ReserveBlockDeviceName>(Arguments("reserve_block_device_name", release));

        Assert.That(
            (call.Instance.Text("uuid"), call.VolumeId, call.Device, call.Tag, call.Multiattach),
            Is.EqualTo(("dddddddd-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000003", (string?)null, (string?)null, (bool?)false)));
    }

    /// <summary>nova/compute/rpcapi.py: attach_volume, detach_volume, swap_volume, remove_volume_connection; there is no sample of these.</summary>
    [Test]
    public void What_is_asked_of_volumes_is_read()
    {
        var instance = NovaObjects.New("Instance", new() { ["uuid"] = "x" }).ToJson();
        var bdm = NovaObjects.New("BlockDeviceMapping", new() { ["volume_id"] = "v" }).ToJson();

        var attach = Read<AttachVolume>(new() { ["instance"] = instance.DeepClone(), ["bdm"] = bdm });
        var detach = Read<DetachVolume>(new() { ["instance"] = instance.DeepClone(), ["volume_id"] = "v", ["attachment_id"] = "a" });
        var swap = Read<SwapVolume>(new() { ["instance"] = instance.DeepClone(), ["old_volume_id"] = "o", ["new_volume_id"] = "n", ["new_attachment_id"] = null });
        var old = Read<RemoveVolumeConnection>(new() { ["instance"] = instance.DeepClone(), ["volume_id"] = "v" });
        var remove = Read<RemoveVolumeConnection>(new() { ["instance"] = instance, ["volume_id"] = "v", ["delete_attachment"] = true });

        Assert.Multiple(() =>
        {
            Assert.That(attach.Bdm.Text("volume_id"), Is.EqualTo("v"));
            Assert.That((detach.VolumeId, detach.AttachmentId), Is.EqualTo(("v", "a")));
            Assert.That((swap.OldVolumeId, swap.NewVolumeId, swap.NewAttachmentId), Is.EqualTo(("o", "n", (string?)null)));
            Assert.That((old.DeleteAttachment, remove.DeleteAttachment), Is.EqualTo((false, true)));
        });
    }

    [Test]
    public void What_concerns_images_is_read_in_the_words_of_novas_own_client()
    {
        // nova/compute/rpcapi.py: snapshot_instance, backup_instance, rebuild_instance, rescue_instance, shelve_instance, unshelve_instance.
        static JsonObject About(params (string Name, JsonNode? Value)[] more)
        {
            var args = new JsonObject { ["instance"] = NovaObjects.New("Instance", new() { ["uuid"] = "x" }).ToJson() };
            foreach (var (name, value) in more)
            {
                args[name] = value;
            }

            return args;
        }

        var backup = Read<BackupInstance>(About(("image_id", "i"), ("backup_type", "daily"), ("rotation", 3)));
        var rebuild = Read<RebuildInstance>(About(
            ("orig_image_ref", "o"), ("image_ref", "n"), ("new_pass", "p"), ("recreate", false), ("preserve_ephemeral", true), ("migration", null), ("reimage_boot_volume", true), ("target_state", null)));
        var rescue = Read<RescueInstance>(About(("rescue_password", "p"), ("rescue_image_ref", "i"), ("clean_shutdown", true)));
        var unshelve = Read<UnshelveInstance>(About(("image", new JsonObject { ["id"] = "i" }), ("node", "n"), ("filter_properties", new JsonObject()), ("accel_uuids", new JsonArray())));
        Assert.Multiple(() =>
        {
            Assert.That(Read<SnapshotInstance>(About(("image_id", "i"))).ImageId, Is.EqualTo("i"));
            Assert.That((backup.ImageId, backup.BackupType, backup.Rotation), Is.EqualTo(("i", "daily", 3)));
            Assert.That(
                (rebuild.OrigImageRef, rebuild.ImageRef, rebuild.NewPass, rebuild.Recreate, rebuild.PreserveEphemeral, rebuild.ReimageBootVolume),
                Is.EqualTo(("o", "n", "p", (bool?)false, (bool?)true, (bool?)true)));
            Assert.That((rescue.RescuePassword, rescue.RescueImageRef), Is.EqualTo(("p", "i")));
            Assert.That(Read<ShelveInstance>(About(("image_id", "i"), ("clean_shutdown", true))).ImageId, Is.EqualTo("i"));
            Assert.That((unshelve.Image?["id"]?.ToString(), unshelve.Node), Is.EqualTo(("i", "n")));
        });
    }

    [Test]
    public void Arguments_that_a_newer_parent_adds_are_ignored_and_missing_ones_are_null()
    {
        var call = Read<StopInstance>(new() { ["instance"] = NovaObjects.New("Instance", new() { ["uuid"] = "x" }).ToJson(), ["of_tomorrow"] = 1 });

        Assert.That((call.Instance.Text("uuid"), call.CleanShutdown), Is.EqualTo(("x", (bool?)null)));
    }

    [Test]
    public void A_resize_is_read_whole_and_can_be_handed_back_as_it_came()
    {
        // No sample was recorded: nova/compute/rpcapi.py: prep_resize, msg_args.
        var args = new JsonObject
        {
            ["instance"] = NovaObjects.New("Instance", new() { ["uuid"] = "x" }).ToJson(),
            ["flavor"] = new JsonObject { ["nova_object.name"] = "Flavor", ["nova_object.namespace"] = "nova", ["nova_object.version"] = "1.2", ["nova_object.data"] = new JsonObject { ["id"] = 2 } },
            ["image"] = new JsonObject { ["id"] = "i" },
            ["request_spec"] = new JsonObject { ["nova_object.name"] = "RequestSpec" },
            ["filter_properties"] = new JsonObject { ["retry"] = new JsonObject { ["num_attempts"] = 1 } },
            ["node"] = "proxy-1",
            ["migration"] = NovaObjects.New("Migration", new() { ["id"] = 7, ["status"] = "pre-migrating" }).ToJson(),
            ["clean_shutdown"] = true,
            ["host_list"] = new JsonArray(),
        };
        var call = Read<PrepResize>(args);

        Assert.Multiple(() =>
        {
            Assert.That((call.Flavor.Number("id"), call.Migration.Number("id"), call.Node, call.CleanShutdown), Is.EqualTo((2L, 7L, "proxy-1", true)));
            Same(call.FilterProperties, args["filter_properties"]);
            Same(call.RequestSpec, args["request_spec"]);
            Same(call.HostList, args["host_list"]);
        });
        Assert.That(Read<ConfirmResize>(args).Migration.Number("id"), Is.EqualTo(7));
        Assert.That(Read<RevertResize>(args).Migration.Text("status"), Is.EqualTo("pre-migrating"));
    }

    [Test]
    public void No_object_claims_a_version_that_Zed_does_not_know()
    {
        // A newer one sends the conductor into endless recursion (contract 5.3).
        Assert.That(
            new[] { "Instance", "Migration", "ConsoleAuthToken", "BlockDeviceMapping", "BlockDeviceMappingList" }.Select(NovaObjects.Version),
            Is.EqualTo(new[] { "2.7", "1.7", "1.1", "1.20", "1.17" }));
    }

    static TCall Read<TCall>(JsonObject args)
        where TCall : IRpcCall<TCall> => args.Deserialize(TCall.Wire)!;

    static void Same(JsonNode? ours, JsonNode? native) => Assert.That(JsonNode.DeepEquals(ours, native), Is.True, ours?.ToJsonString());

    static JsonObject Arguments(string method, string release)
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Samples", "in", $"in-{method}-{release}.json");
        return JsonNode.Parse(File.ReadAllText(path))!["oslo.message"]!["args"]!.AsObject();
    }
}
