using Cascade.Support;
using Cascade.Support.Parent;

namespace NovaProxy.Tests.Whole;

/// <summary>The parent's broker takes nothing for a while, or has another password than the agent.</summary>
sealed class BrokerTroubleTest : WholeTest
{
    [Test]
    public async Task An_order_that_a_memory_alarm_falls_into_is_done_once_when_the_broker_takes_messages_again()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("nova-compute child-1 is serving");
        var uuid = await AlarmAsync(agent);

        await CalmAsync();

        await Parent.ExpectInstanceAsync(uuid, "active");
        await agent.UntilWrittenAsync("broker is Up");
        Assert.That(Child.Nova.Made, Is.EqualTo(1));
        var counted = Reports();
        await Parent.Conductor.UntilAsync(_ => Reports() > counted);
    }

    [Test]
    public async Task During_a_memory_alarm_the_agent_stops_in_time_and_the_next_one_takes_up_the_order()
    {
        string uuid;
        await using (var agent = Start())
        {
            await agent.UntilWrittenAsync("nova-compute child-1 is serving");
            uuid = await AlarmAsync(agent);
            Assert.That(await agent.StopAsync(), Is.LessThan(TimeSpan.FromSeconds(15)));
            Assert.That(agent.ExitCode, Is.Zero, agent.Log);
        }

        await using var next = Start();
        await next.UntilWrittenAsync("blocks publishing");
        await CalmAsync();

        await Parent.ExpectInstanceAsync(uuid, "active");
        Assert.That(Child.Nova.Made, Is.EqualTo(1), next.Log);
    }

    [Test]
    public async Task A_rotated_password_is_missed_at_the_next_connection_and_an_order_waits_for_the_restart_with_the_new_one()
    {
        const string Old = "pw-of-yesterday", New = "pw-of-today";
        await Broker.CtlAsync("add_user", "agent", Old);
        await Broker.CtlAsync("set_permissions", "-p", Vhost, "agent", ".*", ".*", ".*");
        string uuid;
        await using (var agent = Start(Old))
        {
            await agent.UntilWrittenAsync("nova-compute child-1 is serving");
            await Broker.CtlAsync("change_password", "agent", New);
            uuid = await Parent.BootAsync();
            await Parent.ExpectInstanceAsync(uuid, "active");
            Assert.That(agent.Log, Does.Not.Contain("ACCESS_REFUSED"), "what is connected stays connected");

            await Broker.CtlAsync("close_all_connections", "--vhost", Vhost, "test");
            await agent.UntilWrittenAsync("broker is down: RabbitMQ 127.0.0.1");
            await agent.UntilWrittenAsync("cannot be reached for send: ACCESS_REFUSED");
            await Parent.StopAsync(uuid);
            await agent.ReloadAsync(Configuration(New));
            await agent.UntilWrittenAsync("SIGHUP: ignoring change to immutable option [DEFAULT] transport_url, restart to take it over");
            Assert.That(await agent.StopAsync(), Is.LessThan(TimeSpan.FromSeconds(15)));
            Assert.That(agent.Log, Does.Not.Contain(Old).And.Not.Contain(New));
        }

        await using var next = Start(New);
        await Parent.ExpectInstanceAsync(uuid, "stopped");
        Assert.That(Child.Count("POST", "/servers/*/action"), Is.EqualTo(1), next.Log);
    }

    string Vhost => Parent.TransportUrl[(Parent.TransportUrl.LastIndexOf('/') + 1)..];

    AgentUnderTest Start(string password = "guest") => AgentUnderTest.Start("cascade-nova-proxy.dll", Configuration(password));

    string Configuration(string password)
    {
        var text = Parent.Configuration(Child);
        return password == "guest" ? text : text.Replace("guest:guest@", $"agent:{password}@", StringComparison.Ordinal);
    }

    /// <summary>Orders a server; when the child is asked for it, the broker raises its alarm. Ends when the agent says so.</summary>
    async Task<string> AlarmAsync(AgentUnderTest agent)
    {
        var asked = Child.On("POST", "/servers").HoldBefore();
        var uuid = await Parent.BootAsync();
        await asked.Arrived;
        await Broker.CtlAsync("set_vm_memory_high_watermark", "0.000001");
        asked.Release();
        await agent.UntilWrittenAsync($"broker is down: RabbitMQ 127.0.0.1:{Broker.Port} blocks publishing: low on memory (for send)");
        return uuid;
    }

    Task CalmAsync() => Broker.CtlAsync("set_vm_memory_high_watermark", "0.9");

    long Reports() => (long)Parent.Conductor.Services.Single()["report_count"]!;
}
