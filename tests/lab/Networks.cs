using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// A tenant's network, ports and security groups in a stock child: the guest has the parent's address, hears its neighbour, and is heard as far as the
/// parent's security groups say.
/// </summary>
abstract class Networks(string parentRelease, string childRelease) : Switched(parentRelease, childRelease)
{
    string first = "";

    [OneTimeSetUp]
    public async Task Make_a_tenant_network()
    {
        await CreateNetworkAsync("blue", "192.168.50.0/24");
        await Tenant.RunAsync(
            "subnet", "create", "--network", "blue", "--ip-version", "6", "--subnet-range", "fd00:50::/64", "--ipv6-ra-mode", "slaac", "--ipv6-address-mode", "slaac", "blue6");
    }

    [OneTimeTearDown]
    public async Task Remove_the_network()
    {
        await Tenant.TryAsync("network", "delete", "blue");
        await Tenant.TryAsync("security", "group", "delete", "closed");
    }

    [Test, Order(1)]
    public async Task A_guest_has_the_address_that_the_parent_gave_its_port()
    {
        await CreateOnAsync("blue", "alpha");
        await Tenant.BecomesAsync("alpha", "ACTIVE");
        var port = await PortAsync("alpha");
        first = Addresses(port).Single(address => address.Contains('.', StringComparison.Ordinal));
        var console = await ConsoleAsync("alpha", "cascade guest address");
        var mirror = (await Below.AskAsync("port", "list", "--mac-address", Text(port, "MAC Address"), "--long")).AsArray().Single()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(console, Does.Contain($"cascade guest address eth0 {first}"));
            Assert.That(Text(port, "Status"), Is.EqualTo("ACTIVE"));
            Assert.That(Addresses(mirror), Is.EquivalentTo(Addresses(port)).And.Exactly(2).Items, "the child's port has the parent's addresses, of both families");
            Assert.That(Text(await Tenant.AskAsync("server", "show", "alpha"), "addresses"), Does.Contain(first));
        }
    }

    [Test, Order(2)]
    public async Task Two_guests_of_a_network_hear_each_other()
    {
        await CreateOnAsync("blue", "beta", "--use-config-drive", "--property", $"ping={first}");
        await Tenant.BecomesAsync("beta", "ACTIVE");
        Assert.That(await ConsoleAsync("beta", $"cascade guest: {first} answers"), Does.Contain("cascade guest address"));
    }

    [Test, Order(3)]
    public async Task A_rule_that_goes_and_comes_in_the_parent_closes_and_opens_the_traffic()
    {
        // Both stand in the default group: what lets them hear each other is its rule for its own members.
        var group = Text((await Tenant.AskAsync("security", "group", "list")).AsArray().Single(at => Text(at, "Name") == "default"), "ID");
        var rules = (await Tenant.AskAsync("security", "group", "rule", "list", group, "--ingress", "--long")).AsArray();
        foreach (var rule in rules)
        {
            await Tenant.RunAsync("security", "group", "rule", "delete", Text(rule, "ID"));
        }

        try
        {
            await HearsAsync("beta", first, answers: false);
            await Tenant.RunAsync("security", "group", "rule", "create", "--protocol", "icmp", "--remote-ip", "192.168.50.0/24", group);
            await HearsAsync("beta", first);
        }
        finally
        {
            await Tenant.TryAsync("security", "group", "rule", "create", "--protocol", "any", "--remote-group", group, group);
        }
    }

    [Test, Order(4)]
    public async Task What_is_changed_of_a_running_guests_port_is_so_in_the_child()
    {
        var port = await PortAsync("alpha");
        var (id, mac) = (Text(port, "ID"), Text(port, "MAC Address"));
        await Tenant.RunAsync("port", "set", "--disable", id);
        await HearsAsync("beta", first, answers: false);
        await PortBecomesAsync(id, "DOWN");
        await Tenant.RunAsync("port", "set", "--enable", id);
        await HearsAsync("beta", first);
        await PortBecomesAsync(id, "ACTIVE");

        await Tenant.RunAsync("security", "group", "create", "closed");
        await Tenant.RunAsync("port", "set", "--no-security-group", "--security-group", "closed", "--allowed-address", "ip-address=192.168.50.200", id);
        await HearsAsync("beta", first, answers: false);
        var mirror = Text((await Below.AskAsync("port", "list", "--mac-address", mac)).AsArray().Single(), "ID");
        Assert.That((await Below.AskAsync("port", "show", mirror))["allowed_address_pairs"]!.AsArray().Select(pair => Text(pair, "ip_address")), Is.EqualTo(new[] { "192.168.50.200" }));
        await Tenant.RunAsync("port", "set", "--no-security-group", "--security-group", "default", "--no-allowed-address", id);
        await HearsAsync("beta", first);
    }

    [Test, Order(5)]
    public async Task A_port_is_attached_to_and_detached_from_a_running_guest()
    {
        await Tenant.RunAsync("port", "create", "--network", "blue", "extra");
        await Tenant.RunAsync("server", "add", "port", "alpha", "extra");
        var id = Text(await Tenant.AskAsync("port", "show", "extra"), "id");
        await Poll.UntilAsync("the port is ACTIVE", () => Tenant.AskAsync("port", "show", id), at => Text(at, "status") == "ACTIVE");
        await Tenant.RunAsync("server", "remove", "port", "alpha", "extra");
        await Poll.UntilAsync("the port is free", () => Tenant.AskAsync("port", "show", id), at => Text(at, "device_id") == "");
        Assert.That(Text(await Tenant.AskAsync("port", "show", id), "status"), Is.EqualTo("DOWN"));
        await Tenant.RunAsync("port", "delete", id);
    }

    /// <summary>The agents of the Zed children have the events bus, those of the Epoxy one find out by themselves what the others are told.</summary>
    [Test, Order(6)]
    public async Task The_agents_tell_each_other_where_they_have_a_bus_for_it()
    {
        var told = (await Switch.StatusAsync())["details"]!["events"];
        var heard = (await Agent.StatusAsync())["details"]!["events"];
        if (!HasEvents)
        {
            Assert.That((told, heard), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)));
            return;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(int.Parse(Text(told, "told"), CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(6), "three ports, each ready and active");
            Assert.That(Text(told, "dropped"), Is.EqualTo("0"));
            Assert.That(int.Parse(Text(heard, "heard"), CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(6));
        }
    }

    [Test, Order(7)]
    public async Task Delete_leaves_nothing_behind_in_either_cloud()
    {
        foreach (var name in new[] { "alpha", "beta" })
        {
            await Tenant.RunAsync("server", "delete", name);
        }

        await Tenant.GoneAsync("alpha");
        await Tenant.GoneAsync("beta");
        var left = (await Tenant.AskAsync("port", "list", "--network", "blue", "--long")).AsArray().Where(at => !Text(at, "Device Owner").StartsWith("network:", StringComparison.Ordinal));
        Assert.That(left, Is.Empty, "the ports that nova made are gone with their servers");
        await Poll.UntilAsync("the network is gone in the child", () => Below.AskAsync("network", "list", "--name", "blue"), at => at.AsArray().Count == 0);
        await Tenant.RunAsync("network", "delete", "blue");
    }

    static string[] Addresses(JsonNode port) => [.. port["Fixed IP Addresses"]!.AsArray().Select(ip => Text(ip, "ip_address"))];
}

[Order(9), Parallelizable, ByHand("with the other child in every run")]
sealed class NetworksOfZedUnderZed() : Networks("zed", "zed");

[Order(12), Parallelizable]
sealed class NetworksOfEpoxyUnderZed() : Networks("zed", "epoxy");

/// <summary>After the parent has changed its release: see <see cref="ZedChildUnderEpoxyParent"/>.</summary>
[Order(21), Parallelizable, ByHand("with the other parent in every run")]
sealed class NetworksOfZedUnderEpoxy() : Networks("epoxy", "zed");
