using System.Text.Json.Nodes;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.NovaProxy.Usage;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Tests.Usage;

/// <summary>The audit against a conductor in memory; what it tells is kept.</summary>
public sealed class UsageTests : WorldTest
{
    static readonly AuditPeriod Hours = new("hour", 0);

    readonly Heard notices = new();

    ShiftedTime time = null!;

    [SetUp]
    public async Task Clock()
    {
        notices.Told.Clear();
        notices.Broken = null;
        time = await World.RebornLaterAsync();
    }

    [Test]
    public async Task Each_server_of_the_period_is_told_once_with_what_native_tells_and_the_log_says_so()
    {
        var vm = await ActiveAsync("web", row =>
        {
            row["metadata"] = new JsonObject { ["tier"] = "front" };
            row["reservation_id"] = "r-1";
            row["created_at"] = "2026-11-22T16:25:50Z";
            row["launched_at"] = "2026-11-22T16:26:10Z";
            row["progress"] = 0;
        });
        var audit = Audit();
        time.Advance(TimeSpan.FromHours(1));
        await audit.PassAsync(Hours, default);
        await audit.PassAsync(Hours, default);

        var (begin, end) = Hours.LastBefore(time.GetUtcNow());
        var told = notices.Told.Single();
        var log = World.Conductor.TaskLogs.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.Select(field => field.Key), Is.EquivalentTo(Native));
            Assert.That(Text(told, "instance_id", "tenant_id", "user_id", "display_name", "reservation_id", "state", "state_description", "host", "cell_name"), Is.EqualTo(new[]
            {
                vm.Uuid, World.Project, "u1", "web", "r-1", "active", "", World.Host, "",
            }));
            Assert.That(Text(told, "created_at", "launched_at", "terminated_at", "progress"), Is.EqualTo(new[] { "2026-11-22 16:25:50+00:00", "2026-11-22T16:26:10.000000", "", "" }));
            Assert.That(Text(told, "instance_type", "instance_flavor_id", "vcpus", "memory_mb", "disk_gb", "image_ref_url"), Is.EqualTo(new[] { "m1.small", "1", "1", "2048", "20", World.Image.Id }));
            Assert.That(Text(told, "audit_period_beginning", "audit_period_ending"), Is.EqualTo(new[] { begin.ToString("yyyy-MM-dd HH:mm:ss"), end.ToString("yyyy-MM-dd HH:mm:ss") }));
            Assert.That(told["image_meta"]!.ToJsonString(), Is.EqualTo($$"""{"base_image_ref":"{{World.Image.Id}}","hw_rng_model":"virtio"}"""));
            Assert.That(told["metadata"]!.ToJsonString(), Is.EqualTo("""{"tier":"front"}"""));
            Assert.That(Text(log, "task_name", "state", "host", "task_items", "errors"), Is.EqualTo(new[] { "instance_usage_audit", "DONE", World.Host, "1", "0" }));
            Assert.That((string?)log["message"], Does.StartWith($"Instance usage audit ran for host {World.Host}, 1 instances in "));
        }
    }

    [Test]
    public async Task Servers_that_were_deleted_in_the_period_are_told_and_those_before_it_are_not()
    {
        var (late, early) = (await ActiveAsync("late"), await ActiveAsync("early"));
        time.Advance(TimeSpan.FromHours(1));
        var (begin, end) = Hours.LastBefore(time.GetUtcNow());
        foreach (var (vm, at) in new[] { (late, begin.AddMinutes(1)), (early, begin.AddMinutes(-1)) })
        {
            World.Conductor.EditInstance(vm.Uuid, row => (row["deleted"], row["terminated_at"]) = (true, at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")));
        }

        await Audit().PassAsync(Hours, default);

        Assert.That(notices.Told.Select(told => (string?)told["instance_id"]), Is.EqualTo(new[] { late.Uuid }));
        Assert.That((string?)notices.Told[0]["terminated_at"], Is.EqualTo(begin.AddMinutes(1).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff")));
        Assert.That(end, Is.GreaterThan(begin));
    }

    [Test]
    public async Task What_another_life_told_is_not_told_again_and_what_it_left_half_done_is()
    {
        await ActiveAsync("one");
        time.Advance(TimeSpan.FromHours(1));
        notices.Broken = new InvalidOperationException("killed");
        Assert.That(async () => await Audit().PassAsync(Hours, default), Throws.InvalidOperationException);
        Assert.That((string?)World.Conductor.TaskLogs.Single()["state"], Is.EqualTo("RUNNING"));

        notices.Broken = null;
        await Audit().PassAsync(Hours, default);
        await Audit().PassAsync(Hours, default);

        Assert.That((notices.Told.Count, (string?)World.Conductor.TaskLogs.Single()["state"]), Is.EqualTo((1, "DONE")));
    }

    [Test]
    public async Task One_that_cannot_be_read_is_counted_and_keeps_no_other_from_being_told()
    {
        var (odd, fine) = (await ActiveAsync("odd"), await ActiveAsync("fine"));
        World.Conductor.EditInstance(odd.Uuid, row => row["flavor"] = null);
        time.Advance(TimeSpan.FromHours(1));
        await Audit().PassAsync(Hours, default);

        Assert.That(notices.Told.Select(told => (string?)told["instance_id"]), Is.EqualTo(new[] { fine.Uuid }));
        Assert.That(Text(World.Conductor.TaskLogs.Single(), "task_items", "errors"), Is.EqualTo(new[] { "2", "1" }));
    }

    [TestCase(false, true, 0, TestName = "off, as natively without the option")]
    [TestCase(true, false, 1, TestName = "on without a bus to tell it on: said, and nothing asked")]
    public async Task Where_nobody_would_hear_nothing_is_audited(bool wanted, bool heard, int said)
    {
        notices.IsHeard = heard;
        await Audit(new() { Period = wanted ? Hours : null }).RunAsync(default);
        notices.IsHeard = true;

        Assert.That((World.Conductor.TaskLogs.Count, World.Said(4803).Count), Is.EqualTo((0, said)));
    }

    static readonly string[] Native =
    [
        "tenant_id", "user_id", "instance_id", "display_name", "reservation_id", "hostname", "instance_type", "instance_type_id", "instance_flavor_id", "architecture",
        "memory_mb", "disk_gb", "vcpus", "root_gb", "ephemeral_gb", "host", "node", "availability_zone", "cell_name", "created_at", "terminated_at", "deleted_at",
        "launched_at", "image_ref_url", "os_type", "kernel_id", "ramdisk_id", "state", "state_description", "progress", "access_ip_v4", "access_ip_v6", "image_meta",
        "metadata", "audit_period_beginning", "audit_period_ending",
    ];

    static IEnumerable<string?> Text(JsonObject row, params string[] fields) => fields.Select(field => row[field]?.ToString());

    async Task<Wanted> ActiveAsync(string name, Action<JsonObject>? edit = null)
    {
        var vm = new Wanted(World, name);
        await vm.ActiveAsync();
        if (edit is not null)
        {
            World.Conductor.EditInstance(vm.Uuid, edit);
        }

        return vm;
    }

    UsageAudit Audit(UsageOptions? options = null) => new(
        World.Of<Instances>(),
        new(World.Of<IConductor>(), World.Of<HostIdentity>()),
        notices,
        options ?? new() { Period = Hours },
        World.Of<HostIdentity>(),
        time,
        World.Of<ILogger<UsageAudit>>());

    sealed class Heard : IUsageNotices
    {
        public List<JsonObject> Told { get; } = [];

        public Exception? Broken { get; set; }

        public bool IsHeard { get; set; } = true;

        public Task ExistsAsync(JsonObject usage, CancellationToken cancelled)
        {
            if (Broken is not null)
            {
                throw Broken;
            }

            Told.Add(usage);
            return Task.CompletedTask;
        }
    }
}
