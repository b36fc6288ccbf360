using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Networks.Mirrored;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NovaProxy.Tests.Networks;

/// <summary>Interfaces of a server that runs: attached, detached, deleted, given addresses.</summary>
public sealed class InterfaceTests : NetworksTest
{
    readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());

    private protected override TimeProvider Clock => clock;

    [Test]
    public async Task A_network_is_attached_and_the_answer_is_the_vif()
    {
        var vm = await ActiveAsync(On(Blue));
        var green = Network("green", "10.10.0.0/24");

        var vif = await AttachAsync(vm, network: green, tag: "late");

        var port = Ports(vm)[1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(vif!["id"]!.ToString(), Is.EqualTo((string?)port["id"]));
            Assert.That(vif["network"]!["label"]!.ToString(), Is.EqualTo("green"));
            Assert.That(vm.NetworkInfo.Select(one => one!["network"]!["label"]!.ToString()), Is.EqualTo(new[] { "blue", "green" }));
            Assert.That((string?)port["binding:host_id"], Is.EqualTo(World.Host));
            Assert.That(ChildPort((string)port["id"]!)["device_id"]!.ToString(), Is.EqualTo(vm.Link));
            Assert.That(World.Child.Matching("POST", "/servers/*/os-interface").Single().Body, Does.Contain("\"tag\":\"late\""));
            Assert.That(vm.Events[^1], Is.EqualTo("attach:compute_attach_interface=Success"));
        }
    }

    [Test]
    public async Task A_port_is_attached_and_stays_when_the_instance_goes()
    {
        var vm = await ActiveAsync(On("none"));
        var mine = Port(Blue);

        await AttachAsync(vm, port: mine);
        await vm.DeleteAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
        Assert.That((string?)ParentPort(mine)["device_id"], Is.Empty);
    }

    [Test]
    public async Task A_port_that_it_has_already_is_in_use()
    {
        var mine = Port(Blue);
        var vm = await ActiveAsync(With(mine));

        var fault = Assert.ThrowsAsync<RpcFault>(() => AttachAsync(vm, port: mine));

        Assert.That((fault!.Class, World.State(vm.Uuid), vm.NetworkInfo.Count), Is.EqualTo(("PortInUse", "active/-/1", 1)));
        Assert.That((string?)ParentPort(mine)["device_id"], Is.EqualTo(vm.Uuid));
    }

    [Test]
    public async Task What_the_child_refuses_is_taken_back()
    {
        var vm = await ActiveAsync(On(Blue));
        World.Child.On("POST", "/servers/*/os-interface").FailOnce(400, """{"badRequest": {"code": 400, "message": "no more slots"}}""");

        var fault = Assert.ThrowsAsync<RpcFault>(() => AttachAsync(vm, network: Blue));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault!.Class, Is.EqualTo("InterfaceAttachFailed"));
            Assert.That(fault.Message, Does.StartWith($"Failed to attach network adapter device to {vm.Uuid}: no more slots"));
            Assert.That(Ports(vm), Has.Count.EqualTo(1));
            Assert.That(vm.NetworkInfo, Has.Count.EqualTo(1));
            Assert.That(World.Conductor.Interfaces(vm.Uuid), Has.Count.EqualTo(1));
            Assert.That(vm.Events[^1], Is.EqualTo("attach:compute_attach_interface=Error"));
        }
    }

    [Test]
    public async Task A_port_that_does_not_come_to_the_child_is_refused_before_nova_api_gives_up()
    {
        var vm = await ActiveAsync(On("none"));
        var mine = Port(Blue);
        L2.Holds = true;
        var attaching = AttachAsync(vm, port: mine);
        await World.Above.UntilAsync(_ => World.Of<ChildPortWatch>().Waiting == 1);

        clock.Advance(TimeSpan.FromSeconds(46));

        Assert.That(Assert.ThrowsAsync<RpcFault>(() => attaching)!.Class, Is.EqualTo("InterfaceAttachFailed"));
        Assert.That((string?)ParentPort(mine)["device_id"], Is.Empty);
        Assert.That(vm.NetworkInfo, Is.Empty);
    }

    [Test]
    public async Task A_second_delivery_of_an_attach_goes_on_with_the_port_of_the_first()
    {
        var vm = await ActiveAsync(On(Blue));
        var killed = true;
        World.Conductor.Before = call =>
        {
            if (killed && call.ObjectMethod == "VirtualInterface.create")
            {
                killed = false;
                throw new OperationCanceledException("the process ends");
            }
        };
        Assert.CatchAsync(() => AttachAsync(vm, network: Blue));
        await RebornAsync();

        await AttachAsync(vm, network: Blue);

        Assert.That((Ports(vm).Count, vm.NetworkInfo.Count), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task Detached_in_the_guest_first_and_then_deleted()
    {
        var vm = await ActiveAsync(On(Blue), On(Blue));
        var port = (string)Ports(vm)[1]["id"]!;
        World.Child.Nova.Hold("detach");
        var detaching = DetachAsync(vm, port);
        await World.Above.UntilAsync(_ => World.Of<ChildPortWatch>().Waiting == 1);
        Assert.That(Ports(vm), Has.Count.EqualTo(2), "the guest still has it");

        World.Child.Nova.Release("detach");
        World.Of<ChildPortWatch>().Nudge();
        await detaching;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.Above.Neutron.Find("ports", port), Is.Null);
            Assert.That(vm.NetworkInfo, Has.Count.EqualTo(1));
            Assert.That(World.Conductor.Interfaces(vm.Uuid), Has.Count.EqualTo(1));
            Assert.That(vm.Events[^1], Is.EqualTo("detach:compute_detach_interface=Success"));
        }
    }

    [Test]
    public async Task A_premade_port_is_let_go_by_a_detach()
    {
        var mine = Port(Blue);
        var vm = await ActiveAsync(With(mine));

        await DetachAsync(vm, mine);

        Assert.That((string?)ParentPort(mine)["device_id"], Is.Empty);
        Assert.That(vm.NetworkInfo, Is.Empty);
    }

    [Test]
    public async Task A_second_delivery_of_a_detach_that_went_half_way_ends_it()
    {
        var vm = await ActiveAsync(On(Blue), On(Blue));
        var port = (string)Ports(vm)[1]["id"]!;
        World.Child.Nova.Hold("delete");
        World.Above.Neutron.Vanish("ports", port);

        await DetachAsync(vm, port);

        Assert.That((vm.NetworkInfo.Count, World.Conductor.Interfaces(vm.Uuid).Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_guest_that_keeps_it_is_a_fault_and_the_port_stays()
    {
        var vm = await ActiveAsync(On(Blue));
        var port = (string)Ports(vm)[0]["id"]!;
        World.Child.Nova.Hold("detach");
        var detaching = DetachAsync(vm, port);
        await World.Above.UntilAsync(_ => World.Of<ChildPortWatch>().Waiting == 1);

        clock.Advance(TimeSpan.FromSeconds(171));

        Assert.That(Assert.ThrowsAsync<RpcFault>(() => detaching)!.Class, Is.EqualTo("InterfaceDetachFailed"));
        Assert.That((Ports(vm).Count, vm.NetworkInfo.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task What_it_does_not_have_cannot_be_detached()
    {
        var vm = await ActiveAsync(On(Blue));
        var other = Port(Blue);

        var fault = Assert.ThrowsAsync<RpcFault>(() => DetachAsync(vm, other));

        Assert.That((fault!.Class, fault.Message), Is.EqualTo(("PortNotFound", $"Port {other} is not attached")));
    }

    [Test]
    public async Task A_port_that_was_deleted_in_Neutron_leaves_the_guest_and_the_network_info()
    {
        var vm = await ActiveAsync(On(Blue), On(Blue));
        var port = (string)Ports(vm)[0]["id"]!;
        // Else the other agent may be faster, and then the child's own Neutron tells the child's Nova.
        L2.Keeps = true;
        World.Above.Neutron.Vanish("ports", port);

        await HappenAsync(vm, "network-vif-deleted", port);

        Assert.That(vm.NetworkInfo.Select(vif => vif!["id"]!.ToString()), Is.EqualTo(Ports(vm).Select(one => (string?)one["id"])));
        Assert.That(World.Child.Nova.Find(vm.Link!)!.Ports, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_address_is_added_and_taken_away()
    {
        var vm = await ActiveAsync(On(Blue, "10.9.0.9"));
        await World.DeliverAsync(new AddFixedIpToInstance(vm.Envelope(), Blue), vm.Ask("add"));
        var added = Addresses(vm).Single(address => address is not "10.9.0.9");

        await World.DeliverAsync(new RemoveFixedIpFromInstance(vm.Envelope(), "10.9.0.9"), vm.Ask("remove"));

        Assert.That(Addresses(vm), Is.EqualTo(new[] { added }));
        Assert.That(Assert.ThrowsAsync<RpcFault>(() => World.DeliverAsync(new RemoveFixedIpFromInstance(vm.Envelope(), "10.9.0.9"), vm.Ask("remove")))!.Class,
            Is.EqualTo("FixedIpNotFoundForInstance"));
    }

    Task<JsonNode?> AttachAsync(Wanted vm, string? network = null, string? port = null, string? tag = null) =>
        World.DeliverAsync(new AttachInterface(vm.Envelope(), network, port, null, tag), vm.Ask("attach"));

    Task DetachAsync(Wanted vm, string port) => World.DeliverAsync(new DetachInterface(vm.Envelope(), port), vm.Ask("detach"));

    JsonObject ChildPort(string parent) => World.Child.Neutron.Find("ports", L2.Mirrored[parent])!;

    static List<string> Addresses(Wanted vm) =>
        [.. vm.NetworkInfo.SelectMany(vif => vif!["network"]!["subnets"]!.AsArray()).SelectMany(subnet => subnet!["ips"]!.AsArray()).Select(ip => ip!["address"]!.ToString())];
}
