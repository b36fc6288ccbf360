using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Support;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NovaProxy.Tests.Rebuild;

public sealed class RebuildTests : WorldTest
{
    [Test]
    public async Task A_rebuild_goes_through_novas_chain_and_the_child_gets_all_that_was_asked_for()
    {
        var vm = await ActiveAsync();
        var other = World.Above.Glance.Add("other", [9, 9, 9]);
        World.Conductor.EditInstance(vm.Uuid, row =>
        {
            row["display_name"] = "renamed";
            row["hostname"] = "renamed";
            row["metadata"] = new JsonObject { ["k"] = "v" };
            row["user_data"] = "dXNlcg==";
            row["key_name"] = "mine";
            row["key_data"] = "ssh-rsa AAAA me";
        });
        World.Child.Nova.Hold("rebuild");
        await vm.RebuildAsync(other.Id);
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/rebuild_spawning/1"));
        World.Child.Nova.Release("rebuild");
        await World.LookAsync();

        var below = World.Child.Nova.Find(vm.Link!)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
            Assert.That(World.Saves(vm.Uuid).TakeLast(4), Is.EqualTo(new[]
            {
                "power_state=1 task_state=rebuilding (\"rebuilding\")",
                "task_state=rebuild_block_device_mapping (\"rebuilding\")",
                "system_metadata task_state=rebuild_spawning (\"rebuild_block_device_mapping\")",
                "config_drive= power_state=1 system_metadata task_state=null vm_state=active (\"rebuild_spawning\")",
            }));
            Assert.That(vm.Events[^1], Is.EqualTo("rebuild:compute_rebuild_instance=Success"));
            Assert.That(World.Child.Glance.Find(below.ImageId!)!.Bytes, Is.EqualTo(new byte[] { 9, 9, 9 }));
            Assert.That((below.Name, below.Hostname, below.AdminPass, below.UserData), Is.EqualTo(("renamed", "renamed", "n3w", "dXNlcg==")));
            Assert.That(below.Metadata, Is.EqualTo(new Dictionary<string, string> { ["k"] = "v" }));
            Assert.That(below.KeyName, Does.StartWith("cascade-"));
            Assert.That(World.Row(vm.Uuid)["system_metadata"]!.AsObject().ContainsKey("cascade_rebuild_from"), Is.False);
            Assert.That(below.Tags, Has.Member($"cascade:{vm.Uuid}"), "it is still ours");
        }
    }

    [Test]
    public async Task A_stopped_server_is_stopped_again_as_a_stop_of_its_own_in_the_same_action()
    {
        var vm = await ActiveAsync();
        await vm.StopAsync();
        await World.LookAsync();
        await vm.RebuildAsync(World.Image.Id);
        await World.LookAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
        Assert.That(World.Saves(vm.Uuid).TakeLast(2), Is.EqualTo(new[]
        {
            "progress=0 task_state=powering-off vm_state=active",
            "power_state=4 task_state=null vm_state=stopped (\"powering-off\")",
        }));
        Assert.That(vm.Events.TakeLast(2), Is.EquivalentTo(new[] { "rebuild:compute_rebuild_instance=Success", "rebuild:compute_stop_instance=Success" }));
    }

    [Test]
    public async Task A_server_in_error_is_active_afterwards()
    {
        var vm = await ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => server.VmState = "error");
        World.Conductor.EditInstance(vm.Uuid, row => row["vm_state"] = "error");
        await vm.RebuildAsync(World.Image.Id);
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [Test]
    public async Task A_rebuild_that_the_child_took_and_could_not_do_is_an_error_with_the_childs_words()
    {
        var vm = await ActiveAsync();
        World.Child.Nova.Hold("rebuild");
        await vm.RebuildAsync(World.Image.Id);
        World.Child.Nova.Fail(vm.Link!, "Disk is full");
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/1"));
        Assert.That(vm.Fault, Does.Contain("Disk is full"));
        Assert.That(vm.Events[^1], Is.EqualTo("rebuild:compute_rebuild_instance=Error"));
    }

    static IEnumerable<TestCaseData> Faults()
    {
        yield return Of("child", "POST", "/servers/*/action", rule => rule.FailOnce(409, "it is locked"), "error", "the child refuses");
        yield return Of("child", "POST", "/servers/*/action", rule => rule.FailOnce(400, "min_ram"), "error", "the child finds the image unfit");
        yield return Of("child", "POST", "/servers/*/action", rule => rule.DropBefore(), "error", "never taken, and not repeated blindly");
        yield return Of("child", "POST", "/servers/*/action", rule => rule.DropAfter(), "active", "a lost answer");
        yield return Of("child", "GET", "/servers/*", rule => rule.FailOnce(500), "active", "a look is repeated");
        yield return Of("parent", "GET", "/images/*/file", rule => rule.Fail(9, 500), "error", "the image does not come");

        static TestCaseData Of(string cloud, string method, string path, Func<FaultRule, FaultRule> rule, string state, string why) =>
            new TestCaseData(cloud, method, path, rule, state).SetName($"{cloud} {method} {path}: {why}");
    }

    [TestCaseSource(nameof(Faults))]
    public async Task Every_request_may_go_wrong(string cloud, string method, string path, Func<FaultRule, FaultRule> rule, string state)
    {
        var vm = await ActiveAsync();
        var other = World.Above.Glance.Add("other", [9, 9, 9]);
        rule((cloud == "child" ? World.Child : World.Above).On(method, path));
        try
        {
            await vm.RebuildAsync(other.Id);
        }
        catch (RpcFault)
        {
            // Told in fault and event, too.
        }

        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo($"{state}/-/1"));
        Assert.That(vm.Events[^1], Is.EqualTo($"rebuild:compute_rebuild_instance={(state == "active" ? "Success" : "Error")}"));

        World.Child.Heal();
        World.Above.Heal();
        await vm.RebuildAsync(other.Id);
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), "and asking again works");
    }

    [Test]
    public async Task A_second_delivery_does_not_rebuild_twice()
    {
        var vm = await ActiveAsync();
        World.Child.Nova.Hold("rebuild");
        await vm.RebuildAsync(World.Image.Id);
        World.Child.Nova.Release("rebuild");
        await World.RebornAsync();
        Assert.That(World.Child.Nova.Find(vm.Link!)!.TaskState, Is.Null, "the child has done it meanwhile");
        await World.DeliverAsync(new RebuildInstance(vm.Envelope(), World.Image.Id, World.Image.Id), vm.Ask("rebuild"));
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(World.Child.Requests.Count(request => request.Method == "POST" && request.Body.Contains("\"rebuild\"", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [TestCase(true, "active")]
    [TestCase(false, "error")]
    public async Task A_later_life_without_the_message_knows_whether_the_child_had_heard(bool heard, string state)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await World.StartAsync(time: time);
        var vm = new Wanted(world);
        await vm.BuildAsync();
        await world.LookAsync();
        if (!heard)
        {
            world.Child.On("POST", "/servers/*/action").HoldBefore();
            _ = vm.RebuildAsync(world.Image.Id);
            await world.Conductor.UntilAsync(_ => world.State(vm.Uuid) == "active/rebuild_spawning/1");
        }
        else
        {
            await vm.RebuildAsync(world.Image.Id);
        }

        await world.RebornAsync();
        await world.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await world.ResumeAsync();

        Assert.That(world.State(vm.Uuid), Is.EqualTo($"{state}/-/1"));
    }

    static IEnumerable<TestCaseData> ServerRefusals()
    {
        yield return new TestCaseData((Action<JsonObject>)(_ => { }), (Func<RebuildInstance, RebuildInstance>)(call => call with { InjectedFiles = [new JsonArray("/etc/motd", "eA==")] }), "active", "personality")
            .SetName("Files to inject");
        yield return new TestCaseData(
            (Action<JsonObject>)(row => row["trusted_certs"] = new VersionedObject(ObjectDialect.Nova, "TrustedCerts", "1.0", new() { ["ids"] = new JsonArray("c1") }).ToJson()),
            (Func<RebuildInstance, RebuildInstance>)(call => call),
            "active",
            "certificates").SetName("Trusted image certificates");
        yield return new TestCaseData((Action<JsonObject>)(_ => { }), (Func<RebuildInstance, RebuildInstance>)(call => call with { Recreate = true }), "active", "another cloud")
            .SetName("An evacuation: the instance is as it was");
    }

    [TestCaseSource(nameof(ServerRefusals))]
    public async Task What_cannot_be_rebuilt_is_refused_before_anything_is_done(Action<JsonObject> edit, Func<RebuildInstance, RebuildInstance> call, string state, string words)
    {
        var vm = await ActiveAsync();
        World.Child.ForgetRequests();
        Assert.That(
            async () =>
            {
                World.Conductor.EditInstance(vm.Uuid, row =>
                {
                    edit(row);
                    row["task_state"] = "rebuilding";
                });
                await World.DeliverAsync(call(new(vm.Envelope(), World.Image.Id, World.Image.Id)), vm.Ask("rebuild"));
            },
            Throws.InstanceOf<RpcFault>());

        Assert.That(World.State(vm.Uuid), Is.EqualTo($"{state}/-/1"));
        Assert.That(vm.Fault, Does.Contain(words));
        Assert.That(World.Child.Requests.Where(request => request.Method != "GET" && request.Service == "compute"), Is.Empty);
    }

    [Test]
    public async Task A_delete_in_the_middle_ends_it_without_a_fault()
    {
        var vm = await ActiveAsync();
        var other = World.Above.Glance.Add("other", [9, 9, 9]);
        var held = World.Above.On("GET", "/images/*/file").HoldBefore();
        var rebuilding = vm.RebuildAsync(other.Id);
        await held.Arrived;
        await vm.DeleteAsync();
        await rebuilding;
        held.Release();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
        Assert.That(World.Conductor.Faults(vm.Uuid), Is.Empty);
    }

    async Task<Wanted> ActiveAsync()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        return vm;
    }
}
