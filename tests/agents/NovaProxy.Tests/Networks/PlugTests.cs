using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Networks.Mirrored;
using Cascade.NovaProxy.Networks.Plugging;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NovaProxy.Tests.Networks;

/// <summary>A build is over when its server runs and its ports are plugged, and not before; or when the time is up.</summary>
public sealed class PlugTests : NetworksTest
{
    static readonly TimeSpan TooLong = TimeSpan.FromSeconds(301);

    readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    CancellationTokenSource over = null!;

    private protected override TimeProvider Clock => clock;

    [SetUp]
    public void Watch() => over = new();

    [TearDown]
    public async Task Stop()
    {
        await over.CancelAsync();
        over.Dispose();
    }

    [Test]
    public async Task A_server_that_runs_is_not_built_before_its_ports_are_plugged_and_the_event_says_when()
    {
        var vm = await RunningAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("building/spawning/0"));
        _ = World.Of<PlugWatch>().RunAsync(over.Token);

        await PlugAsync(vm);
        await HappenAsync(vm, "network-vif-plugged", (string)Ports(vm).Single()["id"]!);

        await World.Conductor.UntilAsync(now => World.State(vm.Uuid) == "active/-/1");
    }

    [Test]
    public async Task A_lost_event_is_made_up_for_by_looking()
    {
        var vm = await RunningAsync();

        await PlugAsync(vm);
        await World.Of<PlugWatch>().LookAsync(default);

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [Test]
    public async Task A_port_that_is_plugged_while_it_is_read_is_seen_at_once()
    {
        L2.IsMute = true;
        var vm = new Wanted(World);
        await BuildAsync(vm, On(Blue));
        _ = World.Of<PlugWatch>().RunAsync(over.Token);
        var read = World.Above.On("GET", "/ports").HoldAfter();
        var looking = World.LookAsync();
        await read.Arrived;

        await PlugAsync(vm);
        await HappenAsync(vm, "network-vif-plugged", (string)Ports(vm).Single()["id"]!);
        read.Release();
        await looking;

        // No time passes: nothing but the event says when.
        await World.Conductor.UntilAsync(now => World.State(vm.Uuid) == "active/-/1");
    }

    [Test]
    public async Task A_new_life_waits_on_for_the_ports_of_a_server_that_runs()
    {
        var vm = await RunningAsync();

        await RebornAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("building/spawning/0"));
        await PlugAsync(vm);
        await World.Of<PlugWatch>().LookAsync(default);

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [Test]
    public async Task Not_plugged_in_time_is_an_error_that_leaves_nothing()
    {
        var mine = Port(Blue);
        var vm = await RunningAsync(With(mine));

        clock.Advance(TooLong);
        await World.Of<PlugWatch>().LookAsync(default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"));
            Assert.That(vm.Fault, Is.EqualTo($"Build of instance {vm.Uuid} aborted: Failed to allocate the network(s), not rescheduling."));
            Assert.That(vm.Events, Is.EqualTo(new[] { "create:compute__do_build_and_run_instance=Error" }));
            Assert.That(Ports(vm), Is.Empty);
            Assert.That((string?)ParentPort(mine)["binding:host_id"], Is.Empty);
            Assert.That(vm.Servers, Is.Empty);
            Assert.That(World.Conductor.Rescheduled, Is.Empty);
        }
    }

    [Test]
    public async Task Not_plugged_in_time_is_let_be_where_that_is_not_fatal()
    {
        await RebornAsync(new() { VifPluggingIsFatal = false });
        var vm = await RunningAsync();

        clock.Advance(TooLong);
        await World.Of<PlugWatch>().LookAsync(default);

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [Test]
    public async Task A_time_out_of_nothing_does_not_wait()
    {
        await RebornAsync(new() { VifPluggingTimeout = TimeSpan.Zero });

        var vm = await RunningAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [Test]
    public async Task A_port_in_error_is_not_waited_for()
    {
        var vm = await RunningAsync();

        World.Above.Neutron.SetPortStatus((string)Ports(vm).Single()["id"]!, "ERROR");
        await World.Of<PlugWatch>().LookAsync(default);

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"));
    }

    [Test]
    public async Task A_port_of_a_stranger_that_names_the_instance_holds_nothing_up()
    {
        var vm = await RunningAsync();
        World.Above.Neutron.Make("ports", "p2", new() { ["network_id"] = Blue, ["device_id"] = vm.Uuid });

        L2.IsMute = false;
        await World.Above.UntilAsync(_ => (string?)ParentPort(vm.NetworkInfo[0]!["id"]!.ToString())["status"] == "ACTIVE");
        await World.Of<PlugWatch>().LookAsync(default);

        Assert.That((World.State(vm.Uuid), vm.NetworkInfo.Count), Is.EqualTo(("active/-/1", 1)));
    }

    [Test]
    public async Task A_port_that_is_switched_off_is_not_waited_for()
    {
        var off = Port(Blue, port => port["admin_state_up"] = false);

        var vm = await RunningAsync(With(off));

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [Test]
    public async Task Ports_that_never_come_to_the_child_end_the_build()
    {
        L2.Holds = true;
        var vm = new Wanted(World);
        var building = BuildAsync(vm, On(Blue));
        await World.Above.UntilAsync(_ => World.Of<ChildPortWatch>().Waiting == 1);

        clock.Advance(TooLong);
        await building;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"));
            Assert.That(vm.Fault, Does.Contain("Failed to allocate the network(s), not rescheduling. The ports are not in the child after 300 s."));
            Assert.That(World.Above.Neutron.Ports, Is.Empty);
            Assert.That(World.Child.Nova.Made, Is.Zero);
        }
    }

    [Test]
    public async Task A_build_that_waits_for_ports_of_a_child_that_went_away_comes_again_with_it()
    {
        L2.Holds = true;
        var vm = new Wanted(World);
        var building = BuildAsync(vm, On(Blue));
        await World.Above.UntilAsync(_ => World.Of<ChildPortWatch>().Waiting == 1);
        World.Child.Unreachable = true;
        await World.Of<ChildHealth>().CheckAsync(default);

        clock.Advance(TooLong);
        Assert.ThrowsAsync<ParkException>(() => building);
        World.Child.Unreachable = false;
        await World.Of<ChildHealth>().CheckAsync(default);
        L2.Holds = false;
        await BuildAsync(vm, On(Blue));

        Assert.That((vm.Servers.Count, Ports(vm).Count), Is.EqualTo((1, 1)));
    }

    /// <summary>The child's server runs and has been seen; the parent has not heard of the ports.</summary>
    async Task<Wanted> RunningAsync(params System.Text.Json.Nodes.JsonObject[] nics)
    {
        L2.IsMute = true;
        var vm = new Wanted(World);
        await BuildAsync(vm, nics.Length > 0 ? nics : [On(Blue)]);
        await World.LookAsync();
        return vm;
    }

    async Task PlugAsync(Wanted vm)
    {
        L2.IsMute = false;
        await World.Above.UntilAsync(_ => Ports(vm).All(port => (string?)port["status"] == "ACTIVE"));
    }
}
