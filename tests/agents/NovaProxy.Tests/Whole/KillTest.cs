using Cascade.Support;
using Cascade.Support.Parent;

namespace NovaProxy.Tests.Whole;

/// <summary>
/// kill -9 at each step of a build and of a delete, as the parent's conductor sees them, and at random moments beyond: afterwards there is exactly one server in the
/// child for an instance that lives and none for one that is gone. CASCADE_KILLS says how often (30; the issue wants 200).
/// </summary>
sealed class KillTest
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    Broker broker = null!;

    [OneTimeSetUp]
    public async Task StartBroker() => broker = await Broker.StartAsync();

    [OneTimeTearDown]
    public async Task StopBroker() => await broker.DisposeAsync();

    [Test]
    public async Task However_often_it_is_killed_each_instance_has_one_server_or_none()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("CASCADE_KILLS") ?? "30");
        await using var parent = await ScriptedParent.StartAsync(broker);
        await using var child = await FakeCloud.StartAsync();
        child.Placement.Add("node-1", ("VCPU", 64), ("MEMORY_MB", 65536), ("DISK_GB", 500)).Traits.Add("COMPUTE_NODE");
        child.Nova.Pause = TimeSpan.FromMilliseconds(300);
        var random = new Random(4711);
        var bystander = child.Nova.Plant("not ours", parent.ProjectId, "somebody-else", "a-tag");
        var agent = Start(parent, child);
        try
        {
            for (var done = 0; done < kills;)
            {
                // Steps of a build are about twenty, of a delete about ten; every other one is at a moment that no step marks.
                var step = (done / 2 % 24) + 1;
                var uuid = "";
                (agent, done) = await ThroughAKillAsync(parent, child, agent, step, random, done, async () => uuid = await parent.BootAsync());
                await ExpectAsync(parent.ExpectInstanceAsync(uuid, "active", Patience), parent, child, agent, uuid, $"kill {done} at step {step} of the build");
                Assert.That(Alive(child, uuid), Is.EqualTo(1), $"kill {done} at step {step} of the build: {child.Nova.Made} made");

                (agent, done) = await ThroughAKillAsync(parent, child, agent, (step % 12) + 1, random, done, () => parent.DeleteAsync(uuid));
                await ExpectAsync(parent.ExpectGoneAsync(uuid, Patience), parent, child, agent, uuid, $"kill {done} at step {(step % 12) + 1} of the delete");
                await child.UntilAsync(now => Alive(now, uuid) == 0, Patience);
                Assert.That(child.Nova.Find(bystander.Id)!.Deleted, Is.False, "what is not ours stays");
            }
        }
        finally
        {
            await agent.DisposeAsync();
        }

        Assert.That(child.Nova.Servers.Select(server => server.Name), Is.EqualTo(new[] { "not ours" }));
        TestContext.Out.WriteLine($"{kills} kills, {parent.Conductor.Instances().Count} instances, {child.Nova.Made - 1} servers made");
    }

    /// <summary>Does it, kills the agent at its so-many-th word to the conductor or a random while after, and starts it again.</summary>
    static async Task<(AgentUnderTest Agent, int Done)> ThroughAKillAsync(
        ScriptedParent parent, FakeCloud child, AgentUnderTest agent, int step, Random random, int done, Func<Task> act)
    {
        await agent.UntilWrittenAsync("is serving", Patience);
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = 0;
        var late = done % 2 == 1 ? random.Next(1, 400) : 0;
        parent.Conductor.Before = call =>
        {
            // Heartbeats and passes go on all the time and are no steps.
            if (call.ObjectMethod.StartsWith("Instance", StringComparison.Ordinal) && call.ObjectMethod != "InstanceList.get_by_host" && Interlocked.Increment(ref seen) == step)
            {
                killed.TrySetResult();
                if (late == 0)
                {
                    agent.Kill();
                }
            }
        };
        await act();
        // A verb with fewer steps is killed when it is over: that must do no harm either.
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(3), TimeProvider.System);
        await Task.WhenAny(killed.Task, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, over.Token));
        if (late > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(late), TimeProvider.System);
        }

        parent.Conductor.Before = null;
        await agent.DisposeAsync();
        return (Start(parent, child), done + 1);
    }

    static async Task ExpectAsync(Task state, ScriptedParent parent, FakeCloud child, AgentUnderTest agent, string uuid, string when)
    {
        try
        {
            await state;
        }
        catch (TimeoutException late)
        {
            var row = parent.Conductor.Instance(uuid);
            Assert.Fail($"{when}: {late.Message}\ninstance {row?["vm_state"]} {row?["task_state"]} {row?["system_metadata"]?.ToJsonString()}, {Alive(child, uuid)} servers\n{agent.Log}");
        }
    }

    static int Alive(FakeCloud child, string uuid) => child.Nova.Tagged("cascade:" + uuid).Count;

    static AgentUnderTest Start(ScriptedParent parent, FakeCloud child) =>
        AgentUnderTest.Start("cascade-nova-proxy.dll", parent.Configuration(child, "reaper_grace = 1\naudit_interval = 10"));
}
