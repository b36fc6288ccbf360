using System.Text.Json.Nodes;
using Cascade.Support;
using Cascade.Support.Parent;

namespace L3Proxy.Tests.Whole;

/// <summary>The agent as a process, between a scripted neutron-server on a real broker and a scripted child.</summary>
sealed class RegistrationTest
{
    Broker broker = null!;
    WholeWorld world = null!;

    FakeNeutronServer Server => world.Parent.Server;

    [OneTimeSetUp]
    public async Task StartBroker() => broker = await Broker.StartAsync();

    [OneTimeTearDown]
    public async Task StopBroker() => await broker.DisposeAsync();

    [SetUp]
    public async Task StartClouds() => world = await WholeWorld.StartAsync(broker);

    [TearDown]
    public async Task StopClouds() => await world.DisposeAsync();

    [Test]
    public async Task The_agent_registers_in_the_order_of_a_native_one_and_stops_in_time()
    {
        await using var agent = world.Start("[agent]\navailability_zone = az-7");
        await agent.UntilWrittenAsync("neutron-l3-agent child-1 is serving");
        await Server.UntilAsync(now => now.CallsOf("report_state").Count > 2);
        await agent.UntilWrittenAsync("Everything is compared (start)");

        var reports = Server.CallsOf("report_state");
        Assert.That(
            Server.Calls.Take(4).Select(call => call.Method),
            Is.EqualTo(new[] { "has_alive_neutron_server", "get_service_plugin_list", "get_host_ha_router_count", "report_state" }));
        Assert.That(reports.Count(call => State(call)["start_flag"] is not null), Is.EqualTo(1), "with the first one only");
        Assert.That(State(reports[0])["start_flag"]!.GetValue<bool>());
        Assert.That(((string?)State(reports[0])["agent_type"], (string?)State(reports[0])["topic"], (string?)State(reports[0])["availability_zone"]), Is.EqualTo(("L3 agent", "l3_agent", "az-7")));
        Assert.That(State(reports[0])["resource_versions"], Is.Null);
        Assert.That(reports.Select(call => (string?)State(call)["uuid"]).Distinct().Count(), Is.EqualTo(reports.Count));
        Assert.That((string?)Server.L3Agents["child-1"].Configurations["agent_mode"], Is.EqualTo("legacy"));

        Assert.That(await agent.StopAsync(), Is.LessThan(TimeSpan.FromSeconds(15)));
        Assert.That(agent.ExitCode, Is.Zero, agent.Log);
    }

    [Test]
    public async Task A_router_with_a_floating_ip_is_active_and_what_the_agent_has_is_reported()
    {
        await using var agent = world.Start();
        await world.Parent.ExpectL3AgentAsync();
        var router = world.AddRouter();
        var ip = Server.AddFloatingIp(world.Outside, world.AddServer());
        await world.ExpectFloatingIpAsync(ip, "ACTIVE");
        await Server.UntilAsync(now => now.PortsOf(router).All(port => (string?)now.Port(port)!["status"] == "ACTIVE"));

        await Server.UntilAsync(now => (int?)now.L3Agents["child-1"].Configurations["floating_ips"] == 1);
        var told = Server.L3Agents["child-1"].Configurations;
        Assert.That(((int?)told["routers"], (int?)told["ex_gw_ports"], (int?)told["interfaces"]), Is.EqualTo(((int?)1, (int?)1, (int?)1)));

        Server.DisassociateFloatingIp(ip);
        await world.ExpectFloatingIpAsync(ip, "DOWN");
        await world.Child.UntilAsync(child => child.Neutron.FloatingIps.Count == 0);
    }

    [Test]
    public async Task A_forwarded_port_of_which_nothing_but_its_push_is_told_comes()
    {
        await using var agent = world.Start();
        await world.Parent.ExpectL3AgentAsync();
        var router = world.AddRouter();
        await world.Child.UntilAsync(_ => world.ChildRouter(router) is not null, TimeSpan.FromSeconds(60));
        await agent.UntilWrittenAsync("The parent was told of router");
        var ip = Server.AddFloatingIp(world.Outside);

        Server.AddPortForwarding(ip, world.AddServer(), 8080, 80);

        await world.ExpectFloatingIpAsync(ip, "ACTIVE");
        Assert.That(world.Child.Neutron.PortForwardingsOf((string)world.ChildFloatingIp(ip)!["id"]!), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task That_a_router_is_given_to_it_is_answered_at_once_whatever_the_child_does()
    {
        await using var agent = world.Start();
        await agent.UntilWrittenAsync("Everything is compared (start)");
        var slow = world.Child.On("POST", "/routers").HoldBefore();
        var router = Server.AddRouter();
        var began = TimeProvider.System.GetTimestamp();

        Server.MoveRouter(router, "child-1");
        await Server.UntilAsync(now => now.Answers.Count == 1);

        Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(5)), "the administrator's request waits for it");
        Assert.That((Server.Answers[0].Result, Server.Answers[0].Failure), Is.EqualTo(("null", (string?)null)));
        await slow.Arrived;
        Assert.That(world.ChildRouter(router), Is.Null, "not made yet");
        slow.Release();
        await world.Child.UntilAsync(_ => world.ChildRouter(router) is not null);
    }

    [Test]
    public async Task The_queues_are_open_before_the_first_question_and_none_of_them_is_the_shared_topic()
    {
        Server.Alive = false;
        await using var agent = world.Start();
        await Server.UntilAsync(now => now.CallsOf("has_alive_neutron_server").Count > 0, TimeSpan.FromSeconds(60));

        var vhost = Uri.UnescapeDataString(new Uri(world.Parent.TransportUrl).AbsolutePath[1..]);
        var queues = (await broker.CtlAsync("list_queues", "-q", "-p", vhost, "name", "durable")).Split('\n').Select(line => line.Split('\t')[0]).ToList();
        Assert.That(queues, Has.Some.EqualTo("l3_agent.child-1").And.Some.StartsWith("l3_agent_fanout_").And.Some.StartsWith("neutron-vo-PortForwarding-"));
        Assert.That(queues, Has.None.EqualTo("l3_agent"), "that is shared by turns");
        Assert.That(queues, Has.None.StartsWith("q-agent-notifier-network-update_fanout_"), "not heard");
        Assert.That(Server.CallsOf("report_state"), Is.Empty, "the server's database does not answer yet");
        Server.Alive = true;
        await world.Parent.ExpectL3AgentAsync();
    }

    [Test]
    public async Task No_report_is_sent_while_the_child_is_away_and_what_was_told_meanwhile_is_done()
    {
        await using var agent = world.Start("child_away_after = 2");
        await agent.UntilWrittenAsync("Everything is compared (start)");

        world.Child.Unreachable = true;
        await agent.UntilWrittenAsync("agent child-1 reports no more");
        var counted = Server.L3Agents["child-1"].Reports;
        var router = world.AddRouter();
        world.Child.Unreachable = false;
        await agent.UntilWrittenAsync("The child answers again: agent child-1 reports");

        Assert.That(Server.L3Agents["child-1"].Reports, Is.LessThanOrEqualTo(counted + 1), "at most the one under way");
        await Server.UntilAsync(now => now.L3Agents["child-1"].Reports > counted + 1);
        await world.Child.UntilAsync(_ => world.ChildRouter(router) is not null, TimeSpan.FromSeconds(40));
    }

    [Test]
    public async Task An_agent_whose_child_is_away_from_the_start_is_not_there_until_the_child_is()
    {
        world.Child.Unreachable = true;
        await using var agent = world.Start();
        await Server.UntilAsync(now => now.CallsOf("get_service_plugin_list").Count > 0, TimeSpan.FromSeconds(60));
        await agent.UntilWrittenAsync("Child child is away");
        Assert.That(Server.L3Agents, Is.Empty);

        world.Child.Unreachable = false;
        await world.Parent.ExpectL3AgentAsync();
    }

    [Test]
    public async Task An_agent_that_was_taken_for_dead_compares_everything()
    {
        await using var agent = world.Start();
        await agent.UntilWrittenAsync("Everything is compared (start)");

        Server.DeclareL3Dead("child-1");
        await agent.UntilWrittenAsync("Everything is compared (the parent took the agent for dead)");
    }

    [Test]
    public async Task An_agent_that_an_operator_disabled_compares_everything_and_has_nothing_until_it_is_enabled()
    {
        await using var agent = world.Start();
        await world.Parent.ExpectL3AgentAsync();
        var router = world.AddRouter();
        await world.Child.UntilAsync(_ => world.ChildRouter(router) is not null, TimeSpan.FromSeconds(60));

        Server.SetL3AgentAdminState("child-1", up: false);
        await agent.UntilWrittenAsync("an operator disabled the agent");
        await world.Child.UntilAsync(child => child.Neutron.Routers.Count == 0, TimeSpan.FromSeconds(40));

        Server.SetL3AgentAdminState("child-1", up: true);
        await world.Child.UntilAsync(_ => world.ChildRouter(router) is not null, TimeSpan.FromSeconds(40));
    }

    [Test]
    public async Task A_second_copy_says_nothing_and_takes_over_when_the_first_is_killed()
    {
        await using var first = world.Start();
        await first.UntilWrittenAsync("is serving");
        await using var second = world.Start();
        await second.UntilWrittenAsync("leader is Standby");
        Assert.That(second.Log, Does.Not.Contain("is serving"));

        await first.KillAsync();
        await second.UntilWrittenAsync("Everything is compared (start)");
    }

    static JsonObject State(FakeNeutronCall report) => report.Arguments["agent_state"]!["agent_state"]!.AsObject();
}
