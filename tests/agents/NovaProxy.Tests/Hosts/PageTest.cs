using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy;
using Cascade.NovaProxy.Hosts;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support.Parent;
using Microsoft.Extensions.Logging.Abstractions;

namespace NovaProxy.Tests.Hosts;

sealed class PageTest
{
    const string Uuid = "1ff09e11-7334-45ed-ad71-a5a507c31c52";

    static readonly string[] Answered =
    [
        "add_fixed_ip_to_instance", "attach_interface", "attach_volume", "backup_instance", "build_and_run_instance", "cache_images",
        "confirm_resize", "detach_interface", "detach_volume", "external_instance_event", "get_console_output", "get_diagnostics", "get_host_uptime",
        "get_instance_diagnostics", "get_mks_console", "get_serial_console", "get_spice_console", "get_vnc_console", "pause_instance", "prep_resize",
        "reboot_instance", "rebuild_instance", "remove_fixed_ip_from_instance", "remove_volume_connection", "rescue_instance",
        "reserve_block_device_name", "restore_instance", "resume_instance", "revert_resize", "set_admin_password", "set_host_enabled",
        "shelve_instance", "shelve_offload_instance", "snapshot_instance", "soft_delete_instance", "start_instance", "stop_instance",
        "suspend_instance", "swap_volume", "terminate_instance", "trigger_crash_dump", "unpause_instance", "unrescue_instance", "unshelve_instance",
        "validate_console_port",
    ];

    FakeConductor conductor = null!;

    [SetUp]
    public void SetUp()
    {
        conductor = new(TimeProvider.System);
        conductor.AddInstance(new()
        {
            ["uuid"] = Uuid, ["project_id"] = "p1", ["host"] = "proxy-1", ["vm_state"] = "active", ["task_state"] = "pausing", ["deleted"] = false,
        });
        conductor.AddAction(Uuid, "pause", "req-1", "u1");
    }

    [Test]
    public void Every_method_that_a_parent_may_send_is_on_the_page_and_nothing_else()
    {
        var page = NovaProxyTable.Page().Methods.ToList();

        Assert.Multiple(() =>
        {
            Assert.That(page.Where(entry => entry.Namespace is null).Select(entry => entry.Method), Is.EquivalentTo(NovaMethods.All.Select(method => method.Name)));
            Assert.That(page.Where(entry => entry.Namespace == "baseapi").Select(entry => entry.Method), Is.EquivalentTo(NovaMethods.Base.Select(method => method.Name)));
            Assert.That(page.Where(entry => entry.Namespace is null && entry.Reason is null).Select(entry => entry.Method), Is.EquivalentTo(Answered));
        });
    }

    [TestCase("zed")]
    [TestCase("2025.1")]
    [TestCase("2026.1")]
    public void A_method_that_a_release_sends_and_the_page_does_not_list_fails(string release)
    {
        var sent = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "source", release + ".json")))!;
        var page = NovaProxyTable.Page().Methods.ToLookup(entry => entry.Namespace, entry => entry.Method);
        string[] methods = [.. sent["methods"]!.AsObject().Select(method => method.Key)];

        Assert.That(methods, Has.Length.GreaterThan(70).And.SubsetOf(page[null]));
        Assert.That(sent["base"]!.AsObject().Select(method => method.Key), Is.EquivalentTo(page["baseapi"]));
    }

    static IEnumerable<TestCaseData> ServerRefusals()
    {
        yield return new("get_rdp_console", "ConsoleTypeUnavailable") { TestName = "400, not 500: the user asks for another type" };
        yield return new("check_can_live_migrate_destination", "MigrationPreCheckError") { TestName = "the conductor tries the next host" };
        yield return new("quiesce_instance", "InstanceQuiesceNotSupported") { TestName = "a snapshot of a volume-backed server goes on without" };
        yield return new("host_power_action", "NotImplementedError") { TestName = "501" };
        yield return new("a_method_of_tomorrow", "NotImplementedError") { TestName = "never NoSuchMethod, which is 500" };
    }

    [TestCaseSource(nameof(ServerRefusals))]
    public void What_is_declined_hears_the_class_its_controller_knows(string method, string @class)
    {
        var fault = Assert.CatchAsync(() => ServeAsync(method));

        Assert.That(fault is UnservableException unservable ? unservable.Fault.Class : ((RpcFault)fault!).Class, Is.EqualTo(@class));
    }

    [Test]
    public void A_declined_cast_fails_as_native_does_in_the_native_order()
    {
        Assert.CatchAsync<RpcFault>(() => ServeAsync("allow_share"));

        Assert.That(
            conductor.Calls.Select(call => call.ObjectMethod),
            Is.EqualTo(new[] { "InstanceActionEvent.event_start", "InstanceFault.create", "InstanceActionEvent.event_finish_with_failure", "Instance.save" }));
        var row = conductor.Instance(Uuid)!;
        Assert.That(((string?)row["vm_state"], (string?)row["task_state"]), Is.EqualTo(("active", (string?)null)));
        var asked = conductor.Actions(Uuid).Single();
        Assert.That((asked.Message, asked.Events.Single().Result), Is.EqualTo(("Error", "Error")));
    }

    [TestCase("check_can_live_migrate_destination", "accepted", "pausing", TestName = "the conductor asks the next host with the same record")]
    [TestCase("check_can_live_migrate_source", "error", "pausing", TestName = "nobody sends it with a migration; the conductor ends it")]
    [TestCase("pre_live_migration", "error", "pausing", TestName = "the source rolls back")]
    [TestCase("live_migration", "error", null, TestName = "the source has nobody who would")]
    [TestCase("live_migration_abort", "error", "pausing", TestName = "an abort changes nothing")]
    [TestCase("resize_instance", "error", null, TestName = "a native destination sends it to its source")]
    [TestCase("prep_snapshot_based_resize_at_dest", "accepted", "pausing", TestName = "a resize into another cell goes on to the next host")]
    public void A_declined_move_leaves_task_and_migration_to_whom_native_leaves_them(string method, string status, string? task)
    {
        var migration = conductor.AddMigration(new() { ["instance_uuid"] = Uuid, ["status"] = "accepted" });
        Assert.CatchAsync(() => ServeAsync(method, migration: migration));

        Assert.That(
            ((string?)conductor.Migrations(Uuid).Single()["status"], (string?)conductor.Instance(Uuid)!["task_state"], (string?)conductor.Instance(Uuid)!["vm_state"]),
            Is.EqualTo((status, task, "active")));
        Assert.That(conductor.Actions(Uuid).Single().Events.Single().Result, Is.EqualTo("Error"));
    }

    [Test]
    public void A_version_of_another_major_is_refused()
    {
        var fault = Assert.CatchAsync<UnservableException>(() => ServeAsync("live_migration_abort", new(7, 0)));

        Assert.That(fault!.Fault.Class, Is.EqualTo("UnsupportedVersion"));
    }

    async Task<JsonNode?> ServeAsync(string method, RpcVersion? version = null, JsonObject? migration = null)
    {
        var caller = new Conductor(new InProcessCaller(conductor));
        var identity = new HostIdentity("proxy-1");
        var boundary = new InstanceBoundary(
            new(caller, identity), new(caller, identity), new(caller, identity, new(caller)), NullLogger<InstanceBoundary>.Instance);
        using var cloud = new Cloud(new() { AuthUrl = new("http://127.0.0.1:1/") });
        var allocations = new Allocations(new(cloud, cloud, cloud, cloud));
        var aftercare = new DeclinedAftercare(caller, allocations, NullLogger<DeclinedAftercare>.Instance);
        var page = NovaProxyTable.Page();
        var endpoint = new NovaEndpoint(page.On(new NoServices()), page.Methods, boundary, aftercare);
        var args = new JsonObject { ["instance"] = Cascade.Contracts.Nova.Objects.NovaObjects.New("Instance", conductor.Instance(Uuid)).ToJson() };
        if (migration is not null)
        {
            args["migration"] = Cascade.Contracts.Nova.Objects.NovaObjects.New("Migration", migration).ToJson();
        }

        var context = new RpcContext(new() { ["request_id"] = "req-1", ["project_id"] = "p1", ["user_id"] = "u1", ["is_admin"] = false });
        return await endpoint.ServeAsync(new(method, JsonDocument.Parse(args.ToJsonString()).RootElement, null, version ?? new(6, 0), context), default);
    }

    sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
