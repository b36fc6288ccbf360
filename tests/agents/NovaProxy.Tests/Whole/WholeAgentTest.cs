using System.Text.Json.Nodes;
using Cascade.NovaProxy.Usage;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Notifications;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Notifications;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;
using Cascade.Support.Parent;
using Microsoft.Extensions.Logging.Abstractions;

namespace NovaProxy.Tests.Whole;

/// <summary>The agent as a process, between a scripted parent on a real broker and a scripted child.</summary>
sealed class WholeAgentTest : WholeTest
{
    [Test]
    public async Task The_agent_registers_as_a_host_boots_and_deletes_a_server_and_stops_in_time()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("nova-compute child-1 is serving");
        await Parent.ExpectServiceAsync();

        var service = Parent.Conductor.Services.Single();
        Assert.That(((string?)service["host"], (int)service["version"]!, (bool)service["disabled"]!), Is.EqualTo(("child-1", 64, false)));
        var provider = Parent.Cloud.Placement.Providers.Single();
        Assert.That(provider.Name, Is.EqualTo("child-1"));
        Assert.That(provider.Traits, Does.Contain("COMPUTE_NODE").And.Contain("OWNER_NOVA").And.Not.Contain("COMPUTE_STATUS_DISABLED"));
        Assert.That((int)provider.Inventories["VCPU"]["total"]!, Is.EqualTo(16));

        var uuid = await Parent.BootAsync();
        await Parent.ExpectInstanceAsync(uuid, "active");
        Assert.That(Child.Nova.Servers, Has.Count.EqualTo(1));
        await Parent.DeleteAsync(uuid);
        await Parent.ExpectGoneAsync(uuid);
        await Child.UntilAsync(now => now.Nova.Servers.Count == 0);
        await Parent.Conductor.UntilAsync(now => now.Actions(uuid).All(action => action.Events.All(happened => happened.Result is not null)));
        Assert.That(
            Parent.Conductor.Actions(uuid).Select(action => $"{action.Action}: {string.Join(", ", action.Events.Select(happened => $"{happened.Name} {happened.Result}"))}"),
            Is.EqualTo(new[] { "create: compute__do_build_and_run_instance Success", "delete: compute_terminate_instance Success" }));

        Assert.That(await agent.StopAsync(), Is.LessThan(TimeSpan.FromSeconds(15)));
        Assert.That(agent.ExitCode, Is.Zero, agent.Log);
    }

    [Test]
    public async Task Builds_that_wait_for_their_image_keep_no_delete_from_beginning()
    {
        // Two at once, and two that wait.
        await using var agent = Start("[DEFAULT]\nexecutor_thread_pool_size = 2");
        await agent.UntilWrittenAsync("nova-compute child-1 is serving");
        await Parent.ExpectServiceAsync();
        var copying = Child.On("PUT", "/images/*/file").HoldBefore();
        var first = await Parent.BootAsync("one");
        var second = await Parent.BootAsync("two");
        await copying.Arrived;
        foreach (var uuid in new[] { first, second })
        {
            await Parent.ExpectInstanceAsync(uuid, row => (string?)row["task_state"] == "spawning");
        }

        await Parent.DeleteAsync(second);
        await Parent.ExpectGoneAsync(second);

        copying.Release();
        await Parent.ExpectInstanceAsync(first, "active");
        Assert.That(Child.Nova.Servers, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_host_that_is_not_mapped_is_born_disabled_and_enabled_when_it_is_mapped()
    {
        Parent.Conductor.MappedHosts.Clear();
        await using var agent = Start();
        await agent.UntilWrittenAsync("run nova-manage cell_v2 discover_hosts");

        Assert.That((bool)Parent.Conductor.Services.Single()["disabled"]!);
        await Parent.Cloud.UntilAsync(now => now.Placement.Providers.Single().Traits.Contains("COMPUTE_STATUS_DISABLED"));

        Parent.Conductor.MappedHosts.Add("child-1");
        await Parent.Conductor.UntilAsync(now => !(bool)now.Services.Single()["disabled"]!);
        await Parent.Cloud.UntilAsync(now => !now.Placement.Providers.Single().Traits.Contains("COMPUTE_STATUS_DISABLED"));
    }

    [Test]
    public async Task The_host_s_own_calls_are_answered_and_what_is_declined_fails_as_native_does()
    {
        await using var agent = Start();
        await agent.UntilWrittenAsync("is serving");
        var context = RpcContext.Admin("req-1");

        var pong = await Parent.CallAsync("ping", new() { ["arg"] = "x" }, context, @namespace: "baseapi");
        Assert.That(pong!.ToJsonString(), Is.EqualTo("""{"service":"compute","arg":"x"}"""));
        Assert.That((string)(await Parent.CallAsync("get_host_uptime", [], context))!, Does.Match(@"^ \d\d:\d\d:\d\d up (\d+ days?, )?[ \d]\d:\d\d,  0 users,  load average: 0\.00, 0\.00, 0\.00$"));
        Assert.That((string)(await Parent.CallAsync("set_host_enabled", new() { ["enabled"] = false }, context))!, Is.EqualTo("disabled"));
        Assert.That(Parent.Cloud.Placement.Providers.Single().Traits, Does.Contain("COMPUTE_STATUS_DISABLED"));
        var cached = await Parent.CallAsync("cache_images", new() { ["image_ids"] = new JsonArray("a") }, context);
        Assert.That((string)cached!["a"]!, Is.EqualTo("unsupported"));
        var refused = Assert.ThrowsAsync<RpcFault>(() => Parent.CallAsync("host_power_action", new() { ["action"] = "reboot" }, context));
        Assert.That((refused.Module, refused.Class), Is.EqualTo(("builtins", "NotImplementedError")));

        var uuid = await Parent.BootAsync();
        await Parent.ExpectInstanceAsync(uuid, "active");
        await Parent.ActAsync(uuid, "attach_share", "pausing", "allow_share", []);
        await Parent.ExpectInstanceAsync(uuid, "active");
        var declined = Parent.Conductor.Actions(uuid)[^1];
        Assert.That((declined.Message, declined.Events.Single().Name, declined.Events.Single().Result), Is.EqualTo(("Error", "compute_allow_share", "Error")));
        Assert.That((string)Parent.Conductor.Faults(uuid).Single()["message"]!, Does.Contain("allow_share"));
    }

    [Test]
    public async Task The_heartbeat_stops_while_the_child_is_away_and_goes_on_when_it_is_back()
    {
        await using var agent = Start("child_away_after = 2");
        await Parent.ExpectServiceAsync();

        Child.Unreachable = true;
        await agent.UntilWrittenAsync("the heartbeat of child-1 stops");
        var counted = (long)Parent.Conductor.Services.Single()["report_count"]!;
        Child.Unreachable = false;
        await agent.UntilWrittenAsync("the heartbeat of child-1 goes on");
        await Parent.Conductor.UntilAsync(now => (long)now.Services.Single()["report_count"]! > counted);
    }

    [Test]
    public async Task What_the_child_notifies_of_is_seen_at_once_and_not_at_the_next_look()
    {
        var vhost = await Broker.VhostAsync();
        await using var agent = Start($"""
            watch_interval = 3600
            [child_notifications]
            transport_url = {Broker.TransportUrl(vhost)}
            """);
        await agent.UntilWrittenAsync("Hearing versioned_notifications, notifications of exchange nova");
        await Parent.ExpectServiceAsync();
        var uuid = await Parent.BootAsync();
        await Parent.ExpectInstanceAsync(uuid, "active");
        var server = Child.Nova.Servers.Single();
        await using var bus = new RabbitTransport(
            new() { Hosts = [new("127.0.0.1", Broker.Port)], VirtualHost = vhost, ControlExchange = "nova" }, NullLoggerFactory.Instance, TimeProvider.System);
        var notifier = bus.CreateNotifier(new("nova-compute:c1") { Driver = NotificationDriver.MessagingV2, Topics = ["versioned_notifications"] });

        Child.Nova.Change(server.Id, now => (now.VmState, now.PowerState) = ("stopped", 4));
        var payload = new JsonObject { ["nova_object.name"] = "InstanceActionPayload", ["nova_object.data"] = new JsonObject { ["uuid"] = server.Id } };
        await notifier.NotifyAsync("info", "instance.power_off.end", payload);
        await Parent.ExpectInstanceAsync(uuid, "stopped");
    }

    [Test]
    public async Task What_the_operator_declares_and_what_the_child_has_of_its_own_reach_the_parent()
    {
        Child.Placement.Learn("CUSTOM_GPU");
        Child.Placement.Change(Child.Placement.Providers.Single().Uuid, node =>
        {
            node.Inventories["CUSTOM_GPU"] = new() { ["total"] = 4, ["reserved"] = 0, ["min_unit"] = 1, ["max_unit"] = 2, ["step_size"] = 1, ["allocation_ratio"] = 1.0 };
            node.Traits.Add("CUSTOM_GPU");
        });
        await using var agent = Start("availability_zones = az:nowhere");
        await agent.UntilWrittenAsync("[cascade] availability_zones: the child child has no availability zone nowhere");
        await Parent.Cloud.UntilAsync(now => now.Placement.Providers is [var provider] && provider.Inventories.ContainsKey("CUSTOM_GPU"));

        var host = Parent.Cloud.Placement.Providers.Single();
        Assert.That(((int)host.Inventories["CUSTOM_GPU"]["total"]!, (int)host.Inventories["CUSTOM_GPU"]["max_unit"]!), Is.EqualTo((4, 2)));
        Assert.That(host.Traits, Does.Contain("CUSTOM_GPU"));
    }

    [Test]
    public async Task Usage_is_told_on_the_parents_bus_as_a_nova_compute_tells_it()
    {
        var vhost = await Broker.VhostAsync();
        var rabbit = new RabbitOptions { Hosts = [new("127.0.0.1", Broker.Port)], VirtualHost = vhost, ControlExchange = "nova" };
        await using var bus = new RabbitTransport(rabbit, NullLoggerFactory.Instance, TimeProvider.System);
        await using var listener = bus.CreateNotificationListener(new("test", "nova", ["notifications"]));
        using var stop = new CancellationTokenSource();
        var heard = new TaskCompletionSource<Notification>(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hearing = listener.RunAsync(told => heard.TrySetResult(told), () => started.TrySetResult(), stop.Token);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await using (var notices = new UsageNotices(new(["log", "messagingv2"], ["notifications"], null, -1), rabbit, bus, new("child-1"), NullLoggerFactory.Instance, TimeProvider.System))
        {
            Assert.That(notices.IsHeard);
            await notices.ExistsAsync(new() { ["instance_id"] = "i" }, default);
        }

        var told = await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.That((told.EventType, told.PublisherId, told.Priority, told.Payload!["instance_id"]!.ToString()), Is.EqualTo(("compute.instance.exists", "compute.child-1", "INFO", "i")));
    }

    [Test]
    public async Task A_service_that_an_operator_deleted_comes_back_as_a_new_host()
    {
        await using var agent = Start();
        await Parent.ExpectServiceAsync();
        var before = (long)Parent.Conductor.Services.Single()["id"]!;

        Parent.Conductor.DeleteService("child-1");
        await Parent.Conductor.UntilAsync(now => now.Services.Any(service => (long)service["id"]! != before) && now.Nodes.Count == 1);
        Assert.That((bool)Parent.Conductor.Services.Single()["disabled"]!, "its mapping went with the service");
        Parent.Conductor.MappedHosts.Add("child-1");
        await Parent.Conductor.UntilAsync(now => !(bool)now.Services.Single()["disabled"]!);
    }

    [Test]
    public async Task A_killed_agent_goes_on_where_it_was_and_makes_no_second_server()
    {
        Child.Nova.Hold("build");
        string uuid;
        await using (var agent = Start())
        {
            await agent.UntilWrittenAsync("is serving");
            uuid = await Parent.BootAsync();
            await Child.UntilAsync(now => now.Nova.Servers.Count == 1);
            await agent.KillAsync();
        }

        Child.Nova.Release("build");
        await using var next = Start();
        await Parent.ExpectInstanceAsync(uuid, "active", TimeSpan.FromSeconds(90));
        Assert.That(Child.Nova.Made, Is.EqualTo(1), next.Log);
    }

    AgentUnderTest Start(string more = "") => AgentUnderTest.Start("cascade-nova-proxy.dll", Parent.Configuration(Child, more));
}
