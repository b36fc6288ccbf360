using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>Where our user is an administrator in the tenants' projects of the child, too: its policy lets it name a host.</summary>
public sealed class ForcedHostTests : WorldTest
{
    const int Refused = 4360;
    const int Forced = 4361;

    private protected override Support.FakeCloudOptions? Child => new() { TenantRoles = ["admin", "member"] };

    [SetUp]
    public void SecondHost() => World.Child.Nova.AddService("nova-compute", "node-2");

    [TestCase("cascade:host", "host")]
    [TestCase("cascade:hypervisor_hostname", "hypervisor_hostname")]
    public async Task An_administrator_of_the_parent_sends_a_server_to_one_host_of_the_child(string hint, string member)
    {
        var vm = new Wanted(World);
        await BuildAsync(vm, vm.CreatedByAdmin, hint, "node-2");
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That((vm.Server.Host, (string?)vm.Server.Asked["server"]![member], vm.Server.ProjectId), Is.EqualTo(("node-2", "node-2", World.Project)));
        Assert.That(vm.Server.Asked["os:scheduler_hints"], Is.Null, "the hint is ours, not the child's scheduler's");
        Assert.That(World.Said(Forced).Single(), Does.Contain("node-2"));
    }

    [Test]
    public async Task A_tenant_is_refused_before_anything_is_made()
    {
        var vm = new Wanted(World);
        await BuildAsync(vm, vm.Created, "cascade:host", "node-2");

        Assert.That((World.State(vm.Uuid), World.Child.Nova.Made, World.Conductor.Rescheduled.Count), Is.EqualTo(("error/-/0", 0, 0)));
        Assert.That(vm.Fault, Does.Contain("the scheduler hints cascade:host and cascade:hypervisor_hostname are for administrators"));
        Assert.That(World.Said(Refused).Single(), Does.Contain("node-2"));
    }

    [Test]
    public async Task A_host_that_the_child_does_not_have_is_an_error_and_nobody_else_builds_it()
    {
        var vm = new Wanted(World);
        await BuildAsync(vm, vm.CreatedByAdmin, "cascade:host", "node-9");

        Assert.That((World.State(vm.Uuid), World.Conductor.Rescheduled.Count), Is.EqualTo(("error/-/0", 0)));
        Assert.That(vm.Fault, Does.Contain("Compute host node-9 could not be found."));
    }

    [Test]
    public async Task A_host_that_has_no_room_is_an_error_and_nobody_else_builds_it()
    {
        World.Child.Nova.EnableHost("node-2", false);
        var vm = new Wanted(World);
        await BuildAsync(vm, vm.CreatedByAdmin, "cascade:host", "node-2");
        await World.LookAsync();

        Assert.That((World.State(vm.Uuid), World.Conductor.Rescheduled.Count), Is.EqualTo(("error/-/0", 0)), "as natively: a forced host is not retried");
        Assert.That(vm.Fault, Does.Contain("No valid host was found"));
    }

    [Test]
    public async Task It_holds_for_the_create_alone_an_unshelve_goes_where_the_child_says()
    {
        var vm = new Wanted(World);
        await BuildAsync(vm, vm.CreatedByAdmin, "cascade:host", "node-2");
        await World.LookAsync();
        await vm.OffloadedByShelveAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "unshelving");
        World.Above.Placement.Allocate(vm.Uuid, World.Provider.Uuid, World.Project, "u1", ("VCPU", 1), ("MEMORY_MB", 2048));
        await World.DeliverAsync(vm.UnshelveCall() with { RequestSpec = Spec("cascade:host", "node-2") }, vm.Ask("unshelve"));
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That((vm.Server.Host, vm.Server.Asked["server"]!["host"], vm.Server.Asked["os:scheduler_hints"]), Is.EqualTo(("node-1", (JsonNode?)null, (JsonNode?)null)));
    }

    Task BuildAsync(Wanted vm, RpcContext by, string hint, string host) => World.DeliverAsync(vm.BuildCall(call => call["request_spec"] = Spec(hint, host)), by);

    static JsonObject Spec(string hint, string host) => new()
    {
        ["nova_object.data"] = new JsonObject { ["scheduler_hints"] = new JsonObject { [hint] = new JsonArray(host) } },
    };
}

/// <summary>A child whose policy keeps that to its own administrators.</summary>
public sealed class ForcedHostPolicyTests : WorldTest
{
    [Test]
    public async Task Its_words_are_the_fault_and_nothing_is_built_anywhere()
    {
        var vm = new Wanted(World);
        var call = vm.BuildCall(call => call["request_spec"]!["nova_object.data"]!["scheduler_hints"] = new JsonObject { ["cascade:host"] = new JsonArray("node-1") });
        await World.DeliverAsync(call, vm.CreatedByAdmin);

        Assert.That((World.State(vm.Uuid), World.Conductor.Rescheduled.Count, World.Child.Nova.Made), Is.EqualTo(("error/-/0", 0, 0)));
        Assert.That(vm.Fault, Does.Contain("Policy doesn't allow compute:servers:create:requested_destination to be performed."));
    }
}

/// <summary>A child older than 2.74, such as Stein's 2.72.</summary>
public sealed class ForcedHostOldChildTests : WorldTest
{
    private protected override Support.FakeCloudOptions? Child => new() { Release = Support.FakeRelease.Train with { ComputeMax = "2.72" }, TenantRoles = ["admin", "member"] };

    [Test]
    public async Task It_says_that_the_child_is_too_old()
    {
        var vm = new Wanted(World);
        var call = vm.BuildCall(call => call["request_spec"]!["nova_object.data"]!["scheduler_hints"] = new JsonObject { ["cascade:host"] = new JsonArray("node-1") });
        await World.DeliverAsync(call, vm.CreatedByAdmin);

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"));
        Assert.That(vm.Fault, Does.Contain("a host to create on needs 2.74"));
    }
}
