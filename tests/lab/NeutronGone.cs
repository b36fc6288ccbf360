using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// The child's Neutron is gone for a while, everything else of the child goes on: the agent of the host is dead in the parent meanwhile, as a native one that
/// hangs, and what was asked is done when it is back.
/// </summary>
[Order(11), Parallelizable, ByHand("three minutes of waiting")]
sealed class NeutronGone() : Switched("zed", "zed")
{
    const string Network = "grey";

    [OneTimeSetUp]
    public Task Make_a_tenant_network() => CreateNetworkAsync(Network, "192.168.52.0/24");

    [OneTimeTearDown]
    public Task Remove_the_network() => Tenant.TryAsync("network", "delete", Network);

    [Test, Order(1)]
    public Task Ports_asked_for_while_the_child_s_Neutron_is_gone_come_when_it_is_back() => OutageAsync("gone", asked: "ACTIVE");

    /// <summary>By then nova has given up on the server that waited for its port ([DEFAULT] vif_plugging_timeout), as it does on a native host.</summary>
    [Test, Order(2), Explicit("takes the ten minutes that it is about")]
    public Task After_ten_minutes_everything_is_as_after_one() => OutageAsync("long", asked: "ERROR", TimeSpan.FromMinutes(10));

    async Task OutageAsync(string name, string asked, TimeSpan? atLeast = null)
    {
        string before = $"{name}-before", during = $"{name}-during", late = $"{name}-late", after = $"{name}-after";
        await CreateOnAsync(Network, before);
        await Tenant.BecomesAsync(before, "ACTIVE");
        var old = Text(await PortAsync(before), "ID");
        await PortBecomesAsync(old, "ACTIVE");
        await Shell.LabAsync("service", "stop", Child, "neutron-server");
        var back = TimeProvider.System.GetUtcNow() + atLeast.GetValueOrDefault();
        try
        {
            await CreateOnAsync(Network, during);
            await Tenant.RunAsync("port", "set", "--name", $"{name}-renamed", old);
            await Poll.UntilAsync("the agent is dead in the parent", SwitchAliveAsync, alive => !alive);
            Assert.That(Text(await Parent.AskAsync("port", "show", old), "status"), Is.EqualTo("ACTIVE"), "nothing is claimed that was not seen");
            await CreateOnAsync(Network, late);
            await Tenant.BecomesAsync(late, "ERROR");
            await Poll.UntilAsync("the time is over", () => Task.FromResult(TimeProvider.System.GetUtcNow()), now => now >= back, atLeast.GetValueOrDefault() + TimeSpan.FromMinutes(1));
        }
        finally
        {
            await Shell.LabAsync("service", "start", Child);
        }

        await Poll.UntilAsync("the agent is alive again", SwitchAliveAsync, alive => alive);
        await CreateOnAsync(Network, after);
        foreach (var (server, status) in new[] { (during, asked), (after, "ACTIVE") })
        {
            await Tenant.BecomesAsync(server, status);
            if (status == "ACTIVE")
            {
                var port = await PortAsync(server);
                await PortBecomesAsync(Text(port, "ID"), "ACTIVE");
                Assert.That(await ConsoleAsync(server, "cascade guest address"), Does.Contain(Address(port)));
            }
        }

        await Poll.UntilAsync("the child has heard the new name", () => Below.AskAsync("port", "list", "--name", $"{name}-renamed"), at => at.AsArray().Count == 1);
        Assert.That(Text(await Parent.AskAsync("port", "show", old), "status"), Is.EqualTo("ACTIVE"));
        string[] all = [before, during, late, after];
        await Tenant.RunAsync(["server", "delete", .. all]);
        foreach (var server in all)
        {
            await Tenant.GoneAsync(server);
        }

        await Poll.UntilAsync("the network is gone in the child", () => Below.AskAsync("network", "list", "--name", Network), at => at.AsArray().Count == 0);
    }
}
