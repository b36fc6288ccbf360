using System.Text.Json.Nodes;
using Cascade.Support;
using Cascade.Support.Parent;

namespace L2Proxy.Tests.Whole;

/// <summary>The agent as a process, between a scripted neutron-server on a real broker and a scripted child.</summary>
sealed class RegistrationTest
{
    Broker broker = null!;
    ScriptedNeutron parent = null!;
    FakeCloud child = null!;

    [OneTimeSetUp]
    public async Task StartBroker() => broker = await Broker.StartAsync();

    [OneTimeTearDown]
    public async Task StopBroker() => await broker.DisposeAsync();

    [SetUp]
    public async Task StartClouds()
    {
        parent = await ScriptedNeutron.StartAsync(broker);
        child = await FakeCloud.StartAsync();
    }

    [TearDown]
    public async Task StopClouds()
    {
        await parent.DisposeAsync();
        await child.DisposeAsync();
    }

    [Test]
    public async Task The_agent_registers_in_the_order_of_a_native_one_and_stops_in_time()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("neutron-openvswitch-agent child-1 is serving");
        await parent.Server.UntilAsync(now => now.CallsOf("report_state").Any(call => State(call)["start_flag"] is null));

        var reports = parent.Server.CallsOf("report_state");
        Assert.That(parent.Server.Calls.Take(3).Select(call => call.Method), Is.EqualTo(new[] { "has_alive_neutron_server", "get_dvr_mac_address_by_host", "report_state" }));
        Assert.That(State(reports[0])["start_flag"]!.GetValue<bool>());
        Assert.That((string?)State(reports[0])["resource_versions"]!["Port"], Is.EqualTo("1.7"));
        Assert.That(State(reports[1])["resource_versions"], Is.Null, "told once");
        Assert.That(parent.Server.CallsOf("tunnel_sync"), Is.Empty, "no local_ip");
        Assert.That(reports.Select(call => (string?)State(call)["uuid"]).Distinct().Count(), Is.EqualTo(reports.Count));
        Assert.That(parent.Server.Agents["child-1"].ResourceVersions, Is.Not.Null, "kept by the server");

        Assert.That(await agent.StopAsync(), Is.LessThan(TimeSpan.FromSeconds(15)));
        Assert.That(agent.ExitCode, Is.Zero, agent.Log);
    }

    [Test]
    public async Task The_queues_are_open_before_the_first_question_and_none_of_them_is_the_shared_topic()
    {
        parent.Server.Alive = false;
        await using var agent = Start();
        await parent.Server.UntilAsync(now => now.CallsOf("has_alive_neutron_server").Count > 0);

        var vhost = Uri.UnescapeDataString(new Uri(parent.TransportUrl).AbsolutePath[1..]);
        var queues = (await broker.CtlAsync("list_queues", "-q", "-p", vhost, "name", "durable")).Split('\n').Select(line => line.Split('\t')[0]).ToList();
        Assert.That(queues, Has.Some.StartsWith("neutron-vo-Port-1.7_fanout_").And.Some.StartsWith("q-agent-notifier-port-update_fanout_"));
        Assert.That(queues, Has.None.EqualTo("q-agent-notifier-port-update").And.None.EqualTo("neutron-vo-Port-1.7"), "that is shared by turns");
        Assert.That(queues, Has.None.StartsWith("cascade.parked."), "a notice is not worth keeping");
        Assert.That(parent.Server.CallsOf("report_state"), Is.Empty, "the server's database does not answer yet");
        parent.Server.Alive = true;
        await parent.ExpectAgentAsync();
    }

    [Test]
    public async Task What_is_configured_is_what_the_parent_is_told()
    {
        await using var agent = Start("physical_networks = physnet1:datacentre, physext:public\n[ovs]\nlocal_ip = 192.0.2.11");
        await parent.ExpectAgentAsync();

        var told = parent.Server.Agents["child-1"].Configurations;
        Assert.That(told["bridge_mappings"]!.ToJsonString(), Is.EqualTo("""{"physnet1":"datacentre","physext":"public"}"""));
        Assert.That((string?)told["tunneling_ip"], Is.EqualTo("192.0.2.11"));
        await parent.Server.UntilAsync(now => now.Tunnels.Any(tunnel => (string?)tunnel["ip_address"] == "192.0.2.11"));
    }

    [Test]
    public async Task No_report_is_sent_while_the_child_is_away()
    {
        await using var agent = Start("child_away_after = 2");
        await parent.ExpectAgentAsync();

        child.Unreachable = true;
        await agent.UntilWrittenAsync("agent child-1 reports no more");
        var counted = parent.Server.Agents["child-1"].Reports;
        child.Unreachable = false;
        await agent.UntilWrittenAsync("The child answers again: agent child-1 reports");
        Assert.That(parent.Server.Agents["child-1"].Reports, Is.LessThanOrEqualTo(counted + 1), "at most the one under way");
        await parent.Server.UntilAsync(now => now.Agents["child-1"].Reports > counted + 1);
    }

    [Test]
    public async Task An_agent_whose_child_is_away_from_the_start_is_not_there_until_the_child_is()
    {
        child.Unreachable = true;
        await using var agent = Start();
        await parent.Server.UntilAsync(now => now.CallsOf("get_dvr_mac_address_by_host").Count > 0);
        await agent.UntilWrittenAsync("Child child is away");
        Assert.That(parent.Server.Agents, Is.Empty);

        child.Unreachable = false;
        await parent.ExpectAgentAsync();
    }

    [Test]
    public async Task An_agent_that_was_taken_for_dead_compares_everything()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("Everything is compared (start)");

        parent.Server.DeclareDead("child-1");
        await agent.UntilWrittenAsync("Everything is compared (the parent took the agent for dead)");
    }

    [Test]
    public async Task An_agent_that_an_operator_deleted_tells_its_versions_again()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("Everything is compared (start)");
        await parent.Server.UntilAsync(now => now.Agents["child-1"].Reports > 2);

        parent.Server.DeleteAgent("child-1");
        await agent.UntilWrittenAsync("Everything is compared (the parent did not know the agent any more)");
        await parent.Server.UntilAsync(now => now.Agents["child-1"].ResourceVersions is not null);
    }

    [Test]
    public async Task A_clock_that_is_behind_is_told_and_nothing_is_made_of_it()
    {
        parent.Server.StartTime = TimeProvider.System.GetUtcNow().AddHours(1);
        await using var agent = Start();
        await agent.UntilWrittenAsync("is behind the start of its neutron-server");
        Assert.That(parent.Server.Agents, Is.Empty);
        Assert.That(agent.Log, Does.Not.Contain("is serving"));

        parent.Server.StartTime = DateTimeOffset.MinValue;
        await parent.ExpectAgentAsync();
    }

    [Test]
    public async Task A_server_that_is_away_is_waited_for()
    {
        await parent.StopServerAsync();
        await using var agent = Start();
        await agent.UntilWrittenAsync("No neutron-server of the parent answers");

        await parent.StartServerAsync();
        await parent.ExpectAgentAsync();
    }

    [Test]
    public async Task A_second_copy_says_nothing_and_takes_over_when_the_first_is_killed()
    {
        await using var first = Start();
        await first.UntilWrittenAsync("is serving");
        await using var second = Start();
        await second.UntilWrittenAsync("leader is Standby");
        Assert.That(second.Log, Does.Not.Contain("is serving"));

        await first.KillAsync();
        await second.UntilWrittenAsync("Everything is compared (start)");
    }

    [Test]
    public async Task A_broker_that_was_lost_makes_everything_be_compared()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("Everything is compared (start)");

        await broker.CtlAsync("eval", "[rabbit_networking:close_connection(P, <<\"test\">>) || P <- rabbit_networking:connections()].");
        // The lease is lost with its connection, too: a new turn begins with a comparison of its own.
        await agent.UntilWrittenAsync("connection is lost");
        await parent.Server.UntilAsync(now => now.CallsOf("report_state").Count(call => State(call)["resource_versions"] is not null) > 1);
    }

    AgentUnderTest Start(string more = "") => AgentUnderTest.Start("cascade-l2-proxy.dll", parent.Configuration(child, more));

    static JsonObject State(FakeNeutronCall report) => report.Arguments["agent_state"]!["agent_state"]!.AsObject();
}
