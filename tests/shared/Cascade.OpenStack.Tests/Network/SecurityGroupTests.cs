using Cascade.OpenStack.Network;

namespace Cascade.OpenStack.Tests;

[TestFixture]
public sealed class SecurityGroupTests : NetworkTest
{
    private Task<SecurityGroup> GroupAsync(string name, bool? stateful = null) =>
        Network.SecurityGroups.CreateAsync(Scope.Own, new SecurityGroupCreate { Name = name, Stateful = stateful }, Now);

    [Test]
    public async Task A_new_group_lets_everything_out_and_its_revision_follows_its_rules()
    {
        var group = await GroupAsync("web");
        Assert.That(group.SecurityGroupRules!.Select(rule => (rule.Direction, rule.Ethertype)), Is.EquivalentTo(new[] { ("egress", "IPv4"), ("egress", "IPv6") }));
        Assert.That(await CodeOfAsync(() => GroupAsync("default")), Is.EqualTo(NetworkError.SecurityGroupDefaultAlreadyExists));
        var byDefault = (await AllAsync(Network.SecurityGroups.ListAsync(Scope.Own, new SecurityGroupFilter { Name = "default" }, Now))).Single();
        Assert.That(byDefault.SecurityGroupRules, Has.Count.EqualTo(4), "a project's default group was made by looking");

        await Network.SecurityGroupRules.DeleteAsync(Scope.Own, group.SecurityGroupRules![0].Id, Now);
        var after = await Network.SecurityGroups.GetAsync(Scope.Own, group.Id, Now);
        Assert.That((after.SecurityGroupRules!.Count, after.RevisionNumber > group.RevisionNumber), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task A_rule_that_is_there_is_named()
    {
        var group = await GroupAsync("web");
        var wanted = new SecurityGroupRuleCreate { SecurityGroupId = group.Id, Direction = "ingress", Protocol = "tcp", PortRangeMin = 22, PortRangeMax = 22, RemoteIpPrefix = "10.0.0.7/8" };
        var made = await Network.SecurityGroupRules.CreateAsync(Scope.Own, wanted, Now);
        Assert.That((made.Ethertype, made.RemoteIpPrefix, made.NormalizedCidr), Is.EqualTo(("IPv4", "10.0.0.7/8", "10.0.0.0/8")));

        var fault = await FaultOfAsync(() => Network.SecurityGroupRules.CreateAsync(Scope.Own, wanted with { Protocol = "6" }, Now));
        Assert.That((fault.Kind, NetworkError.ExistingRule(fault)), Is.EqualTo((FaultKind.Conflict, made.Id)), "by name or by number, it is the same");
        var open = wanted with { Protocol = null, PortRangeMin = null, PortRangeMax = null, RemoteIpPrefix = null };
        await Network.SecurityGroupRules.CreateAsync(Scope.Own, open, Now);
        Assert.That(await CodeOfAsync(() => Network.SecurityGroupRules.CreateAsync(Scope.Own, open with { RemoteIpPrefix = "0.0.0.0/0" }, Now)), Is.EqualTo(NetworkError.SecurityGroupRuleExists), "everybody is nobody in particular");
        Assert.That(
            await CodeOfAsync(() => Network.SecurityGroupRules.CreateAllAsync(Scope.Own, [wanted with { PortRangeMax = 23 }, wanted with { PortRangeMax = 23, Protocol = "6" }], Now)),
            Is.EqualTo(NetworkError.DuplicateSecurityGroupRuleInPost));
        Assert.That(NetworkError.ExistingRule(new CloudFault(FaultKind.Conflict, "Rule id is nothing")), Is.Null);
    }

    [TestCase("tcp", 0, 5, "IPv4", "SecurityGroupInvalidPortValue", TestName = "port nought")]
    [TestCase("tcp", 9, 5, "IPv4", "SecurityGroupInvalidPortRange", TestName = "a range upside down")]
    [TestCase(null, 1, 5, "IPv4", "SecurityGroupProtocolRequiredWithPorts", TestName = "ports without a protocol")]
    [TestCase("gre", 1, 5, "IPv4", "SecurityGroupInvalidProtocolForPort", TestName = "ports of a protocol that has none")]
    [TestCase("ipv6-icmp", null, null, "IPv4", "SecurityGroupEthertypeConflictWithProtocol", TestName = "a protocol of the other family")]
    [TestCase("icmp", null, 3, "IPv4", "SecurityGroupMissingIcmpType", TestName = "a code without a type")]
    public async Task Rules_that_make_no_sense_are_refused(string? protocol, int? min, int? max, string ethertype, string code)
    {
        var group = await GroupAsync("web");
        var wanted = new SecurityGroupRuleCreate { SecurityGroupId = group.Id, Direction = "ingress", Ethertype = ethertype, Protocol = protocol, PortRangeMin = min, PortRangeMax = max };
        Assert.That(await CodeOfAsync(() => Network.SecurityGroupRules.CreateAsync(Scope.Own, wanted, Now)), Is.EqualTo(code));
    }

    [Test]
    public async Task A_group_in_use_stays_and_two_kinds_do_not_mix()
    {
        var (network, _) = await WithSubnetAsync();
        var (stateful, stateless) = (await GroupAsync("a"), await GroupAsync("b", stateful: false));
        var port = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, SecurityGroups = [stateful.Id] }, Now);
        Assert.That(await CodeOfAsync(() => Network.SecurityGroups.DeleteAsync(Scope.Own, stateful.Id, Now)), Is.EqualTo(NetworkError.SecurityGroupInUse));
        Assert.That(await CodeOfAsync(() => Network.SecurityGroups.UpdateAsync(Scope.Own, stateful.Id, new SecurityGroupUpdate { Stateful = false }, Now)), Is.EqualTo(NetworkError.SecurityGroupInUse));
        Assert.That(
            await CodeOfAsync(() => Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { SecurityGroups = [stateful.Id, stateless.Id] }, Now)), Is.EqualTo("SecurityGroupConflict"));
        await Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { SecurityGroups = [stateless.Id] }, Now);
        await Network.SecurityGroups.DeleteAsync(Scope.Own, stateful.Id, Now);
        Assert.That(await CodeOfAsync(() => Network.SecurityGroups.GetAsync(Scope.Own, stateful.Id, Now)), Is.EqualTo("SecurityGroupNotFound"));
    }

    [Test]
    public async Task Address_groups_grow_and_shrink_by_verbs_of_their_own()
    {
        var addresses = await Network.AddressGroups.CreateAsync(Scope.Own, new AddressGroupCreate { Name = "members", Addresses = ["10.0.0.5/32", "fd00::1/128"] }, Now);
        var bare = await FaultOfAsync(() => Network.AddressGroups.CreateAsync(Scope.Own, new AddressGroupCreate { Addresses = ["10.0.0.5"] }, Now));
        Assert.That(bare.Kind, Is.EqualTo(FaultKind.Invalid), "an address alone is no prefix");
        Assert.That(addresses.Addresses, Is.EqualTo(new[] { "10.0.0.5/32", "fd00::1/128" }));

        var more = await Network.AddressGroups.AddAddressesAsync(Scope.Own, addresses.Id, ["10.0.1.0/24"], Now);
        Assert.That(SentTo("PUT", "/address-groups/*/add_addresses").ToJsonString(), Is.EqualTo("""{"addresses":["10.0.1.0/24"]}"""));
        Assert.That((more.Addresses!.Count, more.RevisionNumber > addresses.RevisionNumber), Is.EqualTo((3, true)));
        var twice = await FaultOfAsync(() => Network.AddressGroups.AddAddressesAsync(Scope.Own, addresses.Id, ["10.0.1.0/24", "10.0.2.0/24"], Now));
        Assert.That((twice.Kind, twice.Code), Is.EqualTo((FaultKind.Invalid, NetworkError.AddressesAlreadyExist)));
        var none = await FaultOfAsync(() => Network.AddressGroups.RemoveAddressesAsync(Scope.Own, addresses.Id, ["10.0.9.0/24"], Now));
        Assert.That((none.Kind, none.Code), Is.EqualTo((FaultKind.NotFound, NetworkError.AddressesNotFound)));
        await Network.AddressGroups.RemoveAddressesAsync(Scope.Own, addresses.Id, ["10.0.0.5/32"], Now);
        Assert.That((await Network.AddressGroups.GetAsync(Scope.Own, addresses.Id, Now)).Addresses, Is.EqualTo(new[] { "fd00::1/128", "10.0.1.0/24" }));

        var group = await GroupAsync("web");
        var rule = await Network.SecurityGroupRules.CreateAsync(Scope.Own, new SecurityGroupRuleCreate { SecurityGroupId = group.Id, Direction = "ingress", RemoteAddressGroupId = addresses.Id }, Now);
        Assert.That(await CodeOfAsync(() => Network.AddressGroups.DeleteAsync(Scope.Own, addresses.Id, Now)), Is.EqualTo(NetworkError.AddressGroupInUse));
        await Network.SecurityGroupRules.DeleteAsync(Scope.Own, rule.Id, Now);
        await Network.AddressGroups.DeleteAsync(Scope.Own, addresses.Id, Now);
        Fake.Neutron.SwitchOff(Extension.AddressGroup);
        Assert.That((await FaultOfAsync(() => AllAsync(Network.AddressGroups.ListAsync(Scope.Own, new AddressGroupFilter(), Now)))).Kind, Is.EqualTo(FaultKind.NotFound));
    }
}
