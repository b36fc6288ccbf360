using System.Text.Json.Nodes;
using Cascade.NovaProxy.Tests.Servers;

namespace Cascade.NovaProxy.Tests.Networks;

/// <summary>A build with networks: ports in the parent, the child's ports under the server, the network info.</summary>
public sealed class BootTests : NetworksTest
{
    [Test]
    public async Task A_port_is_made_in_the_tenants_name_bound_to_our_host_and_the_childs_stands_for_it()
    {
        var vm = await ActiveAsync(On(Blue));

        var port = Ports(vm).Single();
        var child = World.Child.Neutron.Find("ports", (string)Asked(vm).Single()!["port"]!)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)port["device_owner"], Is.EqualTo("compute:nova"));
            Assert.That((string?)port["binding:host_id"], Is.EqualTo(World.Host));
            Assert.That((string?)port["project_id"], Is.EqualTo(World.Project));
            Assert.That((string?)port["dns_name"], Is.EqualTo("vm1"));
            Assert.That((string?)child["mac_address"], Is.EqualTo((string?)port["mac_address"]));
            Assert.That((string?)child["device_id"], Is.EqualTo(vm.Link));
            Assert.That(World.Above.Matching("POST", "/ports").Single().Headers["x-auth-token"], Is.EqualTo(World.TenantToken));
            Assert.That(World.Conductor.Interfaces(vm.Uuid).Select(row => (string?)row["address"]), Is.EqualTo(new[] { $"{port["mac_address"]}/{port["id"]}" }));
        }
    }

    [Test]
    public async Task Nics_come_in_the_order_of_the_request_with_their_tags()
    {
        var green = Network("green", "10.10.0.0/24");
        var mine = Port(green);

        var vm = await ActiveAsync(With(mine, "mgmt"), On(Blue, tag: "data"), On(Blue, "10.9.0.77"));

        var ports = Ports(vm);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(vm.NetworkInfo.Select(vif => vif!["network"]!["label"]!.ToString()), Is.EqualTo(new[] { "green", "blue", "blue" }));
            Assert.That(Asked(vm).Select(nic => nic!["port"]!.ToString()), Is.EqualTo(ports.Select(port => L2.Mirrored[(string)port["id"]!])));
            Assert.That(Asked(vm).Select(nic => nic!["tag"]?.ToString()), Is.EqualTo(new[] { "mgmt", "data", null }));
            Assert.That(World.Conductor.Interfaces(vm.Uuid).Select(row => (string?)row["tag"]), Is.EqualTo(new[] { "mgmt", "data", null }));
            Assert.That(vm.NetworkInfo.Select(vif => (bool)vif!["preserve_on_delete"]!), Is.EqualTo(new[] { true, false, false }));
            Assert.That(ports[2]["fixed_ips"]!.AsArray().Select(ip => (string?)ip!["ip_address"]), Does.Contain("10.9.0.77"));
        }
    }

    [Test]
    public async Task The_network_info_is_what_a_native_compute_writes()
    {
        var vm = await ActiveAsync(On(Blue, "10.9.0.9"));

        var port = Ports(vm).Single();
        var id = (string)port["id"]!;
        var vif = vm.NetworkInfo.Single()!.AsObject();
        var expected = JsonNode.Parse($$$"""
            {"id": "{{{id}}}", "address": "{{{port["mac_address"]}}}", "network": {"id": "{{{Blue}}}", "bridge": "br-int", "label": "blue", "subnets": [
              {"cidr": "10.9.0.0/24", "dns": [{"address": "10.9.0.53", "type": "dns", "version": 4, "meta": {}}],
               "gateway": {"address": "10.9.0.1", "type": "gateway", "version": 4, "meta": {}},
               "ips": [{"address": "10.9.0.9", "type": "fixed", "version": 4, "meta": {}, "floating_ips": []}],
               "routes": [{"cidr": "192.0.2.0/24", "gateway": {"address": "10.9.0.254", "type": "gateway", "version": 4, "meta": {}}, "interface": null, "meta": {}}],
               "version": 4, "meta": {"enable_dhcp": true, "dhcp_server": "10.9.0.1"}}],
              "meta": {"injected": false, "tenant_id": "{{{World.Project}}}", "mtu": 1442, "physical_network": null, "tunneled": true}},
             "type": "ovs", "details": {{{port["binding:vif_details"]!.ToJsonString()}}}, "devname": "{{{("tap" + id)[..14]}}}", "ovs_interfaceid": "{{{id}}}",
             "qbh_params": null, "qbg_params": null, "active": false, "vnic_type": "normal", "profile": {}, "preserve_on_delete": false, "delegate_create": true, "meta": {}}
            """);

        Assert.That(JsonNode.DeepEquals(vif, expected), Is.True, $"{vif.ToJsonString()}\n{expected!.ToJsonString()}");
    }

    [Test]
    public async Task Nothing_said_is_the_tenants_only_network()
    {
        var vm = new Wanted(World);
        await vm.BuildAsync(call => call["requested_networks"] = null);
        await PluggedAsync(vm);

        Assert.That(Ports(vm).Select(port => (string?)port["network_id"]), Is.EqualTo(new[] { Blue }));
    }

    [Test]
    public async Task Auto_is_the_tenants_only_network_when_he_has_one()
    {
        var vm = await ActiveAsync(On("auto"));

        Assert.That(Ports(vm).Select(port => (string?)port["network_id"]), Is.EqualTo(new[] { Blue }));
    }

    [Test]
    public async Task None_asks_nothing_of_either_network_service()
    {
        var vm = await ActiveAsync(On("none"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(vm.Servers.Single().Asked["server"]!["networks"]!.ToString(), Is.EqualTo("none"));
            Assert.That(World.Above.Requests.Count(request => request.Service == "network"), Is.Zero);
            Assert.That(World.Child.Requests.Count(request => request.Service == "network"), Is.Zero);
        }
    }

    [Test]
    public async Task Groups_are_given_by_name_or_id_and_the_default_by_Neutron()
    {
        var web = (string)World.Above.Neutron.Make("security-groups", World.Project, new() { ["name"] = "web" })["id"]!;
        var ssh = (string)World.Above.Neutron.Make("security-groups", World.Project, new() { ["name"] = "ssh" })["id"]!;
        var named = new Wanted(World);
        await named.BuildAsync(call => (call["requested_networks"], call["security_groups"]) = (Nics(On(Blue)), new JsonArray("web", ssh)));
        var plain = new Wanted(World, "vm2");
        await plain.BuildAsync(call => (call["requested_networks"], call["security_groups"]) = (Nics(On(Blue)), new JsonArray("default")));

        var usual = World.Above.Neutron.SecurityGroups.Single(group => (string?)group["name"] == "default" && (string?)group["project_id"] == World.Project);
        Assert.That(Ports(named).Single()["security_groups"]!.AsArray().Select(id => (string?)id), Is.EqualTo(new[] { web, ssh }));
        Assert.That(Ports(plain).Single()["security_groups"]!.AsArray().Select(id => (string?)id), Is.EqualTo(new[] { (string?)usual["id"] }));
    }

    [Test]
    public async Task A_second_delivery_of_a_build_makes_no_port_and_binds_none_again()
    {
        var vm = new Wanted(World);
        var mine = Port(Blue);
        await BuildAsync(vm, On(Blue), With(mine));
        var (made, changed) = (World.Above.Count("POST", "/ports"), World.Above.Count("PUT", "/ports/*"));
        World.Conductor.EditInstance(vm.Uuid, row => row["system_metadata"]!.AsObject().Remove("cascade_server_id"));
        World.Child.Nova.Vanish(vm.Servers.Single().Id);
        foreach (var port in L2.Mirrored.Values)
        {
            World.Child.Neutron.Change("ports", port, members => (members["device_id"], members["device_owner"]) = ("", ""));
        }

        await RebornAsync();
        await BuildAsync(vm, On(Blue), With(mine));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((made, changed), Is.EqualTo((1, 2)));
            Assert.That(World.Above.Count("POST", "/ports"), Is.EqualTo(made));
            Assert.That(World.Above.Count("PUT", "/ports/*"), Is.EqualTo(changed));
            Assert.That(vm.Servers, Has.Count.EqualTo(1));
            Assert.That(Asked(vm).Select(nic => nic!["port"]!.ToString()), Is.EqualTo(Ports(vm).Select(port => L2.Mirrored[(string)port["id"]!])));
        }
    }

    [Test]
    public async Task A_port_whose_answer_was_lost_is_adopted()
    {
        World.Above.On("POST", "/ports").DropAfter();

        var vm = await ActiveAsync(On(Blue));

        Assert.That(Ports(vm), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_forged_network_or_port_in_the_child_is_not_taken()
    {
        L2.Holds = true;
        var forged = (string)World.Child.Neutron.Make("networks", World.Project, new() { ["name"] = "forged", ["description"] = $"cascade:{Blue}" })["id"]!;
        var vm = new Wanted(World);
        var building = BuildAsync(vm, On(Blue));
        await World.Above.UntilAsync(_ => Ports(vm).Any(port => (string?)port["binding:host_id"] == World.Host));
        World.Child.Neutron.Make("ports", World.Project, new() { ["network_id"] = forged, ["mac_address"] = Ports(vm).Single()["mac_address"]!.DeepClone() });
        await World.Of<NovaProxy.Networks.Mirrored.ChildPortWatch>().LookAsync(default);
        Assert.That(building.IsCompleted, Is.False);
        L2.Holds = false;

        await building;

        Assert.That(Asked(vm).Single()!["port"]!.ToString(), Is.EqualTo(L2.Mirrored.Values.Single()));
    }

    [Test]
    public async Task A_delete_ends_a_build_that_waits_for_its_ports_and_leaves_nothing()
    {
        L2.Holds = true;
        var mine = Port(Blue);
        var vm = new Wanted(World);
        var building = BuildAsync(vm, On(Blue), With(mine));
        await World.Above.UntilAsync(_ => World.Of<NovaProxy.Networks.Mirrored.ChildPortWatch>().Waiting == 1);

        await vm.DeleteAsync();
        await building;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
            Assert.That(World.Above.Neutron.Ports.Select(port => (string?)port["id"]), Is.EqualTo(new[] { mine }));
            Assert.That((string?)ParentPort(mine)["device_id"], Is.Empty);
            Assert.That(World.Child.Nova.Made, Is.Zero);
        }
    }
}
