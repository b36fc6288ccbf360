using System.Diagnostics;
using Cascade.Support;
using Cascade.Support.Parent;
using Cascade.Support.Seeing;

namespace NovaProxy.Tests.Whole;

/// <summary>What an operator sees of the agent, held against what is.</summary>
sealed class SeenTest
{
    const string Servers = "servers";

    Broker broker = null!;
    ScriptedParent parent = null!;
    FakeCloud child = null!;
    SeenAgent agent = null!;

    [OneTimeSetUp]
    public async Task StartBroker() => broker = await Broker.StartAsync();

    [OneTimeTearDown]
    public async Task StopBroker() => await broker.DisposeAsync();

    [SetUp]
    public async Task Start()
    {
        parent = await ScriptedParent.StartAsync(broker);
        child = await FakeCloud.StartAsync();
        child.Placement.Add("node-1", ("VCPU", 16), ("MEMORY_MB", 32768), ("DISK_GB", 500)).Traits.Add("COMPUTE_NODE");
        agent = await SeenAgent.StartAsync("cascade-nova-proxy.dll", broker, parent.Configuration(child, "child_away_after = 2"), "nova-compute child-1 is serving");
    }

    [TearDown]
    public async Task Stop()
    {
        await agent.DisposeAsync();
        await parent.DisposeAsync();
        await child.DisposeAsync();
    }

    [Test]
    public async Task Its_metrics_status_and_verbs_show_what_is_and_no_secret()
    {
        child.Nova.Hold("build");
        var uuid = await parent.BootAsync();
        await child.UntilAsync(now => now.Nova.Servers.Count == 1);
        var building = await agent.UntilAsync(now => now.Value("cascade_pending_operations", ("kind", Servers), ("waits_for", "child")) == 1 && now.Value("cascade_pending_oldest_seconds", ("kind", Servers)) > 0);
        Assert.That(building.Value("cascade_drift_open", ("kind", Servers)), Is.Zero, "it is ordered");
        var id = child.Nova.Servers.Single().Id;
        child.Nova.Finish(id);
        child.Nova.Release("build");
        await parent.ExpectInstanceAsync(uuid, "active");
        await agent.UntilAsync(now => now.Value("cascade_pending_operations", ("kind", Servers), ("waits_for", "child")) == 0);

        // Somebody in the child: found, told to the parent, healed.
        child.Nova.Change(id, server => (server.VmState, server.PowerState) = ("stopped", 4));
        await parent.ExpectInstanceAsync(uuid, "stopped");
        var drifted = await agent.UntilAsync(now => now.Value("cascade_drift_healed_total", ("kind", Servers)) >= 1);
        Assert.That(drifted.Value("cascade_drift_found_total", ("kind", Servers)), Is.EqualTo(drifted.Value("cascade_drift_healed_total", ("kind", Servers))));
        Assert.That(drifted.Value("cascade_drift_open", ("kind", Servers)), Is.Zero);

        var queues = await agent.UntilAsync(now => now.Value("cascade_rpc_queue_consumers", ("queue", "compute.child-1"), ("role", "topic")) == 1);
        Assert.That(queues.Value("cascade_rpc_queue_messages", ("queue", "compute.child-1")), Is.Zero);
        Assert.That(queues.Value("cascade_rpc_queue_messages", ("queue", "cascade.parked.compute.child-1"), ("role", "parked")), Is.Zero);
        Assert.That(queues.Value("cascade_rpc_served_total", ("method", "build_and_run_instance"), ("outcome", "done")), Is.EqualTo(1));
        Assert.That(queues.Value("cascade_turns_inside"), Is.Not.Null);

        var (shown, row) = await agent.VerbAsync("mirror", "show", id);
        Assert.That((shown, row), Is.EqualTo((0, row)));
        Assert.That(row, Does.Contain($"parent: {uuid}").And.Contain($"child: {id}").And.Contain("note: linked"));
        await Expected.OfEveryAgentAsync(agent, "cascade-nova-proxy", "child-1", Servers);

        child.Unreachable = true;
        var away = await agent.UntilAsync(now => now.Value("cascade_child_up") == 0);
        Assert.That(away.Value("cascade_agent_healthy"), Is.Zero);
        Assert.That(await agent.GetAsync("/healthcheck"), Does.Contain("child is away").And.Contain("\"healthy\": false"));
    }

    [Test]
    public async Task One_trace_goes_from_the_parents_request_through_the_handler_to_each_call_of_the_child()
    {
        // The parent's own client writes traceparent, as an instrumented sender does.
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "RabbitMQ.Client.Publisher" or "parent",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("parent");
        string trace, uuid;
        using (var api = source.StartActivity("POST /servers", ActivityKind.Server))
        {
            trace = api!.TraceId.ToHexString();
            uuid = await parent.BootAsync();
        }

        await parent.ExpectInstanceAsync(uuid, "active");
        await agent.Collector.UntilAsync(now => IsWhole(now, trace));

        var spans = agent.Collector.Spans.Where(span => span.TraceId == trace).ToList();
        var served = spans.Single(span => span is { Source: "Cascade.Oslo.Messaging", Name: "build_and_run_instance" });
        var calls = spans.Where(span => span.Source == "Cascade.OpenStack").ToList();
        Assert.That(calls.Select(call => call.Name), Does.Contain("POST compute"));
        Assert.That(calls.Select(call => Above(call, spans)), Is.All.Contains(served.SpanId), "each call stands below the handler");
        Assert.That(served.Attributes["openstack.request_id"], Does.StartWith("req-"));
        Assert.That(child.Matching("POST", "/servers").Single().Headers["traceparent"], Does.Contain(trace), "the child may go on with it");
        var request = served.Attributes["openstack.request_id"];
        Assert.That(agent.Collector.Lines.Where(line => line.TraceId == trace), Is.Not.Empty.And.All.Matches<OtlpLine>(line => line.Attributes["request_id"] == request), "lines of the log belong to it");
        // kolla's fluentd knows a line by this bracket; the child's own id stands beside each of its answers.
        Assert.That(agent.Agent.Log, Does.Match($@"(?m)^.* INFO cascade\.\S+ \[(None|-|req-\S+) {request} {parent.UserId} {parent.ProjectId} .*\] .*Child \S+ stands for {uuid}"));
        Assert.That(agent.Agent.Log, Does.Match($@"(?m)\[\S+ {request} .*POST \S+/servers answered 202 .*child request req-"));
    }

    [Test]
    public async Task A_request_without_a_trace_begins_one_and_two_requests_are_two()
    {
        var first = await parent.BootAsync();
        var second = await parent.BootAsync();
        await parent.ExpectInstanceAsync(first, "active");
        await parent.ExpectInstanceAsync(second, "active");
        await agent.Collector.UntilAsync(now => Builds(now).Count == 2);

        Assert.That(Builds(agent.Collector).Select(span => span.TraceId), Is.Unique);
        Assert.That(Builds(agent.Collector).Select(span => IsWhole(agent.Collector, span.TraceId)), Is.All.True);
    }

    static List<OtlpSpan> Builds(OtlpReceiver collector) => [.. collector.Spans.Where(span => span is { Source: "Cascade.Oslo.Messaging", Name: "build_and_run_instance" })];

    static bool IsWhole(OtlpReceiver collector, string trace) =>
        collector.Spans.Where(span => span.TraceId == trace).ToList() is var spans
        && spans.Exists(span => span is { Source: "Cascade.Oslo.Messaging", Name: "build_and_run_instance" })
        && spans.Exists(span => span is { Source: "Cascade.OpenStack", Name: "POST compute" });

    static List<string> Above(OtlpSpan span, List<OtlpSpan> all)
    {
        var above = new List<string>();
        for (var at = all.Find(one => one.SpanId == span.ParentId); at is not null; at = all.Find(one => one.SpanId == at.ParentId))
        {
            above.Add(at.SpanId);
        }

        return above;
    }
}
